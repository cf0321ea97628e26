import { compile } from '../../engine/compile/compile.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { dataUntil } from '../../engine/report/data-until.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import { readBase } from '../base.ts';
import { refuseBudget } from '../budget.ts';
import { planProject } from '../create-plan.ts';
import { exit } from '../exit.ts';
import { instant } from '../instant.ts';
import type { Io } from '../io.ts';
import { type Loaded, load, type ProjectOptions } from '../load.ts';
import { say } from '../say.ts';
import { storePath } from '../store.ts';
import { backtestJson, renderBacktest } from '../views/backtest.ts';
import { endOfData, endsEarly } from '../views/end-of-data.ts';

export interface BacktestOptions extends ProjectOptions {
  from: string;
  to?: string;
  base?: string;
  sample?: number;
  allowBadData?: boolean;
  format?: 'text' | 'json' | 'markdown' | 'html';
  budget?: number;
}

/** Replays a past period of the data files through the project and, beside it, through the base or what is applied. */
export async function backtest(io: Io, options: BacktestOptions): Promise<number> {
  refuseBudget(options);
  const project = await load(io, options);
  const { timezone } = project.model.project;
  const period = periodOf(io, timezone, options);
  const against = options.base === undefined ? undefined : await readBase(io, project, options.base);
  const path = against ? undefined : await storePath(io, project.root, options);
  const program = compile(project.model);
  let until: number | undefined;
  const made = await planProject(io, project, path, {
    who: 'crm backtest',
    allowBadData: options.allowBadData,
    sample: options.sample,
    against,
    period,
    onRead: async (db) => {
      until = await dataUntil(db, program);
    },
  });
  await io.out(await rendered(io, made, project, until, options));
  const isText = !options.json && (options.format ?? 'text') === 'text';
  if (isText && endsEarly(until, period.to)) await say(io, `\n${endOfData(until, timezone)}`);
  return exit.fine;
}

async function rendered(
  io: Io,
  made: Plan,
  { model }: Loaded,
  until: number | undefined,
  { json, format, budget }: BacktestOptions,
): Promise<string> {
  if (json || format === 'json') return `${JSON.stringify(backtestJson(made, until))}\n`;
  if (format !== 'markdown' && format !== 'html') return renderBacktest(made, model, io.view);
  const { backtestMarkdown, backtestPage } = await import('../views/backtest-page.ts');
  return format === 'html' ? backtestPage(made, model, until) : backtestMarkdown(made, model, until, budget);
}

/** A period of the past: what is to come is the plan's. */
function periodOf(io: Io, timezone: string, options: BacktestOptions): { from: number; to: number } {
  const from = instant(options.from, '--from', timezone);
  const to = options.to === undefined ? io.now() : instant(options.to, '--to', timezone);
  if (to > io.now())
    throw new UserError(
      'wrong-time',
      t`A backtest replays what has been, and --to lies in the future.`,
      t`\`crm plan\` forecasts the coming days, \`crm simulate\` any.`,
    );
  if (from < to) return { from, to };
  throw new UserError('wrong-time', t`The backtest would end before it begins.`, t`Choose --to after --from.`);
}

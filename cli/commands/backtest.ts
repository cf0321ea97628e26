import { compile } from '../../engine/compile/compile.ts';
import { dataUntil } from '../../engine/report/data-until.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import { readBase } from '../base.ts';
import { planProject } from '../create-plan.ts';
import { exit } from '../exit.ts';
import { instant } from '../instant.ts';
import type { Io } from '../io.ts';
import { load, type ProjectOptions } from '../load.ts';
import { say } from '../say.ts';
import { storePath } from '../store.ts';
import { backtestJson, renderBacktest } from '../views/backtest.ts';
import { endOfData } from '../views/end-of-data.ts';

const day = 86_400_000;

export interface BacktestOptions extends ProjectOptions {
  from: string;
  to?: string;
  base?: string;
  sample?: number;
  allowBadData?: boolean;
}

/** Replays a past period of the data files through the project and, beside it, through the base or what is applied. */
export async function backtest(io: Io, options: BacktestOptions): Promise<number> {
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
  if (options.json) {
    await io.out(`${JSON.stringify(backtestJson(made, until))}\n`);
    return exit.fine;
  }
  await io.out(renderBacktest(made, project.model, io.view));
  if (until === undefined || until < period.to - day) await say(io, `\n${endOfData(until, timezone)}`);
  return exit.fine;
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

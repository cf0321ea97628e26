import { join, resolve } from 'node:path';
import { DateTime } from 'luxon';
import { compile } from '../../engine/compile/compile.ts';
import { type Draw, drawCustomers } from '../../engine/dry-run/sample/draw.ts';
import { estimateSimulation } from '../../engine/dry-run/sample/simulated.ts';
import { renderSamples } from '../../engine/dry-run/simulate/samples.ts';
import { simulate as run } from '../../engine/dry-run/simulate/simulate.ts';
import { results } from '../../engine/metrics/results.ts';
import { type PlannedRollout, plannedRollouts } from '../../engine/plan/rollouts.ts';
import { gridInstant } from '../../engine/program/facts.ts';
import type { Program } from '../../engine/program/program.ts';
import { dataCauses } from '../../engine/report/causes.ts';
import { dataUntil } from '../../engine/report/data-until.ts';
import { decisionLines } from '../../engine/report/decision-lines.ts';
import { showcases } from '../../engine/report/showcase.ts';
import { summarise } from '../../engine/report/summarise.ts';
import type { Database } from '../../engine/store/database.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import { findCampaign } from '../find-campaign.ts';
import { instant } from '../instant.ts';
import type { Io } from '../io.ts';
import { load, type ProjectOptions } from '../load.ts';
import { progress } from '../progress.ts';
import { say } from '../say.ts';
import { warnUnreadable } from '../unreadable.ts';
import { causeLines } from '../views/causes.ts';
import { endOfData, endsEarly } from '../views/end-of-data.ts';
import { rolloutsJson } from '../views/plan-rollouts.ts';
import { renderResults } from '../views/results.ts';
import { resultsJson } from '../views/results-json.ts';
import { renderSimulation, summaryJson } from '../views/simulation.ts';
import { writeSamples } from '../write-samples.ts';

/** The number of causes of problems in the data that are shown. */
const SHOWN = 3;

export interface SimulateOptions extends ProjectOptions {
  from?: string;
  to?: string;
  days?: number;
  seed?: string;
  launch?: string[];
  render?: string;
  samples: number;
  sample?: number;
  /** Shows the results as `crm report` does: of all campaigns, or of the one with this name. */
  report?: true | string;
}

/** Executes the project under a virtual clock and shows the results. */
export async function simulate(io: Io, options: SimulateOptions): Promise<number> {
  const { root, model } = await load(io, options);
  const program = compile(model);
  const window = windowOf(io, program, options);
  const launches = manualCampaigns(program, options.launch ?? []);
  if (typeof options.report === 'string') findCampaign(program.campaigns, options.report, 'this project');
  const { seed, engagement } = program.project.simulation;
  const signal = io.interrupted();
  const shown = progress(io, t`reading the data`);
  let db: Database | undefined;
  let draw: Draw | undefined;
  let until: number | undefined;
  try {
    db = await run({
      program,
      ...window,
      tz: io.tz,
      seed: options.seed ?? seed,
      engagement,
      root,
      launches,
      onReading: (share) => shown.at(t`reading the data`, share),
      onProgress: (share) => shown.at(t`simulating`, share),
      onRead: async (tx) => {
        await warnUnreadable(io, tx, program);
        // A sample leaves out the events of other customers.
        until = await dataUntil(tx, program);
        if (options.sample !== undefined) draw = await drawCustomers(tx, program, { size: options.sample });
      },
      signal,
    });
    shown.at(t`adding up`);
    if (options.report !== undefined) {
      shown.end();
      await io.out(await simulatedResults(io, db, program, window, options));
      return exit.fine;
    }
    const summary = await summarise(db, window);
    const causes = await dataCauses(db);
    const rollouts = stagedRollouts(program, window.from);
    const sample = draw && (await estimateSimulation(db, window, draw, program));
    if (options.json) {
      shown.end();
      for await (const line of decisionLines(db, window)) await io.out(`${JSON.stringify(line)}\n`);
      await io.out(
        `${JSON.stringify({ ...summaryJson(summary), ...(rollouts.length > 0 && { rollouts: rolloutsJson(rollouts) }), ...(sample && { sample }), causes, dataUntil: until === undefined ? null : new Date(until).toISOString() })}\n`,
      );
    } else {
      const examples = await showcases(db, window);
      shown.end();
      await io.out(renderSimulation(summary, examples, io.view, { drawn: sample, rollouts }));
      const problems = causeLines(causes, {
        width: io.view.width - 2,
        most: SHOWN,
        rest: t`\`crm data check\` shows all`,
      });
      if (problems.length > 0)
        await io.out(`\n${t`In the data files:`}\n${problems.map((line) => `  ${line}\n`).join('')}`);
    }
    if (!options.json && endsEarly(until, window.to)) await say(io, `\n${endOfData(until, program.project.timezone)}`);
    if (options.render !== undefined) await render(io, db, program, options.render, window.to, options);
    return exit.fine;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new UserError('interrupted', t`Interrupted: what was simulated so far is not shown.`);
  } finally {
    shown.end();
    await db?.close();
  }
}

/** Returns the results as those of a report, marked as simulated. */
async function simulatedResults(
  io: Io,
  db: Database,
  program: Program,
  window: { from: number; to: number },
  { report, json }: SimulateOptions,
): Promise<string> {
  const campaign = typeof report === 'string' ? report : undefined;
  const found = await results(db, program, window, { campaign, simulated: true });
  return json ? `${JSON.stringify(resultsJson(found))}\n` : renderResults(found, [], campaign, io.view);
}

/** Returns the rollouts as an apply at the beginning has them. */
function stagedRollouts(program: Program, from: number): PlannedRollout[] {
  const before = { applied: undefined, states: {}, now: from };
  return plannedRollouts(program, before, from).filter(({ stages }) => stages.length > 0);
}

/** Returns the campaigns that only a launch by hand starts. */
function manualCampaigns(program: Program, names: string[]): string[] {
  return names.map((name) => {
    const { trigger } = findCampaign(program.campaigns, name, 'this project');
    if (trigger.kind === 'manual') return name;
    throw new UserError('not-launchable', t`The campaign "${name}" is not launched by hand: it begins by itself.`);
  });
}

function windowOf(io: Io, program: Program, options: SimulateOptions): { from: number; to: number } {
  const { timezone, simulation } = program.project;
  const wish = options.from === undefined ? (simulation.from ?? io.now()) : instant(options.from, '--from', timezone);
  const from = gridInstant(program, wish);
  // Days are counted on the project's clock: a day on which the clocks change has 23 or 25 hours.
  const to =
    options.to === undefined
      ? DateTime.fromMillis(from, { zone: timezone })
          .plus({ days: options.days ?? 30 })
          .toMillis()
      : instant(options.to, '--to', timezone);
  if (to <= from)
    throw new UserError('wrong-time', t`The simulation would end before it begins.`, t`Choose --to after --from.`);
  return { from, to };
}

/** Renders messages into files, whatever their transport. Sends nothing. */
async function render(
  io: Io,
  db: Database,
  program: Program,
  folder: string,
  at: number,
  { samples: most, json }: SimulateOptions,
): Promise<void> {
  const samples = await renderSamples(db, program, { at, most });
  await writeSamples(resolve(io.cwd, folder), samples, program.project.timezone);
  const page = join(folder, 'index.html');
  const words =
    samples.length === 1
      ? t`1 message, up to ${most} of each step, is in ${folder}; ${page} shows them.`
      : t`${samples.length} messages, up to ${most} of each step, are in ${folder}; ${page} shows them.`;
  if (!json) await say(io, `\n${words}`);
}

import { intake } from '../../engine/data/intake/intake.ts';
import { withhold } from '../../engine/data/intake/withheld.ts';
import { applyProgram } from '../../engine/deploy/apply.ts';
import { deliver, ofCustomers } from '../../engine/dry-run/simulate/deliver.ts';
import { gridInstant } from '../../engine/program/facts.ts';
import type { Database } from '../../engine/store/database.ts';
import { requestLaunch } from '../../engine/tick/launch.ts';
import { runTick } from '../../engine/tick/run-tick.ts';
import type { Way } from './play.ts';

/** Simulates by a tick at every instant of the grid, as an engine would that never knew when anything is due. */
export const visitEveryInstant: Way['simulate'] = async (db, input) => {
  const { program, from, to, tz, seed, root, launches = [] } = input;
  const engagement = ofCustomers(program, input.engagement);
  await applyProgram(db, { program, at: from, lineage: 'simulation' });
  for (const campaign of launches) await requestLaunch(db, { campaign, at: from });
  const start = gridInstant(program, from);
  const load = async (tx: Database) => {
    await intake(tx, program, { root, at: start, rehearsal: true });
    await withhold(tx, program, start, true);
  };
  for (let now = start; now < to; now += program.project.tick) {
    await runTick(db, program, now, tz, now === start ? load : undefined);
    await deliver(db, { now, seed, engagement });
  }
};

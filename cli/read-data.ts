import { readData } from '../engine/inspect/read-data.ts';
import type { Program } from '../engine/program/program.ts';
import type { Database } from '../engine/store/database.ts';
import { t } from '../spec/words/t.ts';
import type { Io } from './io.ts';
import { progress } from './progress.ts';
import { warnUnreadable } from './unreadable.ts';

/** Returns the instant for reading data files if nothing is applied: that of the project's simulation, or now. */
export function dataInstant(io: Io, { project }: Program): number {
  return project.simulation.from ?? io.now();
}

/** Runs `work` on the contents of the data files of a project at an instant, in a store in memory without enrolments. */
export async function withData<T>(
  io: Io,
  root: string,
  program: Program,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const shown = progress(io, t`reading the data`);
  let db: Database | undefined;
  try {
    const onRead = (tx: Database) => warnUnreadable(io, tx, program);
    const onReading = (share: number) => shown.at(t`reading the data`, share);
    db = await readData(program, { root, at: dataInstant(io, program), tz: io.tz, onReading, onRead });
    shown.end();
    return await work(db);
  } finally {
    shown.end();
    await db?.close();
  }
}

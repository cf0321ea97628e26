import pc from 'picocolors';
import { unreadable } from '../engine/data/intake/unreadable.ts';
import { lossOf } from '../engine/data/intake/unreadable-error.ts';
import type { Program } from '../engine/program/program.ts';
import type { Database } from '../engine/store/database.ts';
import { t, translated } from '../spec/words/t.ts';
import type { Io } from './io.ts';
import { remark } from './say.ts';
import { printable } from './views/format.ts';

/** Prints which data files are unreliable, before any result that is made of them. */
export async function warnUnreadable(io: Io, db: Database, program: Program): Promise<void> {
  const colors = pc.createColors(io.errorView.color);
  for (const file of await unreadable(db, program))
    remark(io, `${colors.yellow(t`warning`)} ${printable(`${file.path}: ${translated(lossOf(file))}`)}.`);
}

import { later } from '../../../spec/words/t.ts';
import { Broken, FAULTS } from './broken.ts';
import type { RowProblem } from './problem.ts';
import { Refused, setAside, unfinishedLine } from './record.ts';

/** Returns the problem of a file that is broken. `mayGoOn`: asked whether it may be in the middle of being written. */
export async function brokenFile(broken: Broken, path: string, mayGoOn: () => Promise<boolean>): Promise<RowProblem[]> {
  if (broken.mayGoOn && (await mayGoOn())) return [unfinishedLine(path, 0)];
  return [setAside(path, 0, 'unreadable-file', FAULTS[broken.fault])];
}

/** A file that is refused or broken, or that the disk does not give; anything else is a bug of ours. */
export async function problemsOf(error: unknown, path: string, mayGoOn: () => Promise<boolean>): Promise<RowProblem[]> {
  if (error instanceof Broken) return brokenFile(error, path, mayGoOn);
  if (error instanceof Refused) return error.problems;
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
  if (error.code !== 'ENOENT') {
    const reason = String(error.code);
    const message =
      error.syscall === 'open'
        ? later`The file cannot be opened (${reason}). Check its kind and permissions.`
        : later`The file cannot be read to its end (${reason}). Check its kind and permissions.`;
    return [setAside(path, 0, 'unreadable-file', message)];
  }
  const message = later`The file does not exist. Create it, or correct its path in the project.`;
  return [{ path, line: 0, code: 'missing-file', message, fatal: false }];
}

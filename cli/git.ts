import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Returns the commit of the folder, with `-dirty` if files differ from it; undefined outside of git. */
export async function commitOf(folder: string): Promise<string | undefined> {
  try {
    const words = ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
    const { stdout } = await promisify(execFile)('git', words, { cwd: folder });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Returns the paths, relative to the folder, that git tracks; none outside of git. */
export async function trackedOf(folder: string, paths: string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  try {
    const words = ['--literal-pathspecs', 'ls-files', '-z', '--', ...paths];
    const { stdout } = await promisify(execFile)('git', words, { cwd: folder });
    return stdout.split('\0').filter(Boolean);
  } catch {
    return [];
  }
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The commit that the folder is at, with `-dirty` where files differ from it; undefined outside of git. */
export async function commitOf(folder: string): Promise<string | undefined> {
  try {
    const words = ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
    const { stdout } = await promisify(execFile)('git', words, { cwd: folder });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

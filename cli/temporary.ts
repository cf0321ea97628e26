import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const hour = 3_600_000;

/** Calls `work` with a new temporary folder, and removes those that killed commands have left behind. */
export async function withTemporaryFolder<T>(now: number, work: (folder: string) => Promise<T>): Promise<T> {
  await removeStale(now);
  const folder = await mkdtemp(join(tmpdir(), `kaskad-plan-${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes only folders of this user that are an hour old and whose process has ended. */
async function removeStale(now: number): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const [, pid] = /^kaskad-plan-(\d+)-[A-Za-z0-9]{6}$/.exec(name) ?? [];
    const facts = pid === undefined ? undefined : await lstat(join(tmpdir(), name)).catch(() => undefined);
    if (!facts?.isDirectory() || facts.uid !== (process.getuid?.() ?? facts.uid)) continue;
    if (now - facts.mtimeMs < hour || isAlive(Number(pid))) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

import { mkdir, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withTemporaryFolder } from './temporary.ts';

it('removes what killed commands have left, and nothing else', async () => {
  const dead = 2 ** 30;
  const long = new Date(Date.now() - 7_200_000);
  const make = async (name: string, age?: Date) => {
    const path = join(tmpdir(), name);
    await mkdir(path, { recursive: true });
    if (age) await utimes(path, age, age);
    return path;
  };
  const left = await make(`kaskad-plan-${dead}-abcdef`, long);
  const kept = [
    await make(`kaskad-plan-${dead}-ghijkl`),
    await make(`kaskad-plan-${process.pid}-abcdef`, long),
    await make(`kaskad-plan-${dead}-abcdef.mine`, long),
  ];
  const there = (path: string) =>
    stat(path).then(
      () => true,
      () => false,
    );
  try {
    const own = await withTemporaryFolder(Date.now(), async (folder) => {
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      return folder;
    });
    expect(await there(left)).toBe(false);
    expect(await there(own)).toBe(false);
    expect(await Promise.all(kept.map(there))).toEqual([true, true, true]);
  } finally {
    for (const path of kept) await rm(path, { recursive: true });
  }
});

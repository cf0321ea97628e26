import { posix } from 'node:path';
import type { DataModel } from '../spec/model/data.ts';
import { trackedOf } from './git.ts';

/** Samples are invented, and part of the project. */
const SAMPLE = /(^|\/)samples?\//;

/** Returns the paths of the data files that git tracks, and that every reader of the repository can read. Folders named `sample` are left out. */
export async function trackedData(root: string, data: DataModel): Promise<string[]> {
  const { customers, events, consent, suppressions, feedback } = data;
  const streams = [customers.sources, ...events.map(({ sources }) => sources), consent, suppressions, feedback];
  const paths = [...new Set(streams.flat().map(({ path }) => path))].filter((path) => !SAMPLE.test(path));
  if (paths.length === 0) return [];
  const { fitting, fixedPart } = await import('../engine/data/files/pattern.ts');
  const tracked = await trackedOf(root, [...new Set(paths.map(fixedPart))]);
  const isData = paths.map((path) => {
    const own = posix.normalize(path);
    // A name may have the signs of a pattern.
    return tracked.includes(own) ? (file: string) => file === own : fitting(path);
  });
  return tracked.filter((file) => !SAMPLE.test(file) && isData.some((fits) => fits(file)));
}

import type { DataModel } from '../spec/model/data.ts';
import { trackedOf } from './git.ts';

/** Samples are made up, and belong to the project. */
const SAMPLE = /(^|\/)samples?\//;

/** The data files of a project that git tracks, by path, and so everybody who has the repository reads. Folders called `sample` are left out. */
export async function trackedData(root: string, data: DataModel): Promise<string[]> {
  const { customers, events, consent, suppressions, feedback } = data;
  const streams = [customers.sources, ...events.map(({ sources }) => sources), consent, suppressions, feedback];
  const paths = [...new Set(streams.flat().map(({ path }) => path))];
  return trackedOf(
    root,
    paths.filter((path) => !SAMPLE.test(path)),
  );
}

import { type Row, rowsOf } from '../random-world/rows.ts';
import type { World } from '../random-world.ts';
import type { Event, State } from './state.ts';

/** A row that has been read and not collected yet. */
export interface Waiting extends Row {
  /** Takes the place of an event, or of a row that waited. */
  corrects: boolean;
}

/** Reads the files: at first what is in them at the beginning, later what has been added. */
export function readFiles(state: State, world: World, late: boolean): void {
  const rows = rowsOf(world, late).map((row) => ({ ...row, corrects: false }));
  // The last of the rows that a file has about one event counts, also where the earlier ones wait.
  const latest = [...state.waiting, ...rows].filter(
    (row, i, all) => !all.some((other, j) => isSame(row, other) && (other.line - row.line || j - i) > 0),
  );
  const judged = latest.flatMap((row): Waiting[] => {
    const known = named(state, row);
    const own = known.find(({ source }) => source === row.source);
    if (own) return says(row, own) ? [] : [{ ...row, corrects: true }];
    return known.some((event) => says(row, event)) ? [] : [{ ...row, corrects: false }];
  });
  // Equal rows of several files are one event: the corrected one's, otherwise the first file's.
  const line = judged.toSorted((a, b) => Number(b.corrects) - Number(a.corrects) || a.source - b.source);
  state.waiting = line.filter(
    (row, i) => row.corrects || !line.slice(0, i).some((other) => isNamed(other, row) && says(row, other)),
  );
}

/** The events that have the row's id, of the row's customer. */
function named(state: State, { kind, id, who }: Row): Event[] {
  return (state.events[kind] ?? []).filter((event) => event.id === id && state.customers[event.customer]?.id === who);
}

const isNamed = (one: Row, other: Row) => one.kind === other.kind && one.id === other.id && one.who === other.who;
const isSame = (one: Row, other: Row) => isNamed(one, other) && one.source === other.source;

/** Returns true if both mean the same. */
function says(row: Row, other: { at: number; total: number | undefined }): boolean {
  return row.at === other.at && row.total === other.total;
}

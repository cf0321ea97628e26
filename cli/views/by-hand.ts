import type { Edited } from '../../engine/deploy/edited.ts';
import type { ByHand } from '../../engine/plan/by-hand.ts';
import { t } from '../../spec/words/t.ts';
import { all, count } from './format.ts';
import { pausedWithTime } from './pause.ts';

/** The most of a kind that a plan names: the head of a comment is never cut. */
const mostNamed = 20;

/** Returns a line for each edit of another program in a store, and one about the consequence. */
export function editedLines(edited: Edited[], most = edited.length): string[] {
  if (edited.length === 0) return [];
  return [
    ...atMost(most, edited.map(editedWords)),
    t`Another program than Kaskad has done that, and an apply does not undo it: take the store from a copy.`,
  ];
}

/** Returns the pauses and the launches that wait, a line each. */
export function byHandLines({ pauses, launches }: ByHand, clock: (at: number) => string): string[] {
  return [
    ...pauses.map((one) => pausedWithTime(one, clock)),
    ...launches.map(
      ({ launch, campaign, at }) => t`launch ${String(launch)} of ${campaign} is requested for ${clock(at)}`,
    ),
  ];
}

/** Renders the changes made by hand in the store of a plan, under their titles; a title without a change is left out. */
export function planDrift(
  drift: ByHand,
  clock: (at: number) => string,
): { edited: boolean; title: string; lines: string[] }[] {
  return [
    { edited: true, title: t`Edited in the store`, lines: editedLines(drift.edited, mostNamed) },
    { edited: false, title: t`By hand, and stays so`, lines: atMost(mostNamed, byHandLines(drift, clock)) },
  ].filter(({ lines }) => lines.length > 0);
}

/** Returns the changes made by hand as a JSON value; instants are ISO 8601. */
export function byHandJson({ pauses, launches, edited }: ByHand): Record<keyof ByHand, unknown[]> {
  const iso = (at: number) => new Date(at).toISOString();
  return {
    pauses: pauses.map((one) => ({ ...one, since: iso(one.since) })),
    launches: launches.map((one) => ({ ...one, at: iso(one.at) })),
    edited,
  };
}

function atMost(most: number, lines: string[]): string[] {
  const rest = lines.length - most;
  return rest > 0 ? [...lines.slice(0, most), t`… and ${count(rest)} more`] : lines;
}

function editedWords(one: Edited): string {
  switch (one.what) {
    case 'program':
      return t`deployment ${String(one.serial)} is not the program that was applied: its hash is another`;
    case 'definition':
      return t`campaign ${one.campaign}, version ${one.version}: its definition has another hash`;
    case 'steps':
      return t`campaign ${one.campaign}, version ${one.version}: the rows of ${all(one.steps)} are not those of its definition`;
  }
}

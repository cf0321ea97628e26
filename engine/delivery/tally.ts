/** The number of messages by outcome. `retried` and `held` are in the outbox again; `bounced` are among the `failed`. */
export interface Tally {
  sent: number;
  failed: number;
  bounced: number;
  unknown: number;
  suppressed: number;
  expired: number;
  retried: number;
  held: number;
}

export function emptyTally(): Tally {
  return { sent: 0, failed: 0, bounced: 0, unknown: 0, suppressed: 0, expired: 0, retried: 0, held: 0 };
}

/** Adds `more` to `tally` in place. */
export function add(tally: Tally, more: Partial<Tally>): void {
  for (const key of Object.keys(tally) as (keyof Tally)[]) tally[key] += more[key] ?? 0;
}

/** What the process's exit code says. The list is part of the interface: scripts rely on it. */
export const exit = {
  fine: 0,
  /** The user's mistake, or bad input. */
  error: 1,
  /** Under `--detailed-exitcode`: there are changes. */
  changes: 2,
  /** A guard said no: a stale plan, for example. */
  refused: 3,
  /** A bug of ours. */
  internal: 70,
} as const;

export const exitCodes: { code: number; means: string }[] = [
  { code: exit.fine, means: 'Fine.' },
  { code: exit.error, means: 'An error: a mistake in the project, in the call, or in the world around.' },
  { code: exit.changes, means: 'With `--detailed-exitcode` only: there are changes, and the output shows them.' },
  { code: exit.refused, means: 'Refused by a guard: a plan that is stale, expired, used already, edited or blocked.' },
  { code: exit.internal, means: 'A bug in Kaskad.' },
];

import { t } from '../spec/words/t.ts';

/** The meanings of the process's exit codes. The list is part of the interface: scripts rely on it. */
export const exit = {
  fine: 0,
  /** The user's mistake, or bad input. */
  error: 1,
  /** There are changes: with `--detailed-exitcode`, or of an import without a terminal to ask for approval. */
  changes: 2,
  /** A guard refused, for example a stale plan. */
  refused: 3,
  /** A bug of ours. */
  internal: 70,
} as const;

/** Returns all exit codes. `short`: for a list on one line; `means`: for the reference, which is in English. */
export const exitCodes = (): { code: number; short: string; means: string }[] => [
  { code: exit.fine, short: t`fine`, means: 'Fine.' },
  {
    code: exit.error,
    short: t`an error`,
    means: 'An error: a mistake in the project, in the call, or in the world around.',
  },
  {
    code: exit.changes,
    short: t`changes (when asked)`,
    means:
      'There are changes, and the output shows them: of `crm plan` with `--detailed-exitcode` only, of `crm drift`, of `crm import` where there is nobody to ask and no `--yes`, so that nothing was written.',
  },
  {
    code: exit.refused,
    short: t`refused`,
    means:
      'Refused by a guard: a plan that is stale, expired, used already, edited or blocked; data that cannot be read; one pause of several that hold; of `crm tick`, a campaign that its guardrails have just paused.',
  },
  { code: exit.internal, short: t`our bug`, means: 'A bug in Kaskad.' },
];

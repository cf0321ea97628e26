import type { SyncState } from '../../engine/deploy/sync-state.ts';
import { t, translated } from '../../spec/words/t.ts';

type Waiting = NonNullable<SyncState['plan']>;

/** Returns the path of a plan that waits, relative to the project. Another plan has another path, so a command is about the plan that it names. */
export const waitingPlan = (hash: string) => `.kaskad/sync-plan-${hash.slice(0, 12)}.json`;

const short = (commit: string) => commit.slice(0, 12);

/** The deployment that runs. `commit`: null where nobody knows. */
interface Running {
  serial: number;
  commit: string | null;
}

/** Returns the sentences about the project's commits in git. `running` is null in a store in which nothing is applied. */
export function syncWords(
  { source, environment, applied, deployment, wanted, fetchedAt, trouble, plan }: SyncState,
  running: Running | null,
  clock: (at: number) => string,
): string[] {
  const seen = fetchedAt === undefined ? [] : [t`${source}, fetched ${clock(fetchedAt)}`];
  const byHand =
    applied !== undefined && deployment !== undefined && running !== null && running.serial !== deployment
      ? [t`What runs was applied by hand after commit ${short(applied)}: the next commit replaces it.`]
      : [];
  const now = byHand.length > 0 ? byHand : runs(applied, running);
  const place = seen.length > 0 ? seen : [source];
  if (!trouble) return [...place, ...now];
  const reasons = trouble.reasons.map(translated).join(' ');
  const since = clock(trouble.since);
  if (trouble.kind === 'unreachable') return [...place, t`Since ${since}: ${reasons}`, ...byHand];
  if (wanted === applied) return [...place, ...now, t`Since ${since}: ${reasons}`];
  const why =
    trouble.kind === 'waiting'
      ? [
          t`Commit ${short(wanted ?? '')} waits for an approval since ${since}: ${reasons}`,
          ...(plan ? [commandWords(plan, environment)] : []),
        ]
      : [t`Commit ${short(wanted ?? '')} does not run, since ${since}: ${reasons}`];
  return [...place, ...now, ...why];
}

/** Returns the sentence about the commit that runs. The deployment has an earlier one where this one changed nothing. */
function runs(applied: string | undefined, running: Running | null): string[] {
  if (applied === undefined) return [];
  return [
    running === null || running.commit === applied
      ? t`Commit ${short(applied)} runs.`
      : t`Commit ${short(applied)} runs; it changes nothing.`,
  ];
}

/** Returns the state as JSON; instants are ISO 8601. */
export function syncJson({ fetchedAt, trouble, plan, ...state }: SyncState): Record<string, unknown> {
  const iso = (at: number) => new Date(at).toISOString();
  return {
    ...state,
    ...(fetchedAt !== undefined && { fetchedAt: iso(fetchedAt) }),
    ...(trouble && { trouble: { ...trouble, since: iso(trouble.since) } }),
    ...(plan && { plan: { ...plan, expiresAt: iso(plan.expiresAt) } }),
  };
}

/** Returns the sentence with the command for the plan that waits. */
function commandWords({ hash, allow, approvals }: Waiting, environment: string | undefined): string {
  const chosen = environment === undefined ? [] : [`--env ${environment}`];
  const name = hash.slice(0, 12);
  if (approvals > 0)
    return t`To approve exactly plan ${name}, which the next round then applies: ${[`crm approve ${waitingPlan(hash)}`, ...chosen].join(' ')}`;
  const words = allow.map((word) => `--allow ${word}`);
  return t`To apply exactly plan ${name}: ${[`crm apply ${waitingPlan(hash)}`, ...chosen, ...words].join(' ')}`;
}

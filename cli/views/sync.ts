import type { SyncState } from '../../engine/deploy/sync-state.ts';
import { t, translated } from '../../spec/words/t.ts';

type Waiting = NonNullable<SyncState['plan']>;

/** Where a plan that waits is, relative to the project. */
export const waitingPlan = '.kaskad/sync-plan.json';

const short = (commit: string) => commit.slice(0, 12);

/** Returns the sentences about the project's commits in git. `commit`: of the deployment that runs; null where nobody knows. */
export function syncWords(
  { source, environment, applied, wanted, fetchedAt, trouble, plan }: SyncState,
  commit: string | null,
  clock: (at: number) => string,
): string[] {
  const seen = fetchedAt === undefined ? [] : [t`${source}, fetched ${clock(fetchedAt)}`];
  const byHand =
    applied !== undefined && commit !== applied
      ? [t`What runs was applied by hand after commit ${short(applied)}: the next commit replaces it.`]
      : [];
  const place = seen.length > 0 ? seen : [source];
  if (!trouble) {
    const runs = wanted === undefined || byHand.length > 0 ? [] : [t`Commit ${short(wanted)} runs.`];
    return [...place, ...runs, ...byHand];
  }
  const reasons = trouble.reasons.map(translated).join(' ');
  const since = clock(trouble.since);
  if (trouble.kind === 'unreachable') return [...place, t`Since ${since}: ${reasons}`, ...byHand];
  const running = applied === undefined ? [] : [t`Commit ${short(applied)} runs.`];
  const why =
    trouble.kind === 'waiting'
      ? [
          t`Commit ${short(wanted ?? '')} waits for an approval since ${since}: ${reasons}`,
          ...(plan ? [commandWords(plan, environment)] : []),
        ]
      : [t`Commit ${short(wanted ?? '')} does not run, since ${since}: ${reasons}`];
  return [...place, ...(byHand.length > 0 ? byHand : running), ...why];
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
    return t`To approve exactly plan ${name}, which the next round then applies: ${[`crm approve ${waitingPlan}`, ...chosen].join(' ')}`;
  const words = allow.map((word) => `--allow ${word}`);
  return t`To apply exactly plan ${name}: ${[`crm apply ${waitingPlan}`, ...chosen, ...words].join(' ')}`;
}

import type { SyncState } from '../../engine/deploy/sync-state.ts';
import { t, translated } from '../../spec/words/t.ts';

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
          t`To apply exactly plan ${plan?.hash.slice(0, 12) ?? ''}: ${commandFor(plan?.breaking ?? [], environment)}`,
        ]
      : [t`Commit ${short(wanted ?? '')} does not run, since ${since}: ${reasons}`];
  return [...place, ...(byHand.length > 0 ? byHand : running), ...why];
}

/** Returns the command that applies the plan that waits. `breaking`: the addresses of its breaking changes. */
function commandFor(breaking: string[], environment: string | undefined): string {
  const chosen = environment === undefined ? [] : [`--env ${environment}`];
  return [`crm apply ${waitingPlan}`, ...chosen, ...breaking.map((address) => `--allow ${address}`)].join(' ');
}

import sql from 'sql-template-tag';
import { type Recorded, recordedDeployments } from '../deploy/deployments.ts';
import { isSame } from '../program/hash.ts';
import type { Deed, Facts } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { readDelays } from '../store/delays.ts';
import { type Pause, readPauses } from '../store/pauses.ts';
import type { Change } from './change.ts';
import { type Resource, resourcesOf } from './resources.ts';

/** A deployment and what it changed of the one before it. */
export interface PastDeployment extends Omit<Recorded, 'program' | 'document'> {
  /** The person who applied it, by the audit log; absent where the log does not know. */
  by?: string;
  /** True if the deployment can be rolled back to: its document was kept. */
  kept: boolean;
  /** The newest earlier deployment with the same Program, if it is among those that are read: this one went back to it. */
  sameAs?: number;
  /** The pauses by hand since then, until the next deployment. */
  pauses: PastPause[];
  /** Campaigns first. Of the first deployment of a store all are created. */
  changes: Altered[];
}

/** A pause; without `until` it holds. Epoch milliseconds. */
export type PastPause = Pause & { until?: number };

/** A resource of which two Programs differ. */
export type Altered = Pick<Change, 'address' | 'kind' | 'name' | 'action'>;

/** Returns the newest `limit` deployments, the applied one first. */
export async function history(db: Database, limit: number): Promise<PastDeployment[]> {
  const all = await recordedDeployments(db, { limit: limit + 1 });
  const appliers = await whoApplied(db);
  const pauses = await pausesByHand(db);
  const resources = all.map(({ program }) => resourcesOf(program));
  return all.slice(0, limit).map(({ program, document, ...deployment }, i) => {
    const sameAs = all.slice(i + 1).find((one) => isSame(one.program, program))?.serial;
    const by = appliers.get(`${deployment.serial} ${deployment.hash}`);
    return {
      ...deployment,
      ...(by !== undefined && { by }),
      kept: document !== undefined,
      ...(sameAs !== undefined && { sameAs }),
      pauses: pauses.filter(
        ({ since }) => since >= deployment.appliedAt && since < (all[i - 1]?.appliedAt ?? Number.POSITIVE_INFINITY),
      ),
      changes: alteredBetween(resources[i + 1] ?? [], resources[i] ?? []),
    };
  });
}

/** Returns the pauses that are over, then those that hold. */
async function pausesByHand(db: Database): Promise<PastPause[]> {
  const over = (await readDelays(db)).flatMap(({ kind, path: _, shifted, ...one }): PastPause[] =>
    kind === 'data' || kind === 'removal' ? [] : [{ ...one, kind, ...(shifted && { shift: shifted }) }],
  );
  return [...over, ...(await readPauses(db))];
}

/** Returns who applied which deployment, by its serial and hash. */
async function whoApplied(db: Database): Promise<Map<string, string>> {
  const rows = await db.query<{ who: string; facts: string }>(
    sql`SELECT who, facts FROM audit WHERE what = ${'apply' satisfies Deed}`,
  );
  return new Map(
    rows.map(({ who, facts }) => {
      const { deployment, program } = JSON.parse(facts) as Facts;
      return [`${deployment} ${program}`, who];
    }),
  );
}

/** Returns the resources in which two Programs differ, campaigns first. Pure. */
export function alteredBetween(before: readonly Resource[], now: readonly Resource[]): Altered[] {
  const old = new Map(before.map((one) => [one.address, one]));
  const known = new Set(now.map(({ address }) => address));
  const named = ({ address, kind, name }: Omit<Altered, 'action'>, action: Change['action']): Altered => ({
    address,
    kind,
    name,
    action,
  });
  const altered = [
    ...now.flatMap((one) => {
      const earlier = old.get(one.address);
      if (earlier?.hash === one.hash) return [];
      return [named(one, earlier ? 'change' : 'create')];
    }),
    ...[...old.values()].filter(({ address }) => !known.has(address)).map((one) => named(one, 'remove')),
  ];
  const [campaigns, others] = [true, false].map((of) => altered.filter(({ kind }) => (kind === 'campaign') === of));
  return [...(campaigns ?? []), ...(others ?? [])];
}

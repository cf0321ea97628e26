import sql from 'sql-template-tag';
import { canonical, digest } from '../program/hash.ts';
import type { Database } from './database.ts';
import { setMeta } from './meta.ts';

/** An act of a person on a store. */
export type Deed =
  | 'apply'
  | 'refuse'
  | 'approve'
  | 'lock'
  | 'unlock'
  | 'pause'
  | 'resume'
  | 'launch'
  | 'promote'
  | 'recall'
  | 'suppress'
  | 'lift'
  | 'erase';

/** Names of resources, hashes, counts and instants; nothing personal about customers. */
export type Facts = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface Act {
  /** Epoch milliseconds, by the clock of whoever did it: it may go back from one entry to the next. */
  at: number;
  /** The person or the program, as they call themselves. */
  who: string;
  what: Deed;
  facts: Facts;
}

export interface Entry extends Act {
  /** From 1, without gaps. */
  serial: number;
  /** The hash of the entry before; empty for the first. */
  previous: string;
  /** The digest of everything else. */
  hash: string;
}

/** Adds an entry to the log, in the transaction of what it is about, so that there is never one without the other. */
export async function noteAct(tx: Database, { at, who, what, facts }: Act): Promise<Entry> {
  await takeAuditLock(tx);
  const [last] = await tx.query<{ serial: number; hash: string }>(
    sql`SELECT serial, hash FROM audit ORDER BY serial DESC LIMIT 1`,
  );
  const body = { serial: (last?.serial ?? 0) + 1, at, who, what, facts, previous: last?.hash ?? '' };
  const hash = digest(body);
  await tx.run(sql`
    INSERT INTO audit (serial, "at", who, what, facts, previous, hash)
    VALUES (${body.serial}, ${at}::bigint, ${who}, ${what}, ${canonical(facts)}, ${body.previous}, ${hash})`);
  await setMeta(tx, 'audit', String(body.serial));
  return { ...body, hash };
}

/** Until the transaction ends, nobody else adds an entry. Writers of DuckDB take turns anyway. */
async function takeAuditLock(tx: Database): Promise<void> {
  if (tx.dialect.name !== 'postgres') return;
  await tx.query(sql`
    SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended('kaskad audit ' || current_schema(), 0))`);
}

/** Returns the whole log, the oldest entry first. */
export async function readAudit(db: Database): Promise<Entry[]> {
  const rows = await db.query<{ [K in Exclude<keyof Entry, 'facts'>]: Entry[K] } & { facts: string }>(
    sql`SELECT serial, "at", who, what, facts, previous, hash FROM audit ORDER BY serial`,
  );
  return rows.map((row) => ({ ...row, facts: JSON.parse(row.facts) as Facts }));
}

/** The first sign that the log is not as it was written. */
export interface Break {
  /** The entry that is wrong or missing. */
  serial: number;
  /**
   * `missing`: there is no such entry, though there are later ones; `changed`: its hash is not that of its content; `unlinked`: it does not name the hash of the
   * entry before; `cut`: entries from here on are gone; `deployment`: a deployment has no entry, or its entry names another program or document
   * (`serial`: the deployment's); `gone`: the deployment of an entry is not in the store;
   * `head`: no entry has the hash that somebody kept.
   */
  why: 'missing' | 'changed' | 'unlinked' | 'cut' | 'deployment' | 'gone' | 'head';
}

/** The evidence in a store about its log, beside the log itself. */
interface Witnesses {
  /** The serial of the newest entry; 0: there has been none. */
  newest: number;
  deployments: Kept[];
  /** A hash that somebody has kept outside of the store. */
  head?: string | undefined;
}

/** A deployment as the store keeps it. */
interface Kept {
  serial: number;
  hash: string;
  /** The digest of its document; undefined where it has none. */
  document?: string | undefined;
}

/** Returns the serials of deployments that are not as their entries say, or that have none, the first one first. Pure. */
export function unlikeLog(entries: Entry[], deployments: Kept[]): number[] {
  const noted = notedDeployments(entries);
  // Deployments of before the log have no entries.
  const since = Math.min(...noted.keys());
  return deployments.flatMap(({ serial, hash, document }) => {
    const facts = noted.get(serial);
    const isSame = facts?.program === hash && (facts.document === undefined || facts.document === document);
    return serial >= since && !isSame ? [serial] : [];
  });
}

/** Returns the facts of the last apply of each deployment: the same program may be applied in other words. */
function notedDeployments(entries: Entry[]): Map<number, Facts> {
  return new Map(entries.flatMap(({ what, facts }) => (what === 'apply' ? [[Number(facts.deployment), facts]] : [])));
}

/** Returns the first break of the chain; undefined: it is whole. Pure. */
export function findBreak(entries: Entry[], { newest, deployments, head }: Witnesses): Break | undefined {
  let previous = '';
  for (const [i, { hash, ...body }] of entries.entries()) {
    const serial = i + 1;
    if (body.serial !== serial) return { serial, why: 'missing' };
    if (digest(body) !== hash) return { serial, why: 'changed' };
    if (body.previous !== previous) return { serial, why: 'unlinked' };
    previous = hash;
  }
  if (entries.length !== newest) return { serial: entries.length + 1, why: 'cut' };
  const [unlike] = unlikeLog(entries, deployments);
  if (unlike !== undefined) return { serial: unlike, why: 'deployment' };
  const gone = notedDeployments(entries)
    .keys()
    .find((serial) => !deployments.some((one) => one.serial === serial));
  if (gone !== undefined) return { serial: gone, why: 'gone' };
  if (head === undefined || entries.some(({ hash }) => hash === head)) return undefined;
  return { serial: entries.length, why: 'head' };
}

/** Reads the log and returns it with its first break. `head`: a hash that must be in it. */
export async function verifyAudit(db: Database, head?: string): Promise<{ entries: Entry[]; broken?: Break }> {
  const entries = await readAudit(db);
  const [noted] = await db.query<{ value: string }>(sql`SELECT value FROM meta WHERE name = 'audit'`);
  const newest = Number(noted?.value ?? 0);
  const deployments = await keptDeployments(db);
  const broken = findBreak(entries, { newest, deployments, head });
  return { entries, ...(broken && { broken }) };
}

async function keptDeployments(db: Database): Promise<Kept[]> {
  const rows = await db.query<{ serial: number; hash: string; document: string | null }>(
    sql`SELECT serial, hash, document FROM deployment ORDER BY serial`,
  );
  return rows.map(({ document, ...row }) => ({ ...row, ...(document !== null && { document: digestOf(document) }) }));
}

/** A document that is no JSON any more has no digest of a document. */
function digestOf(document: string): string {
  try {
    return digest(JSON.parse(document));
  } catch {
    return '';
  }
}

/** Returns true if a deployment is what its entry in the log says, or is older than the log. */
export async function isAsNoted(db: Database, serial: number): Promise<boolean> {
  return !unlikeLog(await readAudit(db), await keptDeployments(db)).includes(serial);
}

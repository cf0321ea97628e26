import sql from 'sql-template-tag';
import { kindsAsked } from '../../program/facts.ts';
import type { CompiledCampaign, Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { noteDelays } from '../../store/delays.ts';
import { messageReason, messageStatus } from '../../store/outcome-sql.ts';
import { eventInbox } from '../../store/tables.ts';
import { type Unreadable, unreadable } from './unreadable.ts';
import { lossOf } from './unreadable-error.ts';

/** A campaign that neither enters customers nor sends, because a file that it needs cannot be read. */
export interface Withheld {
  campaign: string;
  path: string;
}

export function readWithheld(db: Database): Promise<(Withheld & { since: number })[]> {
  return db.query<{ campaign: string; path: string; since: number }>(
    sql`SELECT campaign, path, since FROM withheld ORDER BY campaign, path`,
  );
}

/** The same of a store that an earlier Kaskad may have left without the table. */
export async function knownWithheld(db: Database): Promise<(Withheld & { since: number })[]> {
  const found = await db.query(sql`SELECT 1 AS found FROM information_schema.tables WHERE table_name = 'withheld'`);
  return found.length > 0 ? readWithheld(db) : [];
}

/** The changes. */
export interface Withholding {
  /** `why`: the loss of the file, in words. */
  began: (Withheld & { why: string })[];
  ended: Withheld[];
}

/**
 * Withholds the campaigns that read what cannot be read, and lets the others go on; what waits has the reason. Returns what
 * has changed. `allowed`: whatever can be read of the files is enough.
 */
export async function withhold(
  db: Database,
  program: Program,
  at: number,
  allowed: boolean,
): Promise<Withholding | undefined> {
  const files = allowed ? [] : await unreadable(db, program);
  const wanted = program.campaigns.flatMap((campaign) =>
    files
      .filter((file) => reads(program, campaign, file))
      .map((file) => ({ campaign: campaign.name, path: file.path, why: lossOf(file) })),
  );
  const before = await readWithheld(db);
  if (before.length + wanted.length === 0) return undefined;
  const key = ({ campaign, path }: Withheld) => `${campaign}\n${path}`;
  const [had, have] = [new Set(before.map(key)), new Set(wanted.map(key))];
  const began = wanted.filter((one) => !had.has(key(one)));
  const ended = before.filter((one) => !have.has(key(one)));
  for (const { campaign, path } of began)
    await db.run(sql`INSERT INTO withheld (campaign, path, since) VALUES (${campaign}, ${path}, ${at}::bigint)`);
  for (const { campaign, path } of ended)
    await db.run(sql`DELETE FROM withheld WHERE campaign = ${campaign} AND path = ${path}`);
  await noteDelays(
    db,
    ended.map(({ campaign, path, since }) => ({ kind: 'data', name: campaign, path, since, until: at })),
  );
  if (began.length > 0)
    await db.run(sql`
      UPDATE message SET reason = ${messageReason['unreadable-data']}
      WHERE status = ${messageStatus.decided} AND reason IS NULL AND campaign IN (SELECT campaign FROM withheld)`);
  if (ended.length > 0)
    await db.run(sql`
      UPDATE message SET reason = NULL
      WHERE status = ${messageStatus.decided} AND reason = ${messageReason['unreadable-data']} AND campaign NOT IN (SELECT campaign FROM withheld)`);
  if (began.length + ended.length === 0) return undefined;
  return { began, ended: ended.map(({ campaign, path }) => ({ campaign, path })) };
}

/** Customers concern every campaign, consent, suppressions and feedback all marketing, the rest the campaigns that ask about it. */
function reads(program: Program, campaign: CompiledCampaign, { inbox, list }: Unreadable): boolean {
  if (inbox === 'inbox_customer') return true;
  if (['inbox_consent', 'inbox_suppression', 'inbox_feedback'].includes(inbox))
    return campaign.category === 'marketing';
  const { trigger } = campaign;
  const watched = 'segment' in trigger ? program.segments.filter(({ name }) => name === trigger.segment) : [];
  const parts = [campaign, ...watched];
  if (list !== undefined)
    return ('segment' in trigger && trigger.segment === list) || parts.some((part) => lists(part, list));
  return parts.some((part) => kindsAsked(part).some((kind) => eventInbox(kind) === inbox));
}

/** Returns true if the part asks about membership in the static segment. */
function lists(part: object, segment: string): boolean {
  let found = false;
  JSON.stringify(part, (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'listed' && 'segment' in value)
      found ||= value.segment === segment;
    return value;
  });
  return found;
}

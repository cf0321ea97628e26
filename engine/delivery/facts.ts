import sql, { join } from 'sql-template-tag';
import type { ExitReason } from '../../spec/model/outcomes.ts';
import { toCustomers, zoneAttribute } from '../program/facts.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { enrolmentStatus } from '../store/outcome-sql.ts';
import { copies, ofFormer, type Shared } from './copies.ts';
import { type Facts, recipient } from './gates.ts';
import { integers } from './list.ts';
import { type Claimed, stillMine } from './outbox.ts';

interface Fact {
  [column: string]: string | number | null;
  kind:
    | 'mine'
    | 'suppressed'
    | 'consented'
    | 'reachable'
    | 'zone'
    | 'shared'
    | 'former'
    | 'ended'
    | 'active'
    | 'removed'
    | 'unnamed';
  id: number;
  note: string | null;
  step: number | null;
}

/** The circumstances of a look at messages of one channel. */
export interface LastLook {
  program: Program;
  channel: string;
  worker: string;
  now: number;
  /** Returns what the store keeps of an address of the channel. */
  hash(address: string): string | null;
  /** The addresses of messages of this worker that are on connections, by message. */
  leaving(): Map<string, string>;
}

/**
 * Returns the facts of the store about the recipients of messages of one channel; one statement of plain look-ups, and others
 * where marketing goes to addresses that customers share or have given up.
 */
export async function factsAbout(
  db: Database,
  look: LastLook,
  messages: Claimed[],
): Promise<(message: Claimed) => Facts> {
  const { program, channel, worker } = look;
  const customers = integers(messages.map((m) => m.customer));
  const declared = program.channels.find((c) => c.name === channel);
  const impersonal = declared !== undefined && !toCustomers(declared);
  const address = declared?.address;
  const zone = zoneAttribute(program);
  const none = sql`NULL::text, NULL::integer`;
  const lookups = [
    sql`SELECT 'mine' AS kind, 0 AS id, message AS note, NULL::integer AS step FROM message WHERE ${stillMine(
      worker,
      messages.map((m) => m.message),
    )}`,
    sql`SELECT 'suppressed', customer, ${none} FROM blocked
      WHERE customer IN ${customers} AND channel = ${channel}::text`,
    ...(program.data.customers.complete
      ? [sql`SELECT 'unnamed', customer, ${none} FROM removed_customer WHERE customer IN ${customers}`]
      : []),
    sql`SELECT 'consented', customer, ${none} FROM subscription
      WHERE customer IN ${customers} AND channel = ${channel}::text`,
    ...(address === undefined
      ? []
      : [
          sql`SELECT 'reachable', customer, ${ident(address)}::text, NULL::integer FROM customer
            WHERE customer IN ${customers} AND ${ident(address)} IS NOT NULL`,
          sql`SELECT 'shared', customer, address, NULL::integer FROM mailbox
            WHERE customer IN ${customers} AND attribute = ${address}::text AND first IS NOT NULL`,
          sql`SELECT 'former', 0, ${none} FROM (SELECT 1 FROM former_address WHERE attribute = ${address}::text LIMIT 1) f`,
        ]),
    ...(zone === undefined || declared === undefined || impersonal
      ? []
      : [
          sql`SELECT 'zone', customer, ${ident(zone)}::text, NULL::integer FROM customer
            WHERE customer IN ${customers} AND ${ident(zone)} IS NOT NULL`,
        ]),
    sql`SELECT CASE WHEN status = ${enrolmentStatus.ended} THEN 'ended' ELSE 'active' END, enrolment, reason, step FROM enrolment
      WHERE enrolment IN ${integers(messages.map((m) => m.enrolment))}`,
    sql`SELECT 'removed', 0, campaign, NULL::integer FROM campaign
      WHERE campaign IN (${join([...new Set(messages.map((m) => m.campaign))])}) GROUP BY campaign HAVING NOT bool_or(is_current)`,
  ];
  const rows = await db.query<Fact>(join(lookups, ' UNION ALL '));
  const found = new Map(rows.map((row) => [`${row.kind} ${row.id}`, row]));
  const mine = new Set(rows.flatMap((row) => (row.kind === 'mine' ? [row.note] : [])));
  const removed = new Set(rows.flatMap((row) => (row.kind === 'removed' ? [row.note] : [])));
  const marketing = messages.filter(({ category }) => category === 'marketing');
  const shared = marketing.flatMap(({ message, customer, campaign }): Shared[] => {
    const address = found.get(`shared ${customer}`)?.note;
    return address ? [{ message, campaign, address }] : [];
  });
  if (address !== undefined && found.has('former 0')) {
    const single = marketing.flatMap(({ message, customer, campaign }): Shared[] => {
      const to = found.has(`shared ${customer}`) ? null : found.get(`reachable ${customer}`)?.note;
      const hash = to ? look.hash(to) : null;
      return hash === null ? [] : [{ message, campaign, address: hash }];
    });
    shared.push(...(await ofFormer(db, address, single)));
  }
  const copied = address === undefined ? new Set() : await copies(db, { ...look, attribute: address }, shared);
  return ({ message, customer, enrolment, campaign }) => {
    const ended = removed.has(campaign)
      ? ('removed' satisfies ExitReason)
      : (found.get(`ended ${enrolment}`)?.note ?? undefined);
    const step = found.get(`active ${enrolment}`)?.step ?? undefined;
    return {
      mine: mine.has(message),
      recipient: recipient(found.get(`reachable ${customer}`)?.note, found.get(`zone ${customer}`)?.note),
      unnamed: found.has(`unnamed ${customer}`),
      suppressed: found.has(`suppressed ${customer}`),
      consented: impersonal || found.has(`consented ${customer}`),
      reachable: impersonal || found.has(`reachable ${customer}`),
      copied: copied.has(message),
      enrolment: { ...(ended === undefined ? {} : { ended }), ...(step === undefined ? {} : { step }) },
    };
  };
}

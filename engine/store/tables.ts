import sql from 'sql-template-tag';
import type { DataModel, Field, FieldType } from '../../spec/model/data.ts';
import { addColumns, columns, createIndexes, createTables, presentColumns, type Table } from './columns.ts';
import type { Column, ColumnType, Database } from './database.ts';
import { enrolmentStatus, messageStatus } from './outcome-sql.ts';
import { noteNewest } from './upgrade.ts';

/** In which order, and from which source, a row was read; null where no file had it. */
const READ = '#arrival bigint, #source integer';

/**
 * Instants are epoch milliseconds, durations milliseconds, money in the project's currency.
 * `customer` is the canonical number of a customer; the shop's own ids map to it through `identity`.
 */
const fixed: Table[] = [
  { name: 'meta', columns: columns('name text, value text'), key: ['name'] },
  /**
   * One row an apply. `program` is canonical JSON; `document`: its files as JSON, null where an earlier version applied it; so is `forecast`, that
   * of the plan.
   */
  {
    name: 'deployment',
    columns: columns(
      'serial integer, lineage text, hash text, applied_at bigint, commit_hash text, program text, document text, forecast text',
    ),
    key: ['serial'],
  },
  /** The acts of people on the store, see audit.ts. `facts`: canonical JSON; `previous`, `hash`: the chain. */
  {
    name: 'audit',
    columns: columns('serial integer, at bigint, who text, what text, facts text, previous text, hash text'),
    key: ['serial'],
  },
  /** Every version of a campaign that ever ran; `active_from`: since when this campaign has been applied without a gap; `reenter`: see reentryMs. `removed_at`: the apply that removed the campaign, until its customers are taken up again, which is possible before `resume_until`. */
  {
    name: 'campaign',
    columns: columns(
      'campaign text, version text, is_current boolean, active_from bigint, category text, priority integer, expires bigint, goal_within bigint, reenter bigint, first_step integer, definition text, resume_within bigint, removed_at bigint, resume_until bigint',
    ),
    key: ['campaign', 'version'],
  },
  /** Steps of every version, numbered across the store. `otherwise`: after a refusal, a failure or a time-out. */
  {
    name: 'step',
    columns: columns(
      'step integer, campaign text, version text, id text, kind text, next integer, otherwise integer, ms bigint, minute integer, days integer, channel text, template text, until text, within bigint, salt text, redraw boolean, segment text, reason text',
    ),
    key: ['step'],
  },
  /** The sends that follow a refused one at once; `depth`: 1 for the next. */
  { name: 'fallback', columns: columns('step integer, stage integer, depth integer') },
  /** Arms of splits; of a cascade in preferred order, its stages by channel, `low` being their place in the file. */
  {
    name: 'arm',
    columns: columns('step integer, arm text, control boolean, low double, high double, next integer'),
    key: ['step', 'arm'],
  },
  /** Every id that a file has named, and its number. An id that only refusals or future rows have named is no customer yet. */
  { name: 'identity', columns: columns('id text, customer bigint') },
  /** The identities that are no customers yet. */
  { name: 'stranger', columns: columns('id text, customer bigint') },
  /**
   * Customers who were erased: hashes of the id (`kind`: `id`), of each address (`address`), and of the ids of other
   * customers that are one of these (`other`). Their number stays taken; in `identity` and `stranger` it has the hash of the id.
   */
  { name: 'erased', columns: columns('customer bigint, hash text, kind text, at bigint') },
  /**
   * The customers whom each file names, if the files of customers together name everybody. Since a reading that was not
   * accepted, also those who were named before and are not now: under minus the number of the file. Source 0: who had
   * attributes before the first such reading.
   */
  { name: 'named', columns: columns('customer text, #source integer') },
  /** Customers whom no file names any more. `at`: the tick that ended their journeys; null until then. */
  { name: 'removed_customer', columns: columns('customer bigint, at bigint') },
  /**
   * The ledgers of consent and suppressions: append-only. An entry is about a customer or, with `address` (see
   * canonical-address.ts), about every customer who has that address. `channel`: the word of the source; `lifted`: ends suppressions. `#source`: null for feedback of recipients.
   */
  {
    name: 'consent',
    columns: columns(
      'seq bigint, id text, customer bigint, channel text, granted boolean, at bigint, address text, #source integer',
    ),
  },
  {
    name: 'suppression',
    columns: columns('id text, customer bigint, channel text, reason text, at bigint, address text, lifted boolean'),
  },
  /** The present state of the ledgers by customer and channel, see permissions.ts: consent in force; suppressed. */
  { name: 'subscription', columns: columns('customer bigint, channel text'), indexes: [sql`(customer)`] },
  { name: 'blocked', columns: columns('customer bigint, channel text') },
  /**
   * Customers whose address others have too, or an entry of a ledger is about. `attribute`: where they have it; `first`: the
   * smallest id of those who share it, null for one who is alone.
   */
  { name: 'mailbox', columns: columns('attribute text, address text, customer bigint, first text') },
  /** Addresses (their hashes) that a customer had and has no more: another customer's message may have gone there. */
  { name: 'former_address', columns: columns('attribute text, address text') },
  /**
   * `started_at`: of what triggered it; `entered_at`: the tick that enrolled. `phase` 0: has just reached its step;
   * 1: waits there until `due_at`; 2: the reaction that it waited for has happened. `deferred_at`: since when quiet hours hold
   * the message of its step back; in phase 1, since when a customer waits for an event whom another version's time would tell wrong. `event_seq`: of the trigger's event. `step` and `due_at` are null once ended, so that
   * statistics of columns tell DuckDB where nobody is due; `removed_from`: the step when its campaign was removed, and `due_at` stays. `resumed_at`: the tick that took it up again.
   */
  {
    name: 'enrolment',
    columns: columns(
      'enrolment bigint, customer bigint, campaign text, version text, occurrence text, event_seq bigint, started_at bigint, entered_at bigint, step integer, phase integer, arm text, due_at bigint, deferred_at bigint, status text, reason text, ended_at bigint, goal_at bigint, goal_value double, removed_from integer, resumed_at bigint',
    ),
    indexes: [
      sql`(due_at) WHERE status = ${enrolmentStatus.active}`,
      sql`(enrolment)`,
      sql`(customer)`,
      sql`(step) WHERE step IS NOT NULL`,
      sql`(campaign, version, started_at)`,
    ],
  },
  /**
   * One life of a message: decided → sent | failed | unknown | suppressed | expired. `attempts`: how often it was handed
   * to a carrier. `send_at`: not before. `detail`: the provider's answer, without addresses;
   * `trouble`: the same, or the reason, of the last attempt after which it waited for another.
   * `address`: the hash of the one it was sent to; before it left, only where others have that address too.
   * `feedback`: the kinds that have been collected about it, as bits, see feedback.ts; null where there are none.
   */
  {
    name: 'message',
    columns: columns(
      'message text, enrolment bigint, customer bigint, campaign text, version text, step integer, arm text, channel text, template text, category text, status text, reason text, detail text, decided_at bigint, send_at bigint, expires_at bigint, deferred_at bigint, attempts integer, finished_at bigint, price double, template_hash text, address text, trouble text, feedback integer',
    ),
    indexes: [sql`(customer, decided_at)`, sql`(enrolment) WHERE status = ${messageStatus.decided}`],
  },
  /**
   * Processes that send, one row a channel. A worker that does not renew its lease is gone, and its claims are free.
   * `boot` and `boot_id`: the machine's start, where what is written beside the store would not outlast it; see Boot.
   */
  { name: 'worker', columns: columns('worker text, lease_until bigint, boot bigint, boot_id text') },
  /** Decided messages that a worker has claimed. */
  { name: 'claim', columns: columns('message text, worker text') },
  /**
   * Messages that have been on a connection and are not settled in `message` yet: a row before a message gets a
   * connection, and another with its `outcome` (an Entry in JSON) before the next one gets it. The embedded store has
   * a file for that.
   */
  { name: 'transit', columns: columns('message text, worker text, outcome text, address text') },
  /** Channels that fail. `failures`: in a row; `pauses`: how often in a row it has been stopped; `config`: the hash of the channel that failed. */
  {
    name: 'channel_failure',
    columns: columns(
      'channel text, config text, failures integer, pauses integer, since bigint, until bigint, reason text, detail text',
    ),
    key: ['channel'],
  },
  {
    name: 'message_event',
    columns: columns('seq bigint, id text, message text, customer bigint, kind text, at bigint'),
  },
  /**
   * Events that were taken back or corrected after a tick had collected them. `change`: `taken-back` or `corrected`; `at`: the tick
   * that took the row in; `happened_at`: of the event as it was before.
   */
  {
    name: 'event_change',
    columns: columns('customer bigint, kind text, id text, change text, happened_at bigint, at bigint'),
  },
  /** The members of static segments. `origin`: `file`, or `journey` where a step put them there; both may be. */
  { name: 'listing', columns: columns('segment text, customer bigint, origin text') },
  /** The members of the segments that a trigger watches, as of their last refresh. */
  { name: 'membership', columns: columns('segment text, customer bigint, since bigint') },
  /** The customers who left a watched segment at its latest refresh. */
  { name: 'leaver', columns: columns('segment text, customer bigint, at bigint') },
  /**
   * The scores of customers on the scales that campaigns read, see scales.ts, as of the instant `from_at`: in force until `until_at`,
   * null for the latest. A ranking has `better` (customers with a strictly better value) and `everybody` (with a value), RFM its parts.
   */
  {
    name: 'score',
    columns: columns(
      'scale text, customer bigint, better bigint, everybody bigint, recency bigint, frequency bigint, monetary bigint, from_at bigint, until_at bigint',
    ),
    indexes: [sql`(scale, customer)`],
  },
  /** The customers whom a campaign on the absence of an event takes in at `due_at`, if no event happens until then. */
  { name: 'watch', columns: columns('campaign text, customer bigint, id text, event_seq bigint, due_at bigint') },
  /** Launches by hand. `taken_at`: the tick that enrolled their audience. */
  { name: 'launch', columns: columns('launch integer, campaign text, at bigint, taken_at bigint'), key: ['launch'] },
  /** The pauses. `kind`: `all`, `campaign` or `channel`; `name` is empty for `all`; `shift`: timers are to be moved by the paused time; `crossed`: the guardrails that did it, JSON; null: somebody. */
  {
    name: 'pause',
    columns: columns('kind text, name text, since bigint, shift boolean, crossed text'),
    key: ['kind', 'name'],
  },
  /**
   * Delays that are over: pauses by hand (`kind` as there), campaigns that waited for data (`data`, with the `path`), removals of
   * campaigns that were put back (`removal`). `shifted`: timers were moved by it; `crossed`: as of pauses.
   */
  {
    name: 'delay',
    columns: columns('kind text, name text, path text, since bigint, until bigint, shifted boolean, crossed text'),
  },
  /** Campaigns that wait until a data file can be read again. */
  { name: 'withheld', columns: columns('campaign text, path text, since bigint') },
  { name: 'cursor', columns: columns('name text, value bigint'), key: ['name'] },
  /**
   * The files that have been read. `lost`: rows that were left out; `readable`: false where a whole file was; `held`: true
   * where it has ever held rows; `fewer`: how many customers it named whom no file names now, where that is not accepted, and
   * `judged`, the hash of the program by which it is not; `base`: the arrival of the line 0 at the last reading; `fields`: what was declared then; `number`: what `#source` means.
   */
  {
    name: 'source',
    columns: columns(
      'path text, fingerprint text, rows bigint, loaded_at bigint, number integer, lost bigint, readable boolean, held boolean, fewer bigint, judged text, base bigint, fields text, prefix text, spoilt bigint, passed bigint, incomplete bigint',
    ),
    key: ['path'],
  },
  /** Refusals without a date that a file holds now, with the instant of the first reading. */
  { name: 'undated', columns: columns('#source integer, id text, at bigint') },
  /** Feedback for messages that are not known yet. */
  {
    name: 'stray',
    columns: columns('id text, message text, kind text, at bigint, read_at bigint, #source integer, line bigint'),
  },
  /**
   * `refusal`: it is about a withdrawal, a suppression or a complaint; `fatal`: it cost a row or the file. `copies`: how many
   * problems of the same cause the row counts, itself included, where a file has more than are kept one by one. `customer`: of a row
   * that names nobody, the stranger.
   */
  {
    name: 'quarantine',
    columns: columns(
      'path text, line bigint, field text, code text, message text, at bigint, refusal boolean, fatal boolean, copies bigint, customer bigint',
    ),
  },
  /** [from_at, to_at) UTC; `local_from`, `local_to` are the same on the local clock, a repeated hour belonging to its first time. */
  {
    name: 'tz_offset',
    columns: columns(
      'zone text, from_at bigint, to_at bigint, shift bigint, local_from bigint, local_to bigint, gap_at bigint',
    ),
  },
  /** Rows of events that the conditions of their source leave out. `kind`: the inbox of their kind. */
  { name: 'inbox_gone', columns: columns(`kind text, id text, customer text, ${READ}`) },
  {
    name: 'inbox_consent',
    columns: columns(`id text, customer text, channel text, granted boolean, at bigint, address text, ${READ}`),
  },
  {
    name: 'inbox_suppression',
    columns: columns(`id text, customer text, channel text, reason text, at bigint, address text, ${READ}`),
  },
  /** All customers whom a static segment's files name, and a row without a customer; they replace the members from files. */
  { name: 'inbox_listing', columns: columns('segment text, customer text') },
  { name: 'inbox_feedback', columns: columns(`id text, message text, kind text, at bigint, ${READ}`) },
];

const stored: Record<FieldType, ColumnType> = {
  string: 'text',
  integer: 'bigint',
  number: 'double',
  money: 'decimal',
  boolean: 'boolean',
  date: 'date',
  instant: 'bigint',
  email: 'text',
  phone: 'text',
  timezone: 'text',
  locale: 'text',
  country: 'text',
  list: 'text',
};

export function fieldColumns(fields: Field[]): Column[] {
  return fields.map((field) => ({ name: field.name, type: stored[field.type] }));
}

export const eventTable = (kind: string) => `event_${kind}`;
export const eventInbox = (kind: string) => `inbox_event_${kind}`;

/** Every table that a project with this data needs. */
export function tables(data: DataModel): Table[] {
  return [...fixed, ...declaredTables(data)];
}

/** The tables whose columns depend on what the project declares. */
function declaredTables(data: DataModel): Table[] {
  const attributes = fieldColumns(data.customers.attributes);
  const events = data.events.flatMap((kind): Table[] => {
    const fields = fieldColumns(kind.fields);
    return [
      {
        name: eventTable(kind.name),
        columns: [
          ...columns('seq bigint, id text, customer bigint, at bigint'),
          ...fields,
          ...columns('#source integer'),
        ],
        indexes: [sql`(seq)`, sql`(customer)`],
      },
      {
        name: eventInbox(kind.name),
        // `#corrects`: the `seq` of the event whose place the row takes.
        columns: [...columns('id text, customer text, at bigint'), ...fields, ...columns(`${READ}, #corrects bigint`)],
      },
    ];
  });
  return [
    { name: 'customer', columns: [...columns('customer bigint, id text'), ...attributes], indexes: [sql`(customer)`] },
    { name: 'inbox_customer', columns: [...columns('id text'), ...attributes] },
    ...events,
  ];
}

/**
 * Creates the tables of an empty store, and what a store lacks for this data. Columns that are declared no more stay, so a
 * rollback finds its data. PostgreSQL gets its indexes. Everything else of an older store is changed by migrations alone.
 */
export async function prepareTables(db: Database, data: DataModel): Promise<void> {
  const present = await presentColumns(db);
  const isNew = !present.has('meta');
  const wanted = isNew ? tables(data) : declaredTables(data);
  for (const table of wanted) {
    const existing = present.get(table.name);
    if (existing)
      await addColumns(
        db,
        table.name,
        table.columns.filter((column) => !existing.has(column.name)),
      );
  }
  const absent = wanted.filter(({ name }) => !present.has(name));
  if (absent.length > 0) await createTables(db, absent);
  await createIndexes(db, tables(data));
  if (isNew) await noteNewest(db);
}

/** Returns a table's columns in the order of `tables`, for bulk loads. Throws for an unknown table (a bug). */
export function columnsOf(data: DataModel, table: string): Column[] {
  const found = tables(data).find((t) => t.name === table);
  if (!found) throw new Error(`no table "${table}"`);
  return found.columns;
}

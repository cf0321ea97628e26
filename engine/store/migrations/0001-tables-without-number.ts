import { addColumns, columns, createTable, presentColumns } from '../columns.ts';
import type { Migration } from './migrations.ts';

const tables: Record<string, string> = {
  stranger: 'id text, customer bigint',
  erased: 'customer bigint, hash text, kind text, at bigint',
  named: 'customer text, #source integer',
  removed_customer: 'customer bigint, at bigint',
  blocked: 'customer bigint, channel text',
  mailbox: 'attribute text, address text, customer bigint, first text',
  former_address: 'attribute text, address text',
  worker: 'worker text, lease_until bigint, boot bigint, boot_id text',
  claim: 'message text, worker text',
  transit: 'message text, worker text, outcome text, address text',
  event_change: 'customer bigint, kind text, id text, change text, happened_at bigint, at bigint',
  delay: 'kind text, name text, path text, since bigint, until bigint',
  withheld: 'campaign text, path text, since bigint',
  undated: '#source integer, id text, at bigint',
  stray: 'id text, message text, kind text, at bigint, read_at bigint, #source integer, line bigint',
  inbox_gone: 'kind text, id text, customer text, #arrival bigint, #source integer',
};

const tablesWithKey = [
  {
    name: 'channel_failure',
    columns:
      'channel text, config text, failures integer, pauses integer, since bigint, until bigint, reason text, detail text',
    key: ['channel'],
  },
  { name: 'pause', columns: 'kind text, name text, since bigint', key: ['kind', 'name'] },
];

const added: Record<string, string> = {
  campaign: 'resume_within bigint, removed_at bigint, resume_until bigint',
  consent: 'address text, #source integer',
  suppression: 'address text, lifted boolean',
  enrolment: 'removed_from integer, resumed_at bigint',
  message: 'address text, trouble text',
  source:
    'number integer, lost bigint, readable boolean, held boolean, fewer bigint, judged text, base bigint, fields text, prefix text, spoilt bigint, passed bigint, incomplete bigint',
  quarantine: 'refusal boolean, fatal boolean, copies bigint, customer bigint',
  inbox_consent: 'address text, #arrival bigint, #source integer',
  inbox_suppression: 'address text, #arrival bigint, #source integer',
  inbox_feedback: '#arrival bigint, #source integer',
};

/** Brings a store that has no number yet, of whichever version it is, to what the first number means. */
export const tablesWithoutNumber: Migration = {
  number: 1,
  async run(db) {
    for (const [name, list] of Object.entries(tables)) await createTable(db, { name, columns: columns(list) });
    for (const table of tablesWithKey) await createTable(db, { ...table, columns: columns(table.columns) });
    for (const [name, list] of Object.entries(added)) await addColumns(db, name, columns(list));
    for (const table of (await presentColumns(db)).keys()) {
      if (table.startsWith('inbox_event_'))
        await addColumns(db, table, columns('#arrival bigint, #source integer, #corrects bigint'));
      else if (table.startsWith('event_') && table !== 'event_change')
        await addColumns(db, table, columns('#source integer'));
    }
  },
};

import sql, { type Sql } from 'sql-template-tag';
import type { Column, Database, NewRow } from '../../engine/store/database.ts';
import { ident } from '../../engine/store/dialect.ts';
import { eventTable, fieldColumns } from '../../engine/store/tables.ts';
import type { Field } from '../../spec/model/data.ts';
import type { Fields, Ground } from './world.ts';

const bigint = (name: string): Column => ({ name, type: 'bigint' });
const text = (name: string): Column => ({ name, type: 'text' });

/** Puts a ground into tables that are there, in place of what they hold. */
export async function loadGround(db: Database, { model, customers, events }: Ground): Promise<void> {
  const { attributes } = model.data.customers;
  await fill(
    db,
    'customer',
    [bigint('customer'), text('id'), ...fieldColumns(attributes)],
    customers.map(({ customer, fields }) => ({ customer, id: String(customer), ...cells(attributes, fields) })),
  );
  await fill(
    db,
    'subscription',
    [bigint('customer'), text('channel')],
    customers.flatMap(({ customer, consents }) => consents.map((channel) => ({ customer, channel }))),
  );
  await fill(
    db,
    'blocked',
    [bigint('customer'), text('channel')],
    customers.flatMap(({ customer, suppressions }) =>
      suppressions.flatMap((word) =>
        model.channels
          .filter(({ name }) => word === '*' || word === name)
          .map(({ name }) => ({ customer, channel: name })),
      ),
    ),
  );
  await fill(
    db,
    'listing',
    [text('segment'), bigint('customer'), text('origin')],
    customers.flatMap(({ customer, lists }) => lists.map((segment) => ({ segment, customer, origin: 'file' }))),
  );
  for (const kind of model.data.events) {
    await fill(
      db,
      eventTable(kind.name),
      [bigint('seq'), text('id'), bigint('customer'), bigint('at'), ...fieldColumns(kind.fields)],
      (events[kind.name] ?? []).map(({ seq, customer, at, fields }) => ({
        ...{ seq, id: String(seq), customer, at },
        ...cells(kind.fields, fields),
      })),
    );
  }
}

async function fill(db: Database, table: string, columns: Column[], rows: NewRow[]): Promise<void> {
  const all: Sql = sql`DELETE FROM ${ident(table)}`;
  await db.run(all);
  await db.load(table, columns, rows);
}

function cells(list: Field[], fields: Fields): NewRow {
  const cell = (value: Fields[string] | undefined) => (typeof value === 'object' ? JSON.stringify(value) : value);
  return Object.fromEntries(list.map(({ name }) => [name, cell(fields[name])]));
}

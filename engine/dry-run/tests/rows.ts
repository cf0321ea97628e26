import type { Field } from '../../../spec/model/data.ts';
import type { TestValue } from '../../../spec/model/test.ts';
import { settle } from '../../data/intake/settle.ts';
import type { Database, Value } from '../../store/database.ts';
import { columnsOf, eventInbox } from '../../store/tables.ts';
import { storing } from './values.ts';
import type { World } from './worlds.ts';

/** Puts what the tests of a world begin with, and what is going to happen in it, into the inboxes, as sources would. */
export async function loadWorld(db: Database, { program, campaign, start, launches, casts }: World): Promise<void> {
  const { data, project } = program;
  const store = storing(project.timezone);
  const into = (inbox: string, rows: Value[][]) => db.load(inbox, columnsOf(data, inbox), rows);
  const cells = (fields: Field[], given: Record<string, TestValue>) =>
    fields.map((field) => store(field, given[field.name] ?? null));

  const customers = casts.flatMap(({ test, ids }) =>
    test.customers.map((customer): Value[] => [
      ids.get(customer.id) ?? null,
      ...cells(data.customers.attributes, customer.attributes),
    ]),
  );
  const consent = casts.flatMap(({ test, ids }) =>
    test.customers.flatMap(({ id, consent }) =>
      consent.map((channel): Value[] => {
        const customer = ids.get(id) ?? null;
        return [`${customer}/${channel}`, customer, channel, true, test.start];
      }),
    ),
  );
  const listed = casts.flatMap(({ test, ids }) =>
    test.customers.flatMap(({ id, segments }) => segments.map((segment): Value[] => [segment, ids.get(id) ?? null])),
  );
  if (launches.length > 0) {
    await into(
      'launch',
      launches.map((after, i): Value[] => [i + 1, campaign.name, start + after, null]),
    );
  }
  await into('inbox_customer', customers);
  await into('inbox_consent', consent);
  await into('inbox_listing', listed);
  for (const kind of data.events) {
    const rows = casts.flatMap(({ test, ids }) =>
      test.events.flatMap(({ event, customer, at, fields }, i): Value[][] => {
        // The written order of rows of one instant is the order of the ids.
        const id = `${test.name}:${String(i).padStart(6, '0')}`;
        if (event !== kind.name) return [];
        return [[id, ids.get(customer) ?? null, test.start + at, ...cells(kind.fields, fields)]];
      }),
    );
    await into(eventInbox(kind.name), rows);
  }
  await settle(db, data);
}

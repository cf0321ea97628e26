import type { Field } from '../../../spec/model/data.ts';
import type { TestValue } from '../../../spec/model/test.ts';
import { settle } from '../../data/intake/settle.ts';
import type { Database, NewRow } from '../../store/database.ts';
import { columnsOf, eventInbox } from '../../store/tables.ts';
import { storing } from './values.ts';
import type { World } from './worlds.ts';

/** Puts what the tests of a world begin with, and what is going to happen in it, into the inboxes, as sources would. */
export async function loadWorld(db: Database, { program, campaign, start, launches, tests }: World): Promise<void> {
  const { data, project } = program;
  const store = storing(project.timezone);
  const into = (inbox: string, rows: NewRow[]) => db.load(inbox, columnsOf(data, inbox), rows);
  const cells = (fields: Field[], given: Record<string, TestValue>) =>
    Object.fromEntries(fields.map((field) => [field.name, store(field, given[field.name] ?? null)]));

  const customers = tests.flatMap(({ test, ids }) =>
    test.customers.map(
      (customer): NewRow => ({
        id: ids.get(customer.id),
        ...cells(data.customers.attributes, customer.attributes),
      }),
    ),
  );
  const consent = tests.flatMap(({ test, ids }) =>
    test.customers.flatMap(({ id, consent }) =>
      consent.map((channel): NewRow => {
        const customer = ids.get(id);
        return { id: `${customer}/${channel}`, customer, channel, granted: true, at: test.start };
      }),
    ),
  );
  const listed = tests.flatMap(({ test, ids }) =>
    test.customers.flatMap(({ id, segments }) =>
      segments.map((segment): NewRow => ({ segment, customer: ids.get(id) })),
    ),
  );
  if (launches.length > 0) {
    await into(
      'launch',
      launches.map((after, i) => ({ launch: i + 1, campaign: campaign.name, at: start + after })),
    );
  }
  await into('inbox_customer', customers);
  await into('inbox_consent', consent);
  await into('inbox_listing', listed);
  for (const kind of data.events) {
    const rows = tests.flatMap(({ test, ids }) =>
      test.events.flatMap(({ event, customer, at, fields }, i): NewRow[] => {
        // The written order of rows of one instant is the order of the ids.
        const id = `${test.name}:${String(i).padStart(6, '0')}`;
        if (event !== kind.name) return [];
        return [{ id, customer: ids.get(customer), at: test.start + at, ...cells(kind.fields, fields) }];
      }),
    );
    await into(eventInbox(kind.name), rows);
  }
  await settle(db, data);
}

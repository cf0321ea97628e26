import type { FieldType } from '../../spec/model/data.ts';
import type { Program } from '../program/program.ts';
import { explain } from '../report/explain.ts';
import type { Story } from '../report/story.ts';
import type { Database } from '../store/database.ts';
import { stepsAhead } from './ahead.ts';
import { eventsOf, type KnownEvents } from './events.ts';
import { segmentsOf } from './segments.ts';
import { attributesOf } from './subject.ts';

/** All that is known of a customer. */
export interface Known {
  story: Story;
  /** The attributes in the order of the project, without those that are missing. */
  attributes: { name: string; title?: string; type: FieldType; value: unknown }[];
  segments: { name: string; title?: string }[];
  events: KnownEvents;
  /** The steps after the one at which the customer is, by campaign. */
  ahead: Map<string, string[]>;
}

/** Returns all that is known of a customer at `now`, epoch milliseconds. */
export async function knownOf(
  db: Database,
  program: Program,
  { customer, id }: { customer: number; id: string },
  now: number,
): Promise<Known> {
  const story = await explain(db, id);
  if (!story) throw new Error('a customer who was found has no story');
  const values = await attributesOf(db, program, customer);
  const segments = await segmentsOf(db, program, { now, customer });
  return {
    story,
    attributes: program.data.customers.attributes.flatMap(({ name, title, type }) => {
      const value = values[name] ?? null;
      return value === null ? [] : [{ name, ...(title !== undefined && { title }), type, value }];
    }),
    segments: segments.map(({ name, title }) => ({ name, ...(title !== undefined && { title }) })),
    events: await eventsOf(db, program, { customer, ids: story.ids, now, most: 10 }),
    ahead: await stepsAhead(db, customer),
  };
}

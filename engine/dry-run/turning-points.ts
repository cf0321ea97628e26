import sql, { join } from 'sql-template-tag';
import type { DataModel, Field } from '../../spec/model/data.ts';
import type { Query } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { eventTable } from '../store/tables.ts';

/**
 * The instants at which the answer to a query may change by time alone, ascending: each is something's instant plus one
 * of the query's durations, because nothing else is compared with now. Undefined where that is not so: where the query
 * counts with dates, or calculates with time.
 */
export async function turningPoints(db: Database, data: DataModel, query: Query): Promise<number[] | undefined> {
  const { durations, instants, known } = readings(query);
  const lists = [...data.customers.attributes, ...data.events.flatMap(({ fields }) => fields)];
  if (!known || lists.some(({ items }) => items?.some(isInstant))) return undefined;
  if (durations.size === 0) return [];
  const columns = [
    ...data.customers.attributes.filter(isInstant).map((one) => ({ table: 'customer', column: one.name })),
    ...data.events.flatMap(({ name: event, fields }) =>
      ['at', ...fields.filter(isInstant).map((one) => one.name)].map((column) => ({
        table: eventTable(event),
        column,
      })),
    ),
  ];
  const parts = columns.map(({ table, column }) => sql`SELECT ${ident(column)} AS "at" FROM ${ident(table)}`);
  const rows = parts.length === 0 ? [] : await db.query<{ at: number | null }>(sql`${join(parts, ' UNION ')}`);
  const times = new Set([...instants, ...rows.flatMap(({ at }) => at ?? [])]);
  const points = [...times].flatMap((at) => [...durations].map((ms) => at + ms));
  return points.sort((a, b) => a - b);
}

function isInstant({ type }: Pick<Field, 'type'>): boolean {
  return type === 'instant';
}

const timely = new Set(['instant', 'date', 'duration']);

/** Returns the readings of time in a query. */
export function readings(query: Query) {
  const durations = new Set<number>();
  const instants = new Set<number>();
  let known = true;
  JSON.stringify(query, (key, part: unknown) => {
    if (typeof part === 'number' && ['ms', 'within', 'since', 'window'].includes(key)) durations.add(part);
    if (typeof part === 'object' && part !== null && 'kind' in part) {
      const { kind } = part;
      const type = 'type' in part ? String(part.type) : '';
      if (kind === 'today' || kind === 'calendar') known = false;
      if (kind === 'arithmetic' && timelyParts(part)) known = false;
      if (kind === 'aggregate' && 'fn' in part && (part.fn === 'sum' || part.fn === 'avg') && timely.has(type))
        known = false;
      if (kind === 'literal' && type === 'instant' && 'value' in part) instants.add(Number(part.value));
    }
    return part;
  });
  return { durations, instants, known };
}

function timelyParts(node: object): boolean {
  return ['type', 'left', 'right'].some((key) => {
    const part: unknown = Reflect.get(node, key);
    const type: unknown = typeof part === 'object' && part !== null && 'type' in part ? part.type : part;
    return timely.has(String(type));
  });
}

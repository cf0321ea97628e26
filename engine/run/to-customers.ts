import sql, { join, type Sql } from 'sql-template-tag';
import type { Channel } from '../../spec/model/model.ts';
import type { Program } from '../compile/program.ts';

/** Returns true if messages go to customers: those of the other channels go to systems and to the staff. */
export function toCustomers({ kind }: Pick<Channel, 'kind'>): boolean {
  return kind !== 'webhook' && kind !== 'task';
}

/** Returns true if a column names a channel to customers. */
export function goesToCustomers(program: Program, channel: Sql): Sql {
  const others = program.channels.filter((each) => !toCustomers(each)).map((each) => each.name);
  return others.length === 0 ? sql`TRUE` : sql`${channel} NOT IN (${join(others)})`;
}

import sql, { join, type Sql } from 'sql-template-tag';
import type { Category } from '../../spec/model/campaign.ts';
import { toCustomers } from '../program/facts.ts';
import type { Program } from '../program/program.ts';

/**
 * Returns true if a message that was on a connection, and whose answer is lost because the process that sent it has ended, is sent
 * again although it may have arrived. Of a channel that is no more only the category counts.
 */
export function resends({ channels }: Program, channel: string, category: Category): boolean {
  const found = channels.find(({ name }) => name === channel);
  if (found?.resendUnknown !== undefined) return found.resendUnknown;
  return category === 'transactional' || (found !== undefined && !toCustomers(found));
}

/** A condition on rows of `message`: the same. */
export function isResent(program: Program): Sql {
  const of = (category: Category, wanted: boolean) => {
    const names = program.channels
      .map(({ name }) => name)
      .filter((name) => resends(program, name, category) === wanted);
    return names.length === 0 ? sql`FALSE` : sql`channel IN (${join(names)})`;
  };
  return sql`CASE category WHEN 'transactional' THEN NOT ${of('transactional', false)} ELSE ${of('marketing', true)} END`;
}

import sql, { type Sql } from 'sql-template-tag';
import { addressOf, type Nodes } from './writer.ts';

/** Questions about the customer: static segments and channels. */
export const customer: Nodes<'listed' | 'consent' | 'reachable'> = {
  listed: {
    condition: ({ segment }) =>
      sql`EXISTS (SELECT 1 FROM listing l WHERE l.segment = ${segment} AND l.customer = c.customer)`,
  },
  consent: { condition: ({ channel }) => consent(channel) },
  reachable: {
    condition: ({ channel }, { context }) => sql`(${addressOf(context.program, channel)} IS NOT NULL
      AND ${consent(channel)}
      AND NOT EXISTS (SELECT 1 FROM blocked s WHERE s.customer = c.customer AND s.channel = ${channel}))`,
  },
};

function consent(channel: string): Sql {
  return sql`EXISTS (SELECT 1 FROM subscription s WHERE s.customer = c.customer AND s.channel = ${channel})`;
}

import sql, { type Sql } from 'sql-template-tag';
import type { Reentry } from '../../spec/model/campaign.ts';

/** As the store has it: milliseconds; 0: always; negative: never. */
export function reentryMs(reenter: Reentry): number {
  if (reenter.kind === 'never') return -1;
  return reenter.kind === 'always' ? 0 : reenter.ms;
}

/** Returns true if an earlier enrolment `p` keeps its customer out; the interval counts from entry to entry. */
export function keepsOut(reenter: Sql, now: number): Sql {
  return sql`(${reenter} < 0 OR (${reenter} > 0 AND p.entered_at > ${now}::bigint - ${reenter}))`;
}

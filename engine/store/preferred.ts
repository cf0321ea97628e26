import sql, { empty, type Sql } from 'sql-template-tag';

/**
 * Returns true of a send `s` if it is the last untried stage of a cascade in preferred order: all others have a message in this
 * journey, decided by `until` where that is given.
 */
export function isLastOfPreferred(enrolment: Sql, until?: Sql): Sql {
  return sql`(
    EXISTS (SELECT 1 FROM step p WHERE p.step = s.otherwise AND p.kind = 'prefer')
    AND NOT EXISTS (
      SELECT 1 FROM arm a WHERE a.step = s.otherwise AND a.next <> s.step AND NOT EXISTS (
        SELECT 1 FROM message o WHERE o.enrolment = ${enrolment} AND o.step = a.next
          ${until ? sql`AND o.decided_at <= ${until}` : empty})))`;
}

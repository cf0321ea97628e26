import sql from 'sql-template-tag';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../spec/expression/index.ts';
import { drive } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, consents, day, events, model, people, program } from '../../test/world.ts';
import { compileQuery } from '../program/query.ts';
import { duckdb } from './dialect.ts';
import { allAt, members } from './query-sql.ts';

const now = Date.UTC(2026, 2, 2, 10);
const scope = { data: model().data, segments: [], channels: ['email', 'sms'] };

function query(text: string) {
  const { expression, problems } = compileExpression(text, scope, 'condition');
  if (!expression) throw new Error(JSON.stringify(problems));
  return compileQuery(expression, new Map());
}

describe('the SQL of a segment', () => {
  it('is one pass a kind of event, with values as parameters', () => {
    const statement = members(query('last(order_paid) < 45 days ago and not city == "Омск"'), {
      dialect: duckdb,
      program: program(),
      moments: allAt(now),
    });
    expect(statement.text.replace(/\s+/g, ' ')).toBe(
      'SELECT c.customer FROM customer c LEFT JOIN (SELECT v.customer, max(v.at) AS a0 FROM "event_order_paid" v GROUP BY v.customer) q0 ON q0.customer = c.customer WHERE ((q0.a0 < ($1::bigint - $2::bigint)) AND (NOT coalesce((c."city" = $3::varchar), FALSE)))',
    );
    expect(statement.values).toEqual([now, 45 * day, 'Омск']);
  });
});

onEveryStore('an expression', (open) => {
  /** The ids that meet a condition, among: Anna with two orders, Bob with none and no city, Olga from Omsk with an old one and no address. */
  const cases: [string, string][] = [
    ['city == "Омск"', 'olga'],
    ['city != "Омск"', 'anna'],
    ['not city == "Омск"', 'anna bob'],
    ['city is missing', 'bob'],
    ['city in ("Омск", "Тула")', 'anna olga'],
    ['not city in ("Омск", "Тула")', 'bob'],
    ['count(order_paid) == 0', 'bob'],
    ['count(order_paid in last 30 days) >= 1', 'anna'],
    ['sum(order_paid.total) == 0', 'bob'],
    ['sum(order_paid.total) > 100.5', 'anna'],
    ['avg(order_paid.total) >= 100 and max(order_paid.total) < 150.01', 'anna'],
    ['min(order_paid.total) is missing', 'bob'],
    ['last(order_paid.total) == 150', 'anna'],
    ['first(order_paid.total) == 50', 'anna'],
    ['first(order_paid) < 20 days ago', 'olga'],
    ['last(order_paid) - first(order_paid) > 1 day', 'anna'],
    ['distinct(order_paid.total) == 2', 'anna'],
    ['count(order_paid where order_paid.total > 60) == 1', 'anna'],
    ['count(order_paid where order_paid.total > points) == 1', 'anna olga'],
    ['points + 1 > 10 or points / 0 > 1', 'anna'],
    ['sum(order_paid.total) / count(order_paid) == 100', 'anna'],
    ['reachable(email)', 'anna'],
    ['reachable(sms)', 'bob'],
    ['points between 5 and 7', 'olga'],
    ['not (points > 5 and city is missing)', 'anna olga'],
  ];

  it('means the same on every store, and what the guide says', async () => {
    const db = await open();
    const p = program({ campaigns: [campaign()] });
    await drive(db, p, now, now);
    await people(db, [
      { id: 'anna', city: 'Тула', points: 100 - 1, consent: ['email'] },
      { id: 'bob', points: 9, consent: ['email', 'sms'] },
      { id: 'olga', city: 'Омск', points: 5, email: null, consent: ['email'] },
    ]);
    await consents(db, [['bob', 'email', false, now - 1]]);
    await events(db, 'order_paid', [
      { customer: 'anna', at: now - 10 * day, total: 50 },
      { customer: 'anna', at: now - 5 * day, total: 150 },
      { customer: 'olga', at: now - 200 * day, total: 40.25 },
    ]);
    await drive(db, p, now, now + 1);
    const found: [string, string][] = [];
    for (const [text] of cases) {
      const asked = members(query(text), { dialect: db.dialect, program: p, moments: allAt(now) });
      const rows = await db.query<{ id: string }>(sql`
        SELECT c.id FROM customer c WHERE c.customer IN (${asked}) ORDER BY c.id`);
      found.push([text, rows.map((row) => row.id).join(' ')]);
    }
    expect(found).toEqual(cases);
  });
});

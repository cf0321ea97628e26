import sql from 'sql-template-tag';
import { applyProgram } from '../engine/deploy/apply.ts';
import { results } from '../engine/metrics/results.ts';
import type { DuckDb } from '../engine/store/duckdb.ts';
import { campaign, program as compileModel, day } from '../test/world.ts';
import type { BenchLine } from './bench.ts';
import { largeShop, today } from './large-shop.ts';
import { alternate } from './measure.ts';
import { printProfile } from './profile.ts';

const arm = (name: string, share: number, control: boolean) => ({ name, share, control, steps: [] });
const total = { kind: 'field', type: 'money', of: 'trigger', name: 'total' } as const;
const window = { from: today - 30 * day, to: today };

/** The results of ten messages for each customer within a month, in twenty campaigns with a split, against the same figures by hand. */
export async function reportBench(customers: number, profile = false, times = 3): Promise<BenchLine[]> {
  const program = compileModel({
    campaigns: Array.from({ length: 20 }, (_, i) =>
      campaign({
        name: `campaign-${i}`,
        goal: { event: 'order_paid', within: 7 * day, value: total },
        steps: [
          { kind: 'send', id: 'first', channel: 'email', template: 'cart' },
          { kind: 'send', id: 'second', channel: 'sms', template: 'cart' },
          { kind: 'split', id: 'offer', arms: [arm('control', 5_000, true), arm('plain', 5_000, false)] },
        ],
      }),
    ),
  });
  const db = await largeShop(program, customers);
  await applyProgram(db, { program, at: window.from, lineage: 'bench' });
  await fill(db, customers);
  const found = await results(db, program, window);
  const mine = [found.total.enrolments.entered, found.total.messages.decided, found.total.messages.clicked];
  const theirs = JSON.stringify(await byHand(db));
  if (JSON.stringify(mine) !== theirs) throw new Error(`${mine.join()} here, ${theirs} by hand`);
  const measured = await alternate(
    times,
    () => results(db, program, window),
    () => byHand(db),
  );
  if (profile) await printProfile('results', () => results(db, program, window));
  if (profile)
    await printProfile('results of one campaign', () => results(db, program, window, { campaign: 'campaign-3' }), 3);
  if (profile) await printProfile('by hand', () => byHand(db));
  await db.close();
  return [
    {
      name: 'report of all campaigns',
      ...measured,
      unit: 's',
      note: `${(customers * 10).toLocaleString('en')} messages of ${(customers * 5).toLocaleString('en')} enrolments; against hand-written SQL`,
    },
  ];
}

/** Five enrolments of each customer with two messages each; nine in ten were sent, with feedback. */
async function fill(db: DuckDb, customers: number): Promise<void> {
  const spread = 30 * day - 1;
  await db.run(sql`
    INSERT INTO enrolment (enrolment, customer, campaign, version, occurrence, started_at, entered_at, arm, status, reason, goal_at, goal_value)
    SELECT r.n, 1 + r.n % ${customers}, k.campaign, k.version, 'x', ${window.from}::bigint + (hash(r.n) % ${spread})::bigint,
      ${window.from}::bigint + (hash(r.n) % ${spread})::bigint, CASE WHEN hash(r.n + 1) % 2 = 0 THEN 'control' ELSE 'plain' END, 'ended', 'completed',
      CASE WHEN hash(r.n + 2) % 20 = 0 THEN ${today}::bigint END, CASE WHEN hash(r.n + 2) % 20 = 0 THEN 100 + r.n % 900 END
    FROM (SELECT range AS n FROM range(${customers * 5})) r
    JOIN (SELECT campaign, version, row_number() OVER (ORDER BY campaign) - 1 AS nth FROM campaign) k ON k.nth = hash(r.n + 3) % 20`);
  await db.run(sql`
    INSERT INTO message (message, enrolment, customer, campaign, version, step, arm, channel, template, category, status, reason, decided_at, finished_at, price)
    SELECT md5(concat(e.enrolment, '/', s.id)), e.enrolment, e.customer, e.campaign, e.version, s.step, e.arm, s.channel, 'cart', 'marketing',
      CASE WHEN hash(e.enrolment + s.step) % 10 = 0 THEN 'suppressed' ELSE 'sent' END,
      CASE WHEN hash(e.enrolment + s.step) % 10 = 0 THEN 'no-consent' END, e.entered_at, e.entered_at, 0.25
    FROM enrolment e JOIN step s ON s.campaign = e.campaign AND s.version = e.version AND s.kind = 'send'`);
  await db.run(sql`
    INSERT INTO message_event (seq, id, message, customer, kind, "at")
    SELECT row_number() OVER (), concat(k.kind, m.message), m.message, m.customer, k.kind, m.decided_at
    FROM message m JOIN (VALUES ('delivered', 1), ('opened', 3), ('clicked', 20)) AS k (kind, every)
      ON m.status = 'sent' AND hash(concat(k.kind, m.message)) % k.every = 0`);
}

/** Runs the same by hand; returns the sums of those who entered, and of messages decided and clicked. */
async function byHand(db: DuckDb): Promise<number[]> {
  const inside = sql`BETWEEN ${window.from}::bigint AND ${window.to - 1}::bigint`;
  const messages = await db.query<{ n: number; clicked: number }>(sql`
    SELECT m.campaign, m.version, m.step, m.arm, m.channel, m.decided_at // 86400000 AS "day", m.status, m.reason, count(*) AS n,
      sum(m.price) FILTER (m.status = 'sent') AS cost, count(*) FILTER (f.delivered OR f.opened OR f.clicked) AS delivered,
      count(*) FILTER (f.opened OR f.clicked) AS opened, count(*) FILTER (f.clicked) AS clicked,
      count(*) FILTER (f.bounced) AS bounced, count(*) FILTER (f.complained) AS complained, count(*) FILTER (f.unsubscribed) AS unsubscribed
    FROM message m LEFT JOIN (
      SELECT message, bool_or(kind = 'delivered') AS delivered, bool_or(kind = 'opened') AS opened, bool_or(kind = 'clicked') AS clicked,
        bool_or(kind = 'bounced') AS bounced, bool_or(kind = 'complained') AS complained, bool_or(kind = 'unsubscribed') AS unsubscribed
      FROM message_event GROUP BY message) f ON f.message = m.message
    WHERE m.decided_at ${inside} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`);
  const entries = await db.query<{ entered: number }>(sql`
    SELECT e.campaign, e.version, e.arm, e.entered_at // 86400000 AS "day", count(*) AS entered, count(e.goal_at) AS converted,
      sum(e.goal_value) AS revenue, sum(e.goal_value * e.goal_value) AS squares, sum(p.spent) AS spent
    FROM enrolment e LEFT JOIN (SELECT enrolment, sum(price) AS spent FROM message WHERE status IN ('sent', 'unknown') GROUP BY enrolment) p
      ON p.enrolment = e.enrolment
    WHERE e.entered_at ${inside} GROUP BY 1, 2, 3, 4`);
  await db.query(sql`
    SELECT campaign, version, arm, count(*) AS n, count(*) FILTER (hits > 0) AS converted, sum(worth) AS revenue, sum(worth * worth) AS squares
    FROM (SELECT campaign, version, arm, customer, count(goal_at) AS hits, sum(goal_value) AS worth FROM enrolment
      WHERE entered_at < ${window.to}::bigint GROUP BY 1, 2, 3, 4) u GROUP BY 1, 2, 3`);
  await db.query(sql`
    SELECT campaign, step, channel, sum(CASE WHEN before_it = 1 THEN total END) AS last, sum(CASE WHEN nth = 1 THEN total END) AS first,
      sum(total / touches) AS linear, sum(total * weight / weights) AS decay
    FROM (
      SELECT *, row_number() OVER (PARTITION BY seq ORDER BY finished_at DESC) AS before_it, row_number() OVER (PARTITION BY seq ORDER BY finished_at) AS nth,
        count(*) OVER (PARTITION BY seq) AS touches, sum(weight) OVER (PARTITION BY seq) AS weights
      FROM (
        SELECT o.seq, o.total, m.campaign, m.step, m.channel, m.finished_at, pow(0.5, (o.at - m.finished_at) / 604800000.0) AS weight
        FROM event_order_paid o JOIN message m ON m.customer = o.customer AND m.finished_at <= o.at AND m.finished_at > o.at - 2592000000
        WHERE o.at ${inside} AND m.status IN ('sent', 'unknown') AND m.category = 'marketing') t) w
    GROUP BY 1, 2, 3`);
  const sum = (numbers: number[]) => numbers.reduce((all, n) => all + n, 0);
  return [
    sum(entries.map((row) => row.entered)),
    sum(messages.map(({ n }) => n)),
    sum(messages.map((row) => row.clicked)),
  ];
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql, { empty } from 'sql-template-tag';
import { applyProgram } from '../engine/deploy/apply.ts';
import { results } from '../engine/metrics/results.ts';
import type { DuckDb } from '../engine/store/duckdb.ts';
import { noteFeedback } from '../engine/store/feedback.ts';
import { campaign, program as compileModel, day } from '../test/world.ts';
import type { BenchLine } from './bench.ts';
import { largeShop, today } from './large-shop.ts';
import { alternate } from './measure.ts';
import { printProfile } from './profile.ts';

const arm = (name: string, share: number, control: boolean) => ({ name, share, control, steps: [] });
const total = { kind: 'field', type: 'money', of: 'trigger', name: 'total' } as const;
const window = { from: today - 30 * day, to: today };

/** The parts of a report that the benchmark reads. The terminal shows `arms`, the comparison of the arms of all experiments, only with a name. */
const reports = [
  { name: 'report of all campaigns in the terminal', arms: false },
  { name: 'report of all campaigns with all experiments', arms: true },
  { name: 'report of one campaign of twenty', arms: true, campaign: 'campaign-3' },
];

/** The results of ten messages for each customer within a month, in twenty campaigns with a split, against the same figures by hand; the store is a file. */
export async function reportBench(customers: number, profile = false, times = 3): Promise<BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kaskad-bench-'));
  const program = reportProgram();
  const db = await largeShop(program, customers, join(folder, 'store.duckdb'));
  try {
    await applyProgram(db, { program, at: window.from, lineage: 'bench' });
    await fill(db, customers);
    const found = await results(db, program, window);
    const mine = [found.total.enrolments.entered, found.total.messages.decided, found.total.messages.clicked];
    const theirs = JSON.stringify(await byHand(db));
    if (JSON.stringify(mine) !== theirs) throw new Error(`${mine.join()} here, ${theirs} by hand`);
    const note = `${(customers * 10).toLocaleString('en')} messages of ${(customers * 5).toLocaleString('en')} enrolments; against hand-written SQL`;
    const lines: BenchLine[] = [];
    for (const { name, ...asked } of reports) {
      const measured = await alternate(
        times,
        () => results(db, program, window, asked),
        () => byHand(db, asked),
      );
      lines.push({ name, ...measured, unit: 's', note });
      if (!profile) continue;
      await printProfile(name, () => results(db, program, window, asked));
      await printProfile('by hand', () => byHand(db, asked));
    }
    return lines;
  } finally {
    await db.close();
    await rm(folder, { recursive: true });
  }
}

/** Twenty campaigns with a goal, two messages and a split with a control. */
const reportProgram = () =>
  compileModel({
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
  await noteFeedback(db, 0);
}

/** Runs the same by hand, without the past of customers; returns the sums of those who entered, and of messages decided and clicked. */
async function byHand(
  db: DuckDb,
  { arms = true, campaign }: { arms?: boolean; campaign?: string } = {},
): Promise<number[]> {
  const inside = sql`BETWEEN ${window.from}::bigint AND ${window.to - 1}::bigint`;
  const mine = campaign === undefined ? empty : sql`AND campaign = ${campaign}`;
  const messages = await db.query<{ n: number; clicked: number }>(sql`
    SELECT campaign, version, step, arm, channel, decided_at // 86400000 AS "day", status, reason, count(*) AS n,
      sum(price) FILTER (status = 'sent') AS cost, count(*) FILTER (feedback & 1 = 1) AS delivered, count(*) FILTER (feedback & 3 = 3) AS opened,
      count(*) FILTER (feedback & 7 = 7) AS clicked, count(*) FILTER (feedback & 8 = 8) AS bounced,
      count(*) FILTER (feedback & 16 = 16) AS complained, count(*) FILTER (feedback & 32 = 32) AS unsubscribed
    FROM message WHERE decided_at ${inside} ${mine} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`);
  const entries = await db.query<{ entered: number }>(sql`
    SELECT campaign, version, arm, entered_at // 86400000 AS "day", count(*) AS entered, count(goal_at) AS converted,
      sum(goal_value) AS revenue, sum(goal_value * goal_value) AS squares, sum(p.spent) AS spent
    FROM enrolment e LEFT JOIN (SELECT enrolment, sum(price) AS spent FROM message WHERE status IN ('sent', 'unknown') ${mine} GROUP BY enrolment) p
      ON p.enrolment = e.enrolment
    WHERE entered_at ${inside} ${mine} GROUP BY 1, 2, 3, 4`);
  if (arms)
    await db.query(sql`
      SELECT campaign, version, arm, count(*) AS n, count(*) FILTER (hits > 0) AS converted, sum(worth) AS revenue, sum(worth * worth) AS squares
      FROM (SELECT campaign, version, arm, customer, count(goal_at) AS hits, sum(goal_value) AS worth FROM enrolment
        WHERE entered_at < ${window.to}::bigint ${mine} GROUP BY 1, 2, 3, 4) u GROUP BY 1, 2, 3`);
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

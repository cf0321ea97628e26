import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { onEveryStore } from '../../test/stores.ts';
import { day, hour } from '../../test/world.ts';
import { results } from '../metrics/results.ts';
import type { Window } from '../metrics/window.ts';
import { moveCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { decisionLines } from './decision-lines.ts';
import { explain, hasCustomers } from './explain.ts';
import { showcases } from './showcase.ts';
import { status } from './status.ts';
import { summarise } from './summarise.ts';
import { end, runWeek, shop, start } from './week.fixture.ts';

const week = { from: start, to: end };
const golden = (name: string) => `golden/${name}`;
const pretty = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

async function lines(db: Database, window: Window, page?: number): Promise<string> {
  let all = '';
  for await (const line of decisionLines(db, window, page)) all += `${JSON.stringify(line)}\n`;
  return all;
}

onEveryStore('a report', (open) => {
  it('sums up and lists what happened, the same on every store', async () => {
    const db = await open();
    await runWeek(db);
    await expect(pretty(await summarise(db, week))).toMatchFileSnapshot(golden('summary.json'));
    await expect(pretty(await results(db, shop, week))).toMatchFileSnapshot(golden('results.json'));
    await expect(await lines(db, week)).toMatchFileSnapshot(golden('decisions.jsonl'));
    const stories = [];
    for (const id of ['c01', 'c02', 'c03', 'c05', 'c06', 'c07', 'c08']) stories.push(await explain(db, id));
    await expect(pretty(stories)).toMatchFileSnapshot(golden('stories.json'));
    expect(JSON.stringify(stories), 'personal data').not.toMatch(/@example|\+7000/);
    expect(await explain(db, 'c99')).toBe(undefined);
    expect(await hasCustomers(db)).toBe(true);
    const picked = await showcases(db, week);
    expect(picked.map(({ shows, story }) => `${shows} ${story.customer} ${story.enrolments.length}`)).toEqual([
      'fallback c01 1',
      'bought c09 1',
      'control c10 1',
      'refused c05 1',
      'completed c02 1',
    ]);
  });

  it('is of the window asked for', async () => {
    const db = await open();
    await runWeek(db);
    const all = await lines(db, week);
    expect(await lines(db, week, 1), 'in pages of one').toBe(all);
    expect(await lines(db, week, 7), 'in pages of seven').toBe(all);
    expect(all.startsWith(await lines(db, { from: start, to: start + 3 * hour }))).toBe(true);
    const before = await summarise(db, { from: start - day, to: start });
    expect(before.totals).toMatchObject({ decided: 0, entered: 0, cost: 0 });
    expect(before.campaigns).toEqual([]);
    // A customer entered at the first of these instants, and customers left at 4 and at 5 hours.
    const bounds = [0, 2, 4, 5, 6, 24].map((hours) => start + hours * hour);
    for (const [i, from] of bounds.entries()) {
      const { reconciliation } = await summarise(db, { from, to: bounds[i + 1] ?? end });
      expect(reconciliation).toMatchObject({ enrolments: { balanced: true }, messages: { balanced: true } });
    }
    await db.run(
      sql`UPDATE enrolment SET ended_at = ${start - 1}::bigint WHERE status = 'ended' AND reason = 'control'`,
    );
    const lost = await summarise(db, week);
    expect(lost.reconciliation.enrolments.balanced, 'with enrolments that ended before they began').toBe(false);
    await db.run(sql`UPDATE message SET status = 'lost' WHERE status = 'sent'`);
    await expect(summarise(db, week)).rejects.toThrow('lost');
  });

  it('shows the state of the store', async () => {
    const db = await open();
    expect(await status(db, shop, end, 10), 'of a store without tables').toBe(undefined);
    expect(await explain(db, 'c01'), 'in a store without tables').toBe(undefined);
    await runWeek(db);
    await db.run(sql`
      INSERT INTO quarantine (path, line, field, code, message, "at") VALUES
        ('orders.csv', 3, 'total', 'money', 'negative', 5), ('orders.csv', 9, 'at', 'instant', 'no date', 7)`);
    await db.run(sql`INSERT INTO source (path, fingerprint, "rows", loaded_at) VALUES ('orders.csv', 'x', 10, 7)`);
    await db.run(sql`UPDATE message SET status = 'decided' WHERE decided_at >= ${start + 10 * hour}::bigint`);
    const now = end + 30_000;
    await moveCursor(db, 'tick', end - 60_000);
    await expect(pretty(await status(db, shop, now, 10))).toMatchFileSnapshot(golden('status.json'));
    expect((await status(db, undefined, now, 10))?.deployment.current).toBe(false);
  });
});

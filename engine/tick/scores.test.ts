import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Campaign } from '../../spec/model/campaign.ts';
import type { Expression } from '../../spec/model/expression.ts';
import { begin, carryOn, enrolments, tickAt } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, minute, model, people, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { Database } from '../store/database.ts';
import { audienceNow } from './launch.ts';
import { nextInstant } from './run-tick.ts';

/** A Monday; refreshes are at midnight. */
const start = Date.UTC(2026, 2, 2, 10);
const midnight = start + 14 * hour;

const spent: Expression = { kind: 'aggregate', type: 'money', fn: 'sum', event: 'order_paid', field: 'total' };
const best: Expression = { kind: 'share', type: 'boolean', which: 'top', share: 3_000, by: spent };
const paid = { event: 'order_paid', value: 'total', window: 30 * day };
const often: Expression = {
  kind: 'compare',
  type: 'boolean',
  op: '==',
  left: { kind: 'rfm', type: 'integer', part: 'frequency', config: paid },
  right: { kind: 'literal', type: 'integer', value: 4 },
};

const shop = (...campaigns: Campaign[]) =>
  program({ project: { ...model().project, timezone: 'UTC', refresh: day }, campaigns });
const asking = (audience: Expression, part: Partial<Campaign> = {}) =>
  campaign({ audience, reenter: { kind: 'always' }, ...part });
const cart = (customer: string, at: number) => ({ customer, at });
const order = (customer: string, at: number, total = 10) => ({ customer, at, total });
const scoredAt = async (db: Database) =>
  (await db.query<{ at: number }>(sql`SELECT DISTINCT from_at AS "at" FROM score`)).map(
    ({ at }) => (at - start) / hour,
  );

/** A store that notes its statements. */
function noted(db: Database, texts: string[]): Database {
  const note = <T>(statement: { sql: string }, done: T): T => {
    texts.push(statement.sql);
    return done;
  };
  return {
    dialect: db.dialect,
    lane: db.lane,
    query: (statement) => note(statement, db.query(statement)),
    run: (statement) => note(statement, db.run(statement)),
    load: (...rows) => db.load(...rows),
    transaction: (work) => db.transaction((tx) => work(noted(tx, texts))),
    close: () => db.close(),
  };
}

onEveryStore('scores', (open) => {
  it('are those of the last refresh, whatever happens afterwards', async () => {
    const p = shop(asking(best));
    const db = await begin(open, p, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }, { id: 'c3' }]);
    await events(db, 'order_paid', [order('c1', start - day), order('c2', start + 2 * hour, 20)]);
    await events(db, 'cart_updated', [
      cart('c2', start + hour),
      cart('c2', start + 3 * hour),
      cart('c1', start + 3 * hour),
      cart('c2', midnight),
      cart('c1', midnight),
    ]);
    await carryOn(db, p, start, midnight + hour);
    expect(await enrolments(db, start)).toEqual(['+180m c1 cart completed +180m', '+840m c2 cart completed +840m']);
  });

  it('are made by one statement for all who read them, and by none in a tick between refreshes', async () => {
    const p = shop(asking(best), asking({ kind: 'not', type: 'boolean', operand: best }, { name: 'others' }));
    const db = await begin(open, p, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }]);
    await events(db, 'order_paid', [order('c1', start - day)]);
    const visits = [start, start + hour, midnight - minute, midnight, midnight + minute];
    await events(
      db,
      'cart_updated',
      visits.map((at) => cart('c1', at)),
    );
    const ranked: number[] = [];
    for (const at of visits) {
      const texts: string[] = [];
      await tickAt(noted(db, texts), p, at);
      ranked.push(texts.filter((text) => text.includes('rank()')).length);
    }
    expect(ranked).toEqual([1, 0, 0, 1, 0]);
    expect(await enrolments(db, start)).toHaveLength(visits.length);
  });

  it('are missing for customers who became known since', async () => {
    const p = shop(asking({ kind: 'not', type: 'boolean', operand: best }));
    const db = await begin(open, p, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }]);
    await events(db, 'order_paid', [order('c1', start - day), order('c9', start + hour, 99)]);
    await events(db, 'cart_updated', [cart('c9', start + hour), cart('c9', midnight + hour)]);
    await carryOn(db, p, start, midnight + day);
    expect(await enrolments(db, start)).toEqual(['+60m c9 cart completed +60m']);
  });

  it('are late after an outage, and as of the tick that makes them', async () => {
    const p = shop(asking(often));
    const db = await begin(open, p, start);
    await events(db, 'order_paid', [order('c1', start - day)]);
    await tickAt(db, p, start);
    expect(await nextInstant(db, p, start)).toBe(midnight);
    await tickAt(db, p, midnight - hour);
    expect(await scoredAt(db)).toEqual([0]);
    await tickAt(db, p, start + 50 * hour, start + 51 * hour);
    expect(await scoredAt(db)).toEqual([50]);
  });

  it('of RFM do not count orders that were taken back', async () => {
    const p = shop(asking(often));
    const db = await begin(open, p, start);
    await events(
      db,
      'order_paid',
      ['c1', 'c2', 'c3', 'c4', 'c5'].flatMap((id, i) =>
        Array.from({ length: i + 1 }, (_, n) => order(id, start - n - 1)),
      ),
    );
    await events(db, 'cart_updated', [cart('c4', start), cart('c4', midnight)]);
    await tickAt(db, p, start);
    await db.run(sql`
      UPDATE event_order_paid SET customer = -customer WHERE customer = (SELECT customer FROM customer WHERE id = 'c1')`);
    await tickAt(db, p, midnight);
    const frequencies = await db.query(sql`
      SELECT c.id, s.frequency FROM score s JOIN customer c ON c.customer = s.customer ORDER BY c.id`);
    expect(frequencies.map(({ id, frequency }) => `${id} ${frequency}`)).toEqual(['c2 1', 'c3 2', 'c4 3', 'c5 4']);
    expect(await enrolments(db, start)).toEqual(['+0m c4 cart completed +0m']);
  });

  it('outlive their last reader until the next refresh', async () => {
    const [p, plain] = [shop(asking(best)), shop(campaign())];
    const db = await begin(open, p, start);
    await people(db, [{ id: 'c1' }]);
    await tickAt(db, p, start);
    await applyProgram(db, { program: plain, at: start + hour, lineage: 'test' });
    await tickAt(db, plain, start + 2 * hour);
    await applyProgram(db, { program: p, at: start + 3 * hour, lineage: 'test' });
    await tickAt(db, p, start + 4 * hour);
    expect(await scoredAt(db)).toEqual([0]);
    await applyProgram(db, { program: plain, at: start + 5 * hour, lineage: 'test' });
    await tickAt(db, plain, midnight);
    expect(await scoredAt(db)).toEqual([]);
    expect(await db.query(sql`SELECT name FROM cursor WHERE name LIKE 'scores%'`)).toEqual([]);
  });

  it('are read outside of ticks too; what is not scored is ranked as of now', async () => {
    const p = shop(asking({ ...best, share: 5_000 }));
    const db = await begin(open, p, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }, { id: 'c3' }]);
    await events(db, 'order_paid', [
      order('c1', start - day),
      order('c2', start + hour, 20),
      order('c3', start + hour, 30),
    ]);
    await tickAt(db, p, start, start + 2 * hour);
    const admitted = async (one: typeof p) => {
      const [campaign] = one.campaigns;
      if (!campaign) throw new Error('there is no campaign');
      return (await audienceNow(db, { program: one, campaign, now: start + 3 * hour })).customers;
    };
    const other = shop(asking({ ...best, which: 'bottom' }));
    expect([await admitted(p), await admitted(other)], 'who had spent nothing is in the upper half').toEqual([3, 1]);
    await tickAt(db, p, midnight);
    expect([await admitted(p), await admitted(other)]).toEqual([2, 1]);
  });
});

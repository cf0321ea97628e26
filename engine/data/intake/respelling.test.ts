import fc from 'fast-check';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { dataFiles, from } from '../../../test/data-files.ts';
import { tz } from '../../../test/drive.ts';
import { campaign, minute, model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { applyProgram } from '../../deploy/apply.ts';
import type { DuckDb } from '../../store/duckdb.ts';
import { openSmallStore } from '../../store/open-small.ts';
import { runTick } from '../../tick/run-tick.ts';
import { intake } from './intake.ts';

vi.setConfig({ testTimeout: 60_000 });

const start = Date.UTC(2026, 2, 2, 10);
const { data } = model();
const program = compile(
  model({
    data: {
      ...data,
      events: data.events.map((kind) =>
        kind.name === 'order_paid' ? { ...kind, sources: from('orders.csv', 'orders-2.csv') } : kind,
      ),
      consent: from('consent.csv', 'consent-2.csv'),
      suppressions: from('suppressions.csv', 'suppressions-2.csv'),
    },
    // It asks about orders, so that each tick collects them.
    campaigns: [campaign({ exit: [{ event: 'order_paid' }] })],
  }),
);

const folder = dataFiles('respelling');
const { put } = folder;
let db: DuckDb;
beforeAll(async () => {
  db = await openSmallStore();
  await applyProgram(db, { program, at: start, lineage: 'test' });
});
afterAll(() => db.close());

let minutes = 0;
/** Every reading is another tick. */
const tick = () => {
  const now = start + ++minutes * minute;
  return runTick(db, program, now, tz, (tx) => intake(tx, program, { root: folder.root, at: now }).then(() => {}));
};

/** Returns the result of the rows: nothing of it may change by reading them again. */
async function known() {
  return {
    orders: await db.query(sql`SELECT seq, id, customer, "at", total FROM event_order_paid ORDER BY seq`),
    consent: await db.query(sql`SELECT seq, customer, address, channel, granted, "at" FROM consent ORDER BY seq`),
    suppressions: await db.query(
      sql`SELECT id, customer, address, channel, "at" FROM suppression ORDER BY id, address`,
    ),
  };
}

type Cells = Record<string, string>;

/** The notation of a file, which means nothing. */
interface Style {
  separator: string;
  reversed: boolean;
  extra: boolean;
  end: string;
  quoted: boolean[];
  padded: boolean[];
  zeros: number;
  offset: number;
}
const style: fc.Arbitrary<Style> = fc.record({
  separator: fc.constantFrom(',', ';', '\t'),
  reversed: fc.boolean(),
  extra: fc.boolean(),
  end: fc.constantFrom('\n', '\r\n', '\n\n'),
  quoted: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  padded: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  zeros: fc.integer({ min: 0, max: 3 }),
  offset: fc.constantFrom(0, 3, -5),
});
const plain: Style = {
  separator: ',',
  reversed: false,
  extra: false,
  end: '\n',
  quoted: [false],
  padded: [false],
  zeros: 0,
  offset: 0,
};

function written(names: string[], rows: Cells[], how: Style): string {
  let cells = 0;
  const cell = (text: string): string => {
    const n = cells++;
    const padding = how.padded[n % how.padded.length] ? ' ' : '';
    return how.quoted[n % how.quoted.length] ? `"${padding}${text}${padding}"` : `${padding}${text}${padding}`;
  };
  const value = (name: string, text = ''): string => {
    if (text === '') return text;
    if (name === 'total' && how.zeros > 0) return `${text}.${'0'.repeat(how.zeros)}`;
    if (name !== 'at' || how.offset === 0 || !text.endsWith('Z')) return text;
    const local = new Date(Date.parse(text) + how.offset * 3_600_000).toISOString().slice(0, -1);
    return `${local}${how.offset < 0 ? '-' : '+'}0${Math.abs(how.offset)}:00`;
  };
  const order = how.reversed ? names.toReversed() : names;
  const line = (texts: string[]) => [...texts, ...(how.extra ? ['note'] : [])].map(cell).join(how.separator) + how.end;
  return line(order) + rows.map((row) => line(order.map((name) => value(name, row[name])))).join('');
}

const at = (n: number) => new Date(start - n * minute).toISOString();
const customer = fc.constantFrom('c1', 'c2', 'C1', 'x@example.com', '007');
const channel = fc.constantFrom('email', 'sms', '*', 'emial');
const when = fc.integer({ min: 0, max: 9 }).map(at);
/** The date of a refusal, which counts from its reading on without one. */
const perhaps = fc.oneof({ weight: 4, arbitrary: when }, fc.constantFrom('', 'yesterday'));
const order = fc.record({
  id: fc.constantFrom('', '', 'r1', 'r2', 'r3', 'r4', 'r5'),
  customer: fc.constantFrom('c1', 'c2', 'c3'),
  at: when,
  total: fc.constantFrom('0', '5', '7'),
});
const files = fc.record({
  orders: fc.array(order, { minLength: 1, maxLength: 200 }),
  consent: fc.array(
    fc.record({ customer, channel, status: fc.constantFrom('granted', 'withdrawn', 'no'), at: perhaps }),
    {
      minLength: 1,
      maxLength: 40,
    },
  ),
  suppressions: fc.array(fc.record({ customer, channel, reason: fc.constantFrom('asked', ''), at: perhaps }), {
    minLength: 1,
    maxLength: 20,
  }),
});
type Files = Record<'orders' | 'consent' | 'suppressions', Cells[]>;
const names: Record<keyof Files, string[]> = {
  orders: ['id', 'customer', 'at', 'total'],
  consent: ['customer', 'channel', 'status', 'at'],
  suppressions: ['customer', 'channel', 'reason', 'at'],
};
const kinds = Object.keys(names) as (keyof Files)[];

let run = 0;
/** Other ids and customers than those of the runs before. */
function own(all: Files): Files {
  run++;
  const mine = (row: Cells): Cells => ({
    ...row,
    customer: `${run}${row.customer}`,
    ...(row.id && { id: `${row.id}/${run}` }),
  });
  return { orders: all.orders.map(mine), consent: all.consent.map(mine), suppressions: all.suppressions.map(mine) };
}

/** Writes all files whole. */
async function putAll(all: Files, how: Style): Promise<void> {
  for (const kind of kinds) await put(`${kind}.csv`, written(names[kind], all[kind], how));
}

it('a file that is rewritten, however it is spelt, changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(files, style, style, async (all, first, second) => {
      const mine = own(all);
      await putAll(mine, first);
      await tick();
      const before = await known();
      await putAll(mine, second);
      await tick();
      expect(await known()).toEqual(before);
    }),
    { numRuns: 6, endOnFailure: true },
  );
});

it('a file that is split in two changes nothing, nor do both parts when they are read again', async () => {
  await fc.assert(
    fc.asyncProperty(files, style, fc.double({ min: 0, max: 1, noNaN: true }), async (all, how, share) => {
      const mine = own(all);
      // One id of one customer means one thing; otherwise the earlier part is a correction.
      const given = new Map(
        mine.orders.map((row) => [row.id ? `${row.id} ${row.customer}` : JSON.stringify(row), row]),
      );
      const orders = mine.orders.map((row) => (row.id ? (given.get(`${row.id} ${row.customer}`) ?? row) : row));
      // A refusal without a date is another one in another file.
      const dated = (rows: Cells[]) => rows.filter((row) => row.at?.endsWith('Z'));
      const whole = { orders, consent: dated(mine.consent), suppressions: dated(mine.suppressions) };
      await putAll(whole, plain);
      await tick();
      const before = await known();
      for (const again of [how, plain]) {
        for (const kind of kinds) {
          const middle = Math.round(share * whole[kind].length);
          await put(`${kind}.csv`, written(names[kind], whole[kind].slice(0, middle), again));
          await put(`${kind}-2.csv`, written(names[kind], whole[kind].slice(middle), again));
        }
        await tick();
        expect(await known()).toEqual(before);
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
});

import sql, { join, raw } from 'sql-template-tag';
import { applyProgram } from '../engine/apply/apply.ts';
import { compile } from '../engine/compile/compile.ts';
import type { Program } from '../engine/compile/program.ts';
import { pause, resume } from '../engine/pause/pauses.ts';
import { nextInstant, runTick } from '../engine/run/run-tick.ts';
import { deliver } from '../engine/simulate/deliver.ts';
import type { Database, Row, Value } from '../engine/store/database.ts';
import { columnsOf, tables } from '../engine/store/tables.ts';
import { tz } from './drive.ts';
import { awake, lasts, type Person, type World } from './random-world.ts';
import { consents, events } from './world.ts';

/** Lives through a world on the production engine; returns its tables. */
export async function live(db: Database, world: World): Promise<Record<string, Row[]>> {
  const program = compile(world.model);
  await applyProgram(db, { program, at: world.start, lineage: 'world' });
  await people(db, program, world.people);
  await happen(db, world, false);
  const text = (name: string) => ({ name, type: 'text' as const });
  const at = { name: 'at', type: 'bigint' as const };
  const listed = world.listed.map((id) => ['list', id]);
  await db.load('inbox_listing', [text('segment'), text('customer')], listed);
  await db.load(
    'inbox_suppression',
    [text('id'), text('customer'), text('channel'), text('reason'), at],
    world.suppressions.map(([customer, channel, at], i) => [`suppression-${i}`, customer, channel, 'listed', at]),
  );
  const given = world.people.flatMap(({ id, consent = [] }) =>
    consent.map((channel): [string, string, boolean, number] => [id, channel, true, 0]),
  );
  await consents(db, [...given, ...world.consents]);
  for (const [i, at] of world.launches.entries())
    await db.run(sql`INSERT INTO launch (launch, campaign, "at") VALUES (${i + 1}, 'a', ${at}::bigint)`);
  await go(db, program, world);
  return dump(db, program);
}

async function people(db: Database, program: Program, list: Person[]): Promise<void> {
  const columns = columnsOf(program.data, 'inbox_customer').filter(({ name }) => list.some((person) => name in person));
  const row = (person: Person) => columns.map(({ name }) => (person as unknown as Record<string, Value>)[name] ?? null);
  await db.load('inbox_customer', columns, list.map(row));
}

/** `late`: those that are read in the middle. */
async function happen(db: Database, world: World, late: boolean): Promise<void> {
  const { carts, orders, trouble } = world;
  const some = (list: World['carts'], count: number, prefix: 'cart' | 'order') => [
    ...list.map((event, i) => ({ ...event, id: `${prefix}-${i}`, line: i })).filter((_, i) => i < count === late),
    ...(late ? corrected(world, prefix, list, count) : []),
  ];
  await events(db, 'cart_updated', some(carts, trouble.carts, 'cart'));
  await events(db, 'order_paid', some(orders, trouble.orders, 'order'));
}

/** Rows that correct others which were read before: those after the first `count`. */
export function corrected({ corrections }: World, kind: 'cart' | 'order', list: World['carts'], count: number) {
  return corrections.flatMap((one, i) => {
    const event = list[one.index];
    if (one.kind !== kind || !event || one.index < count) return [];
    return [{ ...event, id: `${kind}-${one.index}`, total: one.total, at: event.at + one.later, line: 100 + i }];
  });
}

interface Turn {
  at: number;
  /** Returns the program that runs from then on, where it is another. */
  make: () => Promise<Program | undefined>;
}

/** Visits every instant at which something is due, and those at which somebody changes something. */
async function go(db: Database, all: Program, world: World): Promise<void> {
  const { start, engagement, trouble } = world;
  const turns = turnsOf(db, all, world);
  let program = all;
  for (let now: number | undefined = start; now !== undefined && now < start + lasts; ) {
    while (turns[0] && turns[0].at <= now) program = (await turns.shift()?.make()) ?? program;
    await runTick(db, program, now, tz);
    if (now < trouble.at - trouble.silence || now >= trouble.at) await deliver(db, { now, seed: 'test', engagement });
    const next: number | undefined = await nextInstant(db, program, now);
    const visit: number | undefined = turns[0] ? Math.min(next ?? turns[0].at, turns[0].at) : next;
    now = visit && awake(world, visit);
  }
}

/** What happens to the project in the middle, in order of time. */
function turnsOf(db: Database, all: Program, world: World): Turn[] {
  const { trouble, removed, paused } = world;
  const without = compile({ ...world.model, campaigns: world.model.campaigns.filter(({ name }) => name !== 'b') });
  const apply = (at: number, program: Program) => ({
    at,
    make: async () => {
      await applyProgram(db, { program, at, lineage: 'world' });
      return program;
    },
  });
  const a = { kind: 'campaign', name: 'a' } as const;
  const doing = (at: number, work: () => Promise<unknown>) => ({ at, make: async () => void (await work()) });
  const turns: Turn[] = [
    doing(trouble.at, () => happen(db, world, true)),
    ...(removed ? [apply(removed[0], without), apply(removed[1], all)] : []),
    ...(paused ? [doing(paused[0], () => pause(db, a, paused[0])), doing(paused[1], () => resume(db, a))] : []),
  ];
  return turns.sort((one, other) => one.at - other.at);
}

async function dump(db: Database, program: Program): Promise<Record<string, Row[]>> {
  const dump: Record<string, Row[]> = {};
  for (const table of tables(program.data)) {
    if (table.name === 'tz_offset') continue;
    const order = join(table.columns.map((_, i) => raw(String(i + 1))));
    const columns = join(table.columns.map((column) => raw(`"${column.name}"`)));
    dump[table.name] = await db.query(sql`SELECT ${columns} FROM ${raw(`"${table.name}"`)} ORDER BY ${order}`);
  }
  return dump;
}

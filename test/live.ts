import sql, { join, raw } from 'sql-template-tag';
import { compile } from '../engine/compile/compile.ts';
import { settle } from '../engine/data/intake/settle.ts';
import { nextExpiry } from '../engine/delivery/expire-paused.ts';
import { applyProgram, currentDeployment } from '../engine/deploy/apply.ts';
import { readBefore, withVersionsBefore } from '../engine/deploy/versions-before.ts';
import { deliver } from '../engine/dry-run/simulate/deliver.ts';
import type { Program } from '../engine/program/program.ts';
import { afterTick, readCursors } from '../engine/store/cursor.ts';
import type { Database, Row, Value } from '../engine/store/database.ts';
import { pause, readPauses, resume } from '../engine/store/pauses.ts';
import { beginStage, rolloutState, stageAt, stagesOf } from '../engine/store/rollout-state.ts';
import { columnsOf, tables } from '../engine/store/tables.ts';
import { judgeGuardrails } from '../engine/tick/guardrails.ts';
import { nextInstant, runTick } from '../engine/tick/run-tick.ts';
import { shiftTimers } from '../engine/tick/shift.ts';
import { tz } from './drive.ts';
import { promotable } from './random-world/campaign.ts';
import { rowsOf } from './random-world/rows.ts';
import {
  awake,
  changedTimes,
  instants,
  isGuarded,
  lasts,
  type Person,
  removable,
  type Turn,
  turnsOf,
  unsubscribing,
  type World,
} from './random-world.ts';
import { loadConsents, loadEvents } from './world.ts';

/** Plays a world on the production engine. */
export async function live(db: Database, world: World): Promise<void> {
  const program = compile(world.model);
  await applyProgram(db, { program, at: world.start, lineage: 'world' });
  const { populations } = world;
  const everybody = populations.flatMap(({ people }) => people);
  await people(db, program, everybody);
  const text = (name: string) => ({ name, type: 'text' as const });
  const at = { name: 'at', type: 'bigint' as const };
  const listed = populations.flatMap((population) =>
    population.listed.map((id) => ({ segment: 'list', customer: id })),
  );
  await db.load('inbox_listing', [text('segment'), text('customer')], listed);
  await db.load(
    'inbox_suppression',
    [text('id'), text('customer'), text('channel'), text('reason'), at],
    populations.flatMap(({ name, suppressions }) =>
      suppressions.map(([customer, channel, at], i) => ({
        id: `suppression-${name}${i}`,
        customer,
        channel,
        reason: 'listed',
        at,
      })),
    ),
  );
  const given = everybody.flatMap(({ id, consent = [] }) =>
    consent.map((channel): [string, string, boolean, number] => [id, channel, true, 0]),
  );
  await loadConsents(db, [...given, ...populations.flatMap(({ consents }) => consents)]);
  await readFiles(db, world, false);
  for (const [i, at] of world.launches.entries())
    await db.run(sql`INSERT INTO launch (launch, campaign, "at") VALUES (${i + 1}, 'a', ${at}::bigint)`);
  await go(db, program, world);
}

async function people(db: Database, program: Program, list: Person[]): Promise<void> {
  const columns = columnsOf(program.data, 'inbox_customer').filter(({ name }) => list.some((person) => name in person));
  const row = (person: Person) =>
    Object.fromEntries(columns.map(({ name }) => [name, (person as unknown as Record<string, Value>)[name]]));
  await db.load('inbox_customer', columns, list.map(row));
}

/** Loads the events of the files. `late`: those that are read in the middle of the world. */
async function readFiles(db: Database, world: World, late: boolean): Promise<void> {
  const rows = rowsOf(world, late);
  for (const kind of ['cart_updated', 'order_paid'] as const) {
    const mine = rows.filter((row) => row.kind === kind);
    await loadEvents(
      db,
      kind,
      mine.map(({ who, kind: _, ...row }) => ({ ...row, customer: who })),
    );
  }
  await settle(db, world.model.data);
}

/** Visits every instant at which something is due, or those at which the world ticks; with guardrails all instants, because guardrails are judged at each. */
async function go(db: Database, all: Program, world: World): Promise<void> {
  const { start, engagement, trouble } = world;
  const turns = turnsOf(world);
  let program = all;
  let removed = false;
  let changes = 0;
  for (let now: number | undefined = start; now !== undefined && now < start + lasts; ) {
    for (let turn = turns[0]; turn && turn.at <= now; turn = turns[0]) {
      turns.shift();
      await change(db, program, world, turn);
      const { at, what } = turn;
      if (what !== 'remove' && what !== 'put back' && what !== 'change') continue;
      if (what === 'change') changes++;
      else removed = what === 'remove';
      const present = changedTimes(world, changes);
      const campaigns = present.campaigns.filter(({ name }) => !removed || name !== removable);
      program = await apply(db, compile({ ...present, campaigns }), at);
    }
    const at = now;
    const judge = async (tx: Database) => {
      await judgeGuardrails(tx, program, { at, now: at });
    };
    await runTick(db, program, now, tz, undefined, { after: judge });
    if (now < trouble.at - trouble.silence || now >= trouble.at) {
      await deliver(db, { now, seed: 'test', engagement });
      if (isGuarded(world.model)) await unsubscribe(db, now);
    }
    now =
      world.ticks || isGuarded(world.model)
        ? after(instants(world), now)
        : await nextDue(db, program, world, now, turns);
  }
}

/** Applies a Program, as plans are. Returns it with the versions before. */
async function apply(db: Database, desired: Program, at: number): Promise<Program> {
  const applied = (await currentDeployment(db))?.program;
  const program = withVersionsBefore(desired, await readBefore(db, applied, at));
  await applyProgram(db, { program, at, lineage: 'world' });
  return program;
}

/** Has some recipients of the last messages unsubscribe later. */
async function unsubscribe(db: Database, now: number): Promise<void> {
  await db.run(sql`
    INSERT INTO inbox_feedback (id, message, kind, "at")
    SELECT concat('unsubscribed/', m.message), m.message, 'unsubscribed', m.finished_at + ${unsubscribing.after}::bigint
    FROM message m WHERE m.status = 'sent' AND m.finished_at = ${now}::bigint AND m.channel <> 'crm'
      AND ${db.dialect.bucket(sql`concat('unsubscribes/', m.message)`)} < ${unsubscribing.share}`);
}

async function change(db: Database, program: Program, world: World, { at, what }: Turn): Promise<void> {
  if (what === 'read') await readFiles(db, world, true);
  if (what === 'pause') await pause(db, world.pausing, at);
  if (what === 'resume') await shiftTimers(db, await resume(db, world.pausing, at, world.shifting), at);
  if (what === 'lift')
    for (const { kind, name, crossed } of await readPauses(db)) if (crossed) await resume(db, { kind, name }, at);
  if (what === 'promote') await promote(db, program, at);
}

/** Begins the next stage, as the command does. */
async function promote(db: Database, { campaigns }: Program, at: number): Promise<void> {
  const found = campaigns.find(({ name }) => name === promotable);
  const stages = found ? stagesOf(found) : [];
  const cursors = await readCursors(db);
  const state = rolloutState(cursors, promotable);
  const next = stageAt(stages, state, afterTick(at, cursors.get('tick'))) + 1;
  if (next < stages.length && !state.held) await beginStage(db, promotable, next, at);
}

const after = (instants: number[], now: number) => instants.find((at) => at > now);

async function nextDue(db: Database, program: Program, world: World, now: number, [turn]: Turn[]) {
  const { tick } = world.model.project;
  const times = [await nextInstant(db, program, now), turn?.at, world.paused && (await nextExpiry(db, now))].filter(
    (at) => typeof at === 'number',
  );
  const next = Math.ceil(Math.min(...times) / tick) * tick;
  return Number.isFinite(next) ? awake(world, next) : undefined;
}

/** Returns the rows of all tables, but the offsets of timezones. */
export async function dump(db: Database, { data }: World['model']): Promise<Record<string, Row[]>> {
  const dump: Record<string, Row[]> = {};
  for (const table of tables(data)) {
    if (table.name === 'tz_offset') continue;
    const order = join(table.columns.map((_, i) => raw(String(i + 1))));
    const columns = join(table.columns.map((column) => raw(`"${column.name}"`)));
    dump[table.name] = await db.query(sql`SELECT ${columns} FROM ${raw(`"${table.name}"`)} ORDER BY ${order}`);
  }
  return dump;
}

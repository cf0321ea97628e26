import sql from 'sql-template-tag';
import type { CampaignTest } from '../../spec/model/test.ts';
import { applyProgram } from '../apply/apply.ts';
import { runTick } from '../run/run-tick.ts';
import { deliver } from '../simulate/deliver.ts';
import type { Database } from '../store/database.ts';
import { columnsOf } from '../store/tables.ts';
import { ahead } from './ahead.ts';
import { Paths } from './paths.ts';
import { Player } from './player.ts';
import { PostRoom } from './post-room.ts';
import type { Feedback } from './reactions.ts';
import type { Observed } from './result.ts';
import { loadWorld } from './rows.ts';
import { Watched } from './watch.ts';
import type { World } from './worlds.ts';

export interface Played {
  test: CampaignTest;
  observed: Observed;
  /** What of the test could not happen; sentences. */
  problems: string[];
}

export interface Playing {
  /** Version of the tz database in use. */
  tz: string;
  signal?: AbortSignal;
}

/**
 * Plays the tests of a world, each from its start to its end, by production's ticks under a virtual clock; nothing but
 * the carriers is replaced. Aborted, it gives the tests that had come to their end. `db`: an empty store.
 */
export async function play(db: Database, world: World, { tz, signal }: Playing): Promise<Played[]> {
  const { program, campaign, start } = world;
  const { tick } = program.project;
  // The instant of the start belongs to the test, also for what the clock triggers.
  await applyProgram(db, { program, at: start - 1, lineage: 'test' });
  const steps = await numbered(db, sql`SELECT step AS number, id FROM step`);
  const paths = new Paths(campaign, steps);
  const post = new PostRoom(db, program, steps);
  let now = start;
  const watched = new Watched(db, (tx) => paths.look(tx, now));
  const owners = new Map<number, Player>();
  let load: ((tx: Database) => Promise<void>) | undefined = (tx) => loadWorld(tx, world);
  let open = world.casts.map((cast) => new Player(cast));
  const played: Played[] = [];
  let next: number | undefined = onGrid(start, tick);
  for (;;) {
    const goesOn = (player: Player) =>
      next !== undefined && next <= player.end && !(byClock(world) && player.settled(campaign, paths));
    for (const player of open) {
      if (goesOn(player)) continue;
      const { test, problems } = player;
      played.push({ test, problems, observed: await player.observe(db, program, paths) });
    }
    open = open.filter(goesOn);
    if (next === undefined || open.length === 0 || signal?.aborted) return played;
    now = next;
    await runTick(watched, program, now, tz, async (tx) => load?.(tx));
    if (load) {
      load = undefined;
      const customers = await numbered(db, sql`SELECT customer AS number, id FROM customer`);
      const numbers = new Map([...customers].map(([number, id]) => [id, number]));
      for (const player of open) for (const number of player.meet(numbers)) owners.set(number, player);
    }
    await deliver(db, { now, seed: 'test', engagement: {} });
    for (const message of await post.collect(now)) owners.get(message.customer)?.receive(message);
    const until = Math.max(...open.map((player) => player.end));
    next = await ahead(db, world, now, until);
    const feedback = open.flatMap((player) => player.reactionsDue(next));
    if (feedback.length === 0) continue;
    await db.load('inbox_feedback', columnsOf(program.data, 'inbox_feedback'), feedback.map(feedbackRow));
    next = await ahead(db, world, now, until);
  }
}

function onGrid(at: number, tick: number): number {
  return Math.ceil(at / tick) * tick;
}

/** Whether customers enter without anything happening to them, so that it is never certain from the store that nobody will. */
function byClock({ campaign: { trigger } }: World): boolean {
  return ['segment', 'leaving', 'schedule', 'date'].includes(trigger.kind);
}

function feedbackRow({ id, message, kind, at }: Feedback) {
  return [id, message, kind, at];
}

async function numbered(db: Database, statement: Parameters<Database['query']>[0]): Promise<Map<number, string>> {
  const rows = await db.query<{ number: number; id: string }>(statement);
  return new Map(rows.map((row) => [row.number, row.id]));
}

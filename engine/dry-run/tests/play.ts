import type { CampaignTest } from '../../../spec/model/test.ts';
import type { Database } from '../../store/database.ts';
import { triggerKind } from '../../tick/triggers/index.ts';
import { Player } from './player.ts';
import type { Observed } from './result.ts';
import { Stage } from './stage.ts';
import type { World } from './worlds.ts';

export interface Played {
  test: CampaignTest;
  observed: Observed;
  /** The parts of the test that could not happen; sentences. */
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
  const stage = await Stage.set(db, world, tz);
  const played: Played[] = [];
  let players = world.casts.map((cast) => new Player(cast));
  const first = Math.ceil(start / tick) * tick;
  for (let now: number | undefined = first; ; now = await stage.next(players)) {
    // Where time alone brings customers in, something may always be still to happen.
    const goesOn = (player: Player) =>
      now !== undefined &&
      now <= player.end &&
      !(triggerKind(campaign.trigger).recurs && player.settled(campaign, stage.paths));
    for (const player of players) {
      if (goesOn(player)) continue;
      const { test, problems } = player;
      played.push({ test, problems, observed: await player.observe(db, program, stage.paths) });
    }
    players = players.filter(goesOn);
    if (now === undefined || players.length === 0 || signal?.aborted) return played;
    if (now === first) await stage.open(now, players);
    else await stage.tick(now);
  }
}

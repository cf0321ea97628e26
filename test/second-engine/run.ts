import { promotable } from '../random-world/campaign.ts';
import { instants, removable, type Turn, turnsOf, type World } from '../random-world.ts';
import { advance, notice } from './advance.ts';
import { collect } from './collect.ts';
import { deliver } from './deliver.ts';
import { enter, restart } from './enter.ts';
import { judge, lift } from './guardrails.ts';
import { journey } from './journey.ts';
import { leave } from './leave.ts';
import { resume } from './pause.ts';
import { readFiles } from './read.ts';
import { refresh } from './refresh.ts';
import { putBack, remove, takeUp } from './removal.ts';
import { changeCampaign, promote } from './rollouts.ts';
import type { State } from './state.ts';

/** Plays a world, tick by tick, as docs/how-it-runs.md describes. */
export function live(world: World): State {
  const { model, start } = world;
  const state: State = {
    model,
    active: new Map(model.campaigns.map(({ name }) => [name, start])),
    returned: new Set(),
    rollouts: new Map(),
    guarded: new Set(),
    resumed: new Map(),
    unsubscriptions: [],
    now: start,
    customers: [],
    events: {},
    waiting: [],
    collected: 0,
    news: [],
    consents: [],
    suppressions: [],
    reactions: [],
    enrolments: [],
    restarts: [],
    messages: [],
    refresh: Number.NEGATIVE_INFINITY,
    segments: new Map(),
    scored: new Map(),
    first: new Map(model.campaigns.map((campaign) => [campaign, journey(model, campaign.steps)])),
    earlier: new Map(),
    changes: 0,
  };
  readFiles(state, world, false);
  const turns = turnsOf(world);
  for (const now of instants(world)) {
    for (let turn = turns[0]; turn && turn.at <= now; turn = turns[0]) {
      turns.shift();
      change(state, world, turn);
    }
    tick(state, world, now);
  }
  return state;
}

function change(state: State, world: World, { at, what }: Turn): void {
  if (what === 'read') readFiles(state, world, true);
  const { kind, name: target } = world.pausing;
  // A campaign that its guardrails have paused stays so.
  if (what === 'pause' && !(kind === 'campaign' && state.guarded.has(target)))
    state.pause = { ...world.pausing, since: at };
  if (what === 'resume') {
    resume(state, world.shifting, at);
    for (const name of kind === 'all' ? [...state.guarded] : [target]) if (kind !== 'channel') lift(state, name, at);
  }
  if (what === 'lift') for (const name of [...state.guarded]) lift(state, name, at);
  const staged = state.model.campaigns.find(({ name }) => name === promotable);
  if (what === 'change') changeCampaign(state, world, at);
  if (what === 'promote' && staged) promote(state, staged, at);
  const found = state.model.campaigns.find(({ name }) => name === removable);
  if (found && what === 'remove') remove(state, found, at);
  if (found && what === 'put back') putBack(state, found, at);
}

function tick(state: State, world: World, now: number): void {
  state.now = now;
  takeUp(state);
  collect(state, world);
  refresh(state);
  enter(state, world.launches);
  leave(state);
  restart(state);
  notice(state);
  advance(state);
  judge(state);
  deliver(state, world);
  state.before = now;
}

import { awake, lasts, type World } from '../random-world.ts';
import { advance } from './advance.ts';
import { collect } from './collect.ts';
import { deliver } from './deliver.ts';
import { enter, refresh } from './enter.ts';
import { journey } from './journey.ts';
import { leave } from './leave.ts';
import type { State } from './state.ts';

/** Lives through a world, tick by tick, as docs/how-it-runs.md says. */
export function live(world: World): State {
  const { model, start } = world;
  const { tick } = model.project;
  const state: State = {
    model,
    applied: start,
    now: start,
    customers: [],
    events: {},
    replaced: 0,
    news: [],
    consents: [],
    suppressions: [],
    reactions: [],
    enrolments: [],
    messages: [],
    members: new Map(),
    changes: new Map(),
    first: new Map(model.campaigns.map(({ name, steps }) => [name, journey(model, steps)])),
  };
  for (let now = start; now < start + lasts; now = (Math.floor(now / tick) + 1) * tick) {
    if (awake(world, now) !== now) continue;
    state.now = now;
    collect(state, world);
    refresh(state);
    enter(state, world.launches);
    leave(state);
    advance(state);
    deliver(state, world);
    state.before = now;
  }
  return state;
}

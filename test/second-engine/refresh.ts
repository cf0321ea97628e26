import type { RfmExpression, ShareExpression } from '../../spec/model/expression.ts';
import { holds } from '../interpreter/evaluate.ts';
import { scaleOf } from '../interpreter/scores.ts';
import { minute } from '../world.ts';
import { local } from './clock.ts';
import { ground, type Shopper, type State } from './state.ts';

/**
 * The work of refresh instants: customers are compared on the scales in use, and then the segments that an applied
 * campaign watches are evaluated; each unless that has been done since the last refresh instant.
 */
export function refresh(state: State): void {
  state.refresh = latestRefresh(state);
  for (const scale of scalesInUse(state)) {
    const known = state.scored.get(scale);
    if (known && known.now >= state.refresh) continue;
    const { scored: _, ...present } = ground(state);
    state.scored.set(scale, structuredClone(present));
  }
  for (const segment of watchedSegments(state)) {
    const old = state.segments.get(segment.name);
    if (old && old.refreshed >= state.refresh) continue;
    const isMember = (customer: Shopper) =>
      'where' in segment
        ? holds(segment.where, { ground: ground(state), customer })
        : customer.lists.includes(segment.name);
    const since = new Map(state.customers.filter(isMember).map((each) => [each, old?.since.get(each) ?? state.now]));
    const left = [...(old?.since.keys() ?? [])].filter((customer) => !since.has(customer));
    state.segments.set(segment.name, { refreshed: state.now, since, left });
  }
}

/** The latest instant at which the project's clock came to a multiple of the interval, or leapt over one. */
function latestRefresh({ model, now, before = now, refresh: last }: State): number {
  const { timezone, refresh } = model.project;
  for (let instant = now - (now % minute); instant > before; instant -= minute) {
    const [wall, earlier] = [local(timezone, instant), local(timezone, instant - minute)];
    if (wall % refresh === 0 || Math.floor(wall / refresh) > Math.floor(earlier / refresh)) return instant;
  }
  return last;
}

function watchedSegments({ model: { campaigns, segments }, active }: State) {
  return segments.filter(({ name }) =>
    campaigns.some((each) => active.has(each.name) && 'segment' in each.on && each.on.segment === name),
  );
}

/** The scales of applied campaigns and of the versions before them, of those that have customers inside, of those of which a goal can be reached still, and of the segments that are watched. */
function scalesInUse(state: State): Set<string> {
  const { model, active, enrolments, before = state.now } = state;
  const open = enrolments.filter(
    ({ campaign: { goal }, ended, goal: reached, started }) =>
      !ended || (goal && !reached && started + goal.within >= before),
  );
  const applied = model.campaigns.filter(({ name }) => active.has(name));
  const asking = new Set([...applied, ...state.earlier.values(), ...open.map(({ campaign }) => campaign)]);
  return new Set(scalesIn([[...asking], watchedSegments(state)], state));
}

function scalesIn(part: unknown, state: State): string[] {
  if (typeof part !== 'object' || part === null) return [];
  if (isScale(part)) return [scaleOf(part)];
  const named = 'kind' in part && part.kind === 'segment' && 'name' in part;
  const segment = named && state.model.segments.find(({ name }) => name === part.name);
  return [...Object.values(part), segment].flatMap((each) => scalesIn(each, state));
}

function isScale(part: object): part is ShareExpression | RfmExpression {
  return 'kind' in part && (part.kind === 'share' || part.kind === 'rfm');
}

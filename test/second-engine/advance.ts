import type { Step } from '../../spec/model/campaign.ts';
import { evaluate, holds } from '../interpreter/evaluate.ts';
import type { Place } from '../interpreter/world.ts';
import { chosenStage, reacted } from './cascade.ts';
import { nextTime, zoneOf } from './clock.ts';
import { isCandidate, judgeCandidates } from './decide.ts';
import { drawArm } from './draw.ts';
import type { Spot } from './journey.ts';
import { end, go } from './moves.ts';
import { isPaused } from './pause.ts';
import { type Enrolment, ground, type State } from './state.ts';
import { matches } from './triggers.ts';

/**
 * Moves everybody who is due and whose campaign is not paused, one kind of step at a time: always the first kind at which
 * anybody is.
 */
export function advance(state: State): void {
  const kinds = [endWaits, branch, split, prefer, write, beginWaits, judgeCandidates];
  const moving = state.enrolments.filter(({ campaign }) => !isPaused(state, campaign));
  while (kinds.some((kind) => kind({ ...state, enrolments: moving })));
}

/** Marks the enrolments whose awaited event has arrived. */
export function notice(state: State): void {
  for (const enrolment of state.enrolments) {
    const { spot, due, arrived, customer, resumed } = enrolment;
    const step = spot?.step;
    if (step?.kind !== 'await' || due === undefined) continue;
    const events = resumed === state.now ? (state.events[step.event] ?? []) : state.news;
    const mine = events.filter((event) => event.customer === customer.customer);
    if (mine.some((event) => event.at > arrived && event.at <= due && matches(state, step, event)))
      enrolment.noticed = true;
  }
}

/** Moves the enrolments that have just arrived at spots of these kinds. Returns true if there were any. */
function atStep<K extends Step['kind']>(
  { enrolments }: State,
  kind: K,
  act: (enrolment: Enrolment, step: Extract<Step, { kind: K }>, spot: Spot) => void,
): boolean {
  const there = enrolments.filter(
    (each) => each.due === undefined && each.spot && !each.spot.stage && each.spot.step.kind === kind,
  );
  for (const each of there) if (each.spot) act(each, each.spot.step as Extract<Step, { kind: K }>, each.spot);
  return there.length > 0;
}

function endWaits(state: State): boolean {
  const { now } = state;
  let moved = false;
  for (const enrolment of state.enrolments) {
    const { spot, due, message, noticed } = enrolment;
    if (!spot || due === undefined || isCandidate(state, enrolment)) continue;
    const { step } = spot;
    const over = due <= now;
    let way: Spot | undefined;
    if (step.kind === 'await') {
      if (!noticed && !over) continue;
      way = spot.ways.get(noticed ? 'then' : 'else');
    } else if (message) {
      const answered = reacted(state, spot, message, due);
      if (!answered && !over) continue;
      // A message that has not left by then is refused just before it leaves, which is no part of a tick.
      way = answered ? spot.next : spot.otherwise;
    } else {
      if (!over) continue;
      way = spot.next;
    }
    go(state, enrolment, way);
    moved = true;
  }
  return moved;
}

/** All conditions are asked before anybody goes on. */
function branch(state: State): boolean {
  const ways: [Enrolment, Spot | undefined][] = [];
  const anybody = atStep(state, 'if', (enrolment, { condition }, { ways: both }) => {
    ways.push([enrolment, both.get(holds(condition, placeOf(state, enrolment)) ? 'then' : 'else')]);
  });
  for (const [enrolment, way] of ways) go(state, enrolment, way);
  return anybody;
}

function split(state: State): boolean {
  return atStep(state, 'split', (enrolment, step, { ways }) => {
    const arm = drawArm(step, enrolment);
    enrolment.arm = enrolment.arm ? `${enrolment.arm}/${arm.name}` : arm.name;
    if (arm.control) end(state, enrolment, 'control');
    else go(state, enrolment, ways.get(arm.name));
  });
}

function prefer(state: State): boolean {
  return atStep(state, 'cascade', (enrolment, _, spot) => go(state, enrolment, chosenStage(state, enrolment, spot)));
}

/** First all attributes are set, each seeing what the one before wrote; then lists grow, then they shrink. */
function write(state: State): boolean {
  const { enrolments } = state;
  const byCampaign = enrolments.toSorted((a, b) => (a.campaign.name < b.campaign.name ? -1 : 1));
  const set = atStep({ ...state, enrolments: byCampaign }, 'set', (enrolment, { values }, { next }) => {
    const place = placeOf(state, enrolment);
    const worked = values.map(({ attribute, value }) => [attribute, evaluate(value, place)]);
    Object.assign(enrolment.customer.fields, Object.fromEntries(worked));
    go(state, enrolment, next);
  });
  const listing = (kind: 'add' | 'remove') =>
    atStep(state, kind, (enrolment, { segment }, { next }) => {
      const { customer } = enrolment;
      customer.lists = customer.lists.filter((list) => list !== segment);
      if (kind === 'add') customer.lists.push(segment);
      go(state, enrolment, next);
    });
  const added = listing('add');
  const removed = listing('remove');
  return set || added || removed;
}

function beginWaits(state: State): boolean {
  const { now } = state;
  const waits = atStep(state, 'wait', (enrolment, { ms }) => {
    enrolment.due = now + ms;
  });
  const untils = atStep(state, 'until', (enrolment, { minuteOfDay, weekdays }) => {
    enrolment.due = nextTime(zoneOf(state, enrolment.customer), now, minuteOfDay, weekdays);
  });
  const awaits = atStep(state, 'await', (enrolment, { within }) => {
    enrolment.due = now + within;
  });
  const exits = atStep(state, 'exit', (enrolment, { reason }) => end(state, enrolment, reason));
  return waits || untils || awaits || exits;
}

function placeOf(state: State, { customer, event }: Enrolment): Place {
  return { ground: ground(state), customer, ...(event && { trigger: event }) };
}

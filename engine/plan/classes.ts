import { later } from '../../spec/words/t.ts';
import { mapSteps } from '../deploy/map-steps.ts';
import { sendsOf } from '../program/facts.ts';
import { canonical } from '../program/hash.ts';
import type { CompiledCampaign, Program, SendRow } from '../program/program.ts';
import { rowKind } from '../tick/steps/index.ts';
import type { Change } from './change.ts';
import type { InFlight } from './effects.ts';

/** The class of a change and its reasons, see docs/changes-in-flight.md for the rules. */
export type Judgement = Pick<Change, 'class' | 'reasons'>;

type Unjudged = Omit<Change, keyof Judgement>;

/** Judges a change. `inside`: who is inside what is applied; absent where no store tells, so that anybody could stand anywhere. Pure. */
export function judge(
  change: Unjudged,
  desired: Program,
  applied: Program | undefined,
  inside?: readonly InFlight[],
): Judgement {
  const lost = applied ? losses(change, desired, applied, inside) : [];
  if (lost.length > 0) return { class: 'breaking', reasons: lost };
  if (change.action === 'create' && !restricting.has(change.kind))
    return { class: 'additive', reasons: [later`it is new`] };
  if (isText(change, desired, applied)) return { class: 'text-only', reasons: [later`only texts change`] };
  const [after, before] = [desired, applied].map((one) => one && campaignOf(one, change));
  const reasons = after && before ? aspects(before, after) : [];
  return { class: 'behavioural', reasons: reasons.length > 0 ? reasons : [general(change)] };
}

/** A new resource of these kinds keeps messages from customers, or is not for customers to notice. */
const restricting: ReadonlySet<Change['kind']> = new Set(['policies', 'holdout', 'project']);

function campaignOf({ campaigns }: Program, { kind, name }: Pick<Change, 'kind' | 'name'>) {
  return kind === 'campaign' ? campaigns.find((one) => one.name === name) : undefined;
}

/** Returns what a change takes away from customers who are inside what is applied. */
function losses(change: Unjudged, desired: Program, applied: Program, inside?: readonly InFlight[]): string[] {
  const { kind, action } = change;
  if (kind === 'campaign' && action === 'remove') return [later`the campaign is removed`];
  if (kind === 'campaign' && action === 'change') return lostSteps(change, desired, applied, inside);
  if (action !== 'remove' || (kind !== 'channel' && kind !== 'template')) return [];
  const users = usersInside(change, desired, applied, inside).map(({ name }) => name);
  return users.length > 0 ? [later`customers inside ${users.join(', ')} still need it`] : [];
}

/** The applied campaigns that stay, send by a channel or from a template, and have somebody inside. */
function usersInside(change: Unjudged, desired: Program, applied: Program, inside?: readonly InFlight[]) {
  const stays = new Set(desired.campaigns.map(({ name }) => name));
  const kinds = new Map(applied.channels.map(({ name, kind }) => [name, kind]));
  const isSent = ({ channel, template }: SendRow) =>
    change.kind === 'channel' ? channel === change.name : `${template}.${kinds.get(channel)}` === change.name;
  return applied.campaigns.filter(
    (one) =>
      stays.has(one.name) &&
      sendsOf(one).some(isSent) &&
      (inside?.some(({ campaign, active }) => campaign === one.name && active > 0) ?? true),
  );
}

/** Returns what another version takes away from customers inside: the steps of the applied one where they stand, or could, and their journeys. */
function lostSteps(change: Unjudged, desired: Program, applied: Program, inside?: readonly InFlight[]): string[] {
  const [after, before] = [campaignOf(desired, change), campaignOf(applied, change)];
  if (!after || !before || after.hash === before.hash) return [];
  const mapped = mapSteps(after, before);
  const lostAt = (step: string) => {
    const to = mapped.get(step);
    return to && 'lost' in to ? to.lost : undefined;
  };
  if (!inside) {
    if (after.inFlight === 'exit') return [later`customers inside it leave at once`];
    return before.steps.filter(canStand).flatMap(({ id }) => {
      const lost = lostAt(id);
      return lost ? [couldStand(id, lost)] : [];
    });
  }
  const mine = inside.filter(({ campaign }) => campaign === before.name);
  const places = mine.flatMap(({ version, steps }) => steps.map((one) => ({ ...one, version })));
  const leaving = places.reduce((sum, { becomes, customers }) => (becomes === 'leaves' ? sum + customers : sum), 0);
  const lost = places.flatMap((place) => {
    const { step, customers, version } = place;
    if (place.becomes === 'stuck' && place.why === 'other-event') return [];
    const how = place.becomes === 'stuck' ? place.why : version === before.hash ? lostAt(step) : undefined;
    return how && how !== 'other-event' ? [stand(step, how, customers)] : [];
  });
  const another = places.some((one) => one.becomes === 'stuck' && one.why === 'other-event');
  return [
    ...new Set(lost),
    ...(another ? [later`it starts by another event than the one that brought in customers inside`] : []),
    ...(leaving > 0 && lost.length === 0 ? [leaveWords(leaving)] : []),
  ];
}

function leaveWords(n: number): string {
  return n === 1 ? later`${n} customer inside it leaves at once` : later`${n} customers inside it leave at once`;
}

/** Customers pass the other kinds of steps within a tick. */
function canStand(step: CompiledCampaign['steps'][number]): boolean {
  const { turn } = rowKind(step);
  return turn === 'sends' || (turn === 'rests' && step.kind !== 'exit');
}

type Lost = 'gone' | 'other-kind';

function couldStand(id: string, lost: Lost): string {
  return lost === 'gone'
    ? later`step "${id}" is removed, where customers can stand`
    : later`step "${id}" becomes a step of another kind, where customers can stand`;
}

function stand(id: string, lost: Lost, n: number): string {
  if (lost === 'gone')
    return n === 1
      ? later`step "${id}" is removed, where ${n} customer stands`
      : later`step "${id}" is removed, where ${n} customers stand`;
  return n === 1
    ? later`step "${id}" becomes a step of another kind, where ${n} customer stands`
    : later`step "${id}" becomes a step of another kind, where ${n} customers stand`;
}

function isText(change: Unjudged, desired: Program, applied: Program | undefined): boolean {
  const { kind, fields, because, note } = change;
  if (kind === 'template' || kind === 'partial' || kind === 'variables') return true;
  const [after, before] = [desired, applied].map((one) => one && campaignOf(one, change));
  const sameWay = !after || !before || (after.hash === before.hash && aspects(before, after).length === 0);
  const named = ({ path }: { path: string }) => ['title', 'moved'].includes(path.split('.')[0] ?? '');
  return !note && because.length === 0 && fields.length > 0 && fields.every(named) && sameWay;
}

/** Returns the differences of a campaign, in clauses. */
function aspects(before: CompiledCampaign, after: CompiledCampaign): string[] {
  const differs = (...keys: (keyof CompiledCampaign)[]) =>
    keys.some((key) => canonical(before[key] ?? null) !== canonical(after[key] ?? null));
  return [
    ...(differs('trigger', 'audience', 'reenter') ? [later`it changes who enters, or when`] : []),
    ...(differs('exit', 'goal') ? [later`it changes what ends a journey`] : []),
    ...(differs('first', 'steps') ? [later`it changes the steps, their conditions, shares or times`] : []),
    ...(differs('category', 'priority', 'expires') ? [later`it changes how its messages are judged`] : []),
    ...(differs('changeRollout') ? [later`it changes how a new version is rolled out`] : []),
    ...(differs('rollout') ? [later`it changes the share of customers who may enter`] : []),
    ...(differs('guardrails') ? [later`it changes the feedback that pauses it`] : []),
    ...(differs('inFlight') ? [later`it changes what becomes of customers inside`] : []),
    ...(differs('resumeWithin') ? [later`it changes how long a removal can be undone`] : []),
  ];
}

function general({ kind, action, note }: Unjudged): string {
  if (note === 'compiled-anew') return later`this version of Kaskad compiles it otherwise`;
  if (action === 'remove') return later`nothing that is planned uses it any more`;
  if (kind === 'segment') return later`it changes who is a member`;
  if (kind === 'policies' || kind === 'holdout') return later`it changes who may get messages, or when`;
  if (kind === 'channel') return later`it changes how messages leave, or what they cost`;
  if (kind === 'project') return later`it changes how the project runs`;
  return later`it changes what is read`;
}

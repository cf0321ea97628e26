import pc from 'picocolors';
import type { EventChange } from '../../engine/report/event-changes.ts';
import type { EnrolmentStory, Entry, Happening } from '../../engine/report/story.ts';
import { triggerKind } from '../../spec/constructs/triggers/index.ts';
import { t } from '../../spec/words/t.ts';
import { shownCount } from './attribution.ts';
import { indent, quoted, shortId, type ViewOptions } from './format.ts';
import { pausedUntilWords, pausedWords } from './pause.ts';
import { answerWords, detailWords, exitWords, refusalWords } from './words.ts';
import { hang } from './wrap.ts';

type Colors = ReturnType<typeof pc.createColors>;
type Message = Extract<Happening, { kind: 'message' }>;

/** The instant of the view, and that of the last tick, epoch milliseconds. `lastTick`: null if there was none. */
export interface AsOf {
  now: number;
  lastTick: number | null;
}

/** `asOf`: absent at the end of a simulation. `money`: formats the values of goals. */
export interface TimelineOptions extends ViewOptions {
  clock: Clock;
  money: (amount: number) => string;
  asOf?: AsOf;
}

/** Renders an enrolment, one line for each happening, with times in the customer's zone. */
export function renderEnrolment(enrolment: EnrolmentStory, options: TimelineOptions): string[] {
  const { clock, asOf, width } = options;
  const colors = pc.createColors(options.color);
  const { campaign, title, version, entered, arms, timeline, now } = enrolment;
  const line = (at: number, text: string) => hang(`${colors.dim(clock(at))}  `, text, width - 2);
  const blank = ' '.repeat(clock(entered.at).length + 2);
  const head = `${colors.bold(campaign)}${title === undefined ? '' : ` ${quoted(title)}`}`;
  return [
    `${head} ${colors.dim(t`version ${version}`)}`,
    ...indent([
      ...line(entered.at, t`entered: ${entryWords(entered, clock)}`),
      ...(arms.length === 0 ? [] : hang(blank, t`drawn into arm ${armWords(arms)}`, width - 2)),
      ...timeline.flatMap((one) => line(one.at, happeningWords(one, options, colors))),
      ...(now ? hang('', nowWords(now, clock, asOf), width - 2, 2) : []),
    ]),
  ];
}

function armWords(arms: EnrolmentStory['arms']): string {
  return arms.map(({ name, control }) => (control ? t`${name} (control)` : name)).join(t`, then `);
}

type Clock = (at: number) => string;

function entryWords(entry: Entry, clock: Clock): string {
  const kind = triggerKind({ kind: entry.by });
  const words = kind.cause(entry);
  const timed = kind.causeHasTime || clock(entry.cause) === clock(entry.at);
  const text = timed ? words : t`${words} at ${clock(entry.cause)}`;
  if (!('id' in entry)) return text;
  const id = shortId(entry.id);
  return `${text} (${entry.title === undefined ? t`event ${id}` : `${entry.event} ${id}`})`;
}

function happeningWords(one: Happening, { clock, money }: TimelineOptions, colors: Colors): string {
  switch (one.kind) {
    case 'message':
      return `${[one.channel, one.template].join(' ').trim()}: ${messageWords(one, clock, colors)} ${colors.dim(`(${one.step})`)}${earnedWords(one, money)}`;
    case 'reaction':
      return reactionWords(one.reaction, one.channel);
    case 'goal':
      return colors.green(
        one.value === null ? t`goal: ${one.event}` : t`goal: ${one.event}, worth ${money(one.value)}`,
      );
    case 'change':
      return changeWords(one, clock);
    case 'delay':
      return delayWords(one, clock);
    case 'return':
      return t`taken up again: the campaign had been removed, and was put back`;
    case 'held':
      return t`quiet hours held a message; it was not sent, since the customer left before they ended`;
    case 'exit': {
      const why = exitWords(one.reason, one.exitEvents);
      return one.until === undefined
        ? t`left: ${why}`
        : t`left: ${why}; put back before ${clock(one.until)}, it goes on from here`;
    }
  }
}

function delayWords(
  { cause, name, path, until, shifted }: Extract<Happening, { kind: 'delay' }>,
  clock: Clock,
): string {
  switch (cause) {
    case 'removal':
      return t`left: the campaign was removed; it was put back, and goes on from ${clock(until)}`;
    case 'data':
      return t`waited for data until ${clock(until)}: ${path} could not be relied on`;
    default:
      return pausedUntilWords({ kind: cause, name, ...(shifted && { shift: shifted }) }, clock(until));
  }
}

/** Returns an event that was taken back or corrected, in words. */
export function changeWords({ change, event, id, happenedAt }: EventChange, clock: Clock): string {
  const [at, short] = [clock(happenedAt), shortId(id)];
  return change === 'corrected'
    ? t`${event} of ${at} (${short}) was corrected by another row of its file`
    : t`${event} of ${at} (${short}) was taken back: its source leaves the row out now`;
}

function messageWords(message: Message, clock: Clock, colors: Colors): string {
  const { at, finishedAt, heldSince } = message;
  const fate = `${statusWords(message, clock, colors)}${attemptWords(message, clock)}`;
  // The outcome has its own time if it did not follow the decision at once.
  const then = finishedAt !== null && clock(finishedAt) !== clock(at) ? t`decided; ${clock(finishedAt)} ${fate}` : fate;
  return heldSince === null ? then : t`held from ${clock(heldSince)} by quiet hours, then ${then}`;
}

/** Returns the parts of later events attributed to a message: one number if all models agree, otherwise one for each model. */
function earnedWords({ earned = [] }: Message, money: (amount: number) => string): string {
  return earned
    .map(({ event, valued, events, revenue }) => {
      const { last, first, linear, decay } = valued ? revenue : events;
      const show = (n: number) => (valued ? money(Math.round(n * 100) / 100) : shownCount(n));
      return last === first && last === linear && last === decay
        ? t`; it gets ${show(last)} of ${event}`
        : t`; it gets of ${event}: last ${show(last)}, first ${show(first)}, even ${show(linear)}, newer counts more ${show(decay)}`;
    })
    .join('');
}

/** Returns the number of attempts, and the result of the last failed one, in words. */
function attemptWords({ tried }: Message, clock: Clock): string {
  if (!tried) return '';
  const { attempts, trouble, next } = tried;
  if (next !== undefined) return t`; attempts: ${attempts}, the next not before ${clock(next)}`;
  if (trouble === null) return t`; attempts: ${attempts}`;
  return t`; attempts: ${attempts}, the answer before the last: ${answerWords(trouble)}`;
}

function statusWords(message: Message, clock: Clock, colors: Colors): string {
  const { status, reason, detail, channel, exitEvents, suppressed } = message;
  const words =
    reason === null ? '' : `: ${refusalWords(reason, { channel, exitEvents, ...(suppressed && { suppressed }) })}`;
  const why = `${words}${detail === null ? '' : ` [${detailWords(detail)}]`}`;
  switch (status) {
    case 'sent':
      return colors.green(t`sent`);
    case 'decided': {
      if (!message.paused) return `${t`decided, not sent yet`}${why}`;
      const paused = pausedWords(message.paused, clock);
      return `${t`decided, not sent yet`}: ${paused}${why && t`; before that${why}`}`;
    }
    case 'unknown':
      return t`${colors.yellow(t`unknown whether it was sent`)}${why}; it is not sent again`;
    case 'failed':
      return `${colors.red(t`failed`)}${why}`;
    case 'expired':
      return `${colors.yellow(t`dropped as too late`)}${reason === 'late' ? '' : words}`;
    case 'suppressed':
      return `${colors.yellow(t`not sent`)}${words}`;
    default:
      return status;
  }
}

function reactionWords(reaction: string, channel: string): string {
  switch (reaction) {
    case 'delivered':
      return t`the ${channel} message was delivered`;
    case 'opened':
      return t`opened the ${channel} message`;
    case 'prefetched':
      return t`a machine opened the ${channel} message`;
    case 'clicked':
      return t`clicked in the ${channel} message`;
    case 'bounced':
      return t`the ${channel} message came back (bounced)`;
    case 'complained':
      return t`complained about the ${channel} message`;
    case 'unsubscribed':
      return t`unsubscribed through the ${channel} message`;
    default:
      return `${reaction} (${channel})`;
  }
}

function nowWords(
  { step, kind, until, held, paused, withheld }: NonNullable<EnrolmentStory['now']>,
  clock: Clock,
  asOf: AsOf | undefined,
): string {
  const causes = [
    ...(paused ? [pausedWords(paused, clock)] : []),
    ...(withheld ? [t`it waits for data since ${clock(withheld.since)}: ${withheld.path}: ${withheld.why}`] : []),
  ];
  if (causes.length > 0) return t`now: at step ${step}, and moves no further: ${causes.join('; ')}`;
  if (asOf && until <= asOf.now) {
    const last = asOf.lastTick === null ? t`there was none yet` : t`the last one was for ${clock(asOf.lastTick)}`;
    return t`now: at step ${step}, due since ${clock(until)}, and moves on at the next tick (${last})`;
  }
  if (held) return t`now: quiet hours hold the message of step ${step} until ${clock(until)}`;
  if (kind === 'send') return t`now: waits at step ${step} for a reaction until ${clock(until)}`;
  if (kind === 'await') return t`now: waits at step ${step} for an event until ${clock(until)}`;
  return t`now: waits at step ${step} until ${clock(until)}`;
}

import pc from 'picocolors';
import type { EventChange } from '../../engine/report/event-changes.ts';
import type { EnrolmentStory, Entry, Happening } from '../../engine/report/story.ts';
import { printDuration } from '../../spec/expression/durations.ts';
import { count, indent, shortId, type ViewOptions } from './format.ts';
import { pausedWords, targetWords } from './pause.ts';
import { detailWords, exitWords, refusalWords } from './words.ts';

type Colors = ReturnType<typeof pc.createColors>;
type Message = Extract<Happening, { kind: 'message' }>;

/** Epoch milliseconds. `lastTick`: null where there was none. */
export interface AsOf {
  now: number;
  lastTick: number | null;
}

/** One enrolment, a line a happening, on the customer's own clock. `asOf`: absent at the end of a simulation. */
export function renderEnrolment(enrolment: EnrolmentStory, clock: Clock, view: ViewOptions, asOf?: AsOf): string[] {
  const colors = pc.createColors(view.color);
  const { campaign, title, version, entered, arms, timeline, now } = enrolment;
  const line = (at: number, text: string) => `${colors.dim(clock(at))}  ${text}`;
  const arm = arms.map(({ name, control }) => `${name}${control ? ' (control)' : ''}`).join(', then ');
  return [
    `${colors.bold(campaign)}${title === undefined ? '' : ` "${title}"`} ${colors.dim(`version ${version}`)}`,
    ...indent([
      line(entered.at, `entered: ${entryWords(entered, clock)}`),
      ...(arm === '' ? [] : [`${' '.repeat(clock(entered.at).length)}  drawn into arm ${arm}`]),
      ...timeline.map((one) => line(one.at, happeningWords(one, clock, colors))),
      ...(now ? [nowWords(now, clock, asOf)] : []),
    ]),
  ];
}

type Clock = (at: number) => string;

function entryWords(entry: Entry, clock: Clock): string {
  const since = clock(entry.cause) === clock(entry.at) ? '' : ` at ${clock(entry.cause)}`;
  switch (entry.by) {
    case 'event':
      return `${entry.title ?? entry.event}${since} (${entry.title === undefined ? 'event' : entry.event} ${shortId(entry.id)})`;
    case 'segment':
      return `came into segment ${entry.segment}${since}`;
    case 'leaving':
      return `left segment ${entry.segment}${since}`;
    case 'date':
      return `${entry.attribute} is kept: ${entry.occurrence}`;
    case 'absence':
      return `no ${entry.event} for ${printDuration(entry.ms)}${since}`;
    case 'manual':
      return `launched by hand${since}`;
    case 'schedule':
      return `the schedule came round at ${entry.occurrence.replace('T', ' ')}`;
  }
}

function happeningWords(one: Happening, clock: Clock, colors: Colors): string {
  switch (one.kind) {
    case 'message':
      return `${[one.channel, one.template].join(' ').trim()}: ${messageWords(one, clock, colors)} ${colors.dim(`(${one.step})`)}`;
    case 'reaction':
      return reactionWords(one.reaction, one.channel);
    case 'goal':
      return colors.green(`goal: ${one.event}${one.value === null ? '' : `, worth ${count(one.value)}`}`);
    case 'change':
      return changeWords(one, clock);
    case 'delay':
      return delayWords(one, clock);
    case 'return':
      return 'taken up again: the campaign had been removed, and was put back';
    case 'exit': {
      const back = one.until === undefined ? '' : `; put back before ${clock(one.until)}, it goes on from here`;
      return `left: ${exitWords(one.reason, one.exitEvents)}${back}`;
    }
  }
}

function delayWords({ cause, name, path, until }: Extract<Happening, { kind: 'delay' }>, clock: Clock): string {
  if (cause === 'removal') return `left: the campaign was removed; it was put back, and goes on from ${clock(until)}`;
  if (cause === 'data') return `waited for data until ${clock(until)}: ${path} could not be relied on`;
  return `${targetWords({ kind: cause, name })} was paused until ${clock(until)}`;
}

/** Returns an event that was taken back or corrected, in words. */
export function changeWords({ change, event, id, happenedAt }: EventChange, clock: Clock): string {
  const what = `${event} of ${clock(happenedAt)} (${shortId(id)})`;
  return change === 'corrected'
    ? `${what} was corrected by another row of its file`
    : `${what} was taken back: its source leaves the row out now`;
}

function messageWords(message: Message, clock: Clock, colors: Colors): string {
  const { at, finishedAt, heldSince } = message;
  const held = heldSince === null ? '' : `held from ${clock(heldSince)} by quiet hours, then `;
  // The outcome has its own time where it did not follow the decision at once.
  const later = finishedAt !== null && clock(finishedAt) !== clock(at) ? `decided; ${clock(finishedAt)} ` : '';
  return `${held}${later}${fateWords(message, clock, colors)}`;
}

function fateWords(message: Message, clock: Clock, colors: Colors): string {
  const { status, reason, detail, channel, exitEvents, suppressed } = message;
  const words =
    reason === null ? '' : `: ${refusalWords(reason, { channel, exitEvents, ...(suppressed && { suppressed }) })}`;
  const why = `${words}${detail === null ? '' : ` [${detailWords(detail)}]`}`;
  switch (status) {
    case 'sent':
      return colors.green('sent');
    case 'decided': {
      const paused = message.paused ? `: ${pausedWords(message.paused, clock)}` : '';
      return `decided, not sent yet${paused}${paused && why ? '; before that' : ''}${why}`;
    }
    case 'unknown':
      return `${colors.yellow('unknown whether it was sent')}${why}; it is not sent again`;
    case 'failed':
      return `${colors.red('failed')}${why}`;
    case 'expired':
      return `${colors.yellow('dropped as too late')}${reason === 'late' ? '' : words}`;
    case 'suppressed':
      return `${colors.yellow('not sent')}${words}`;
    default:
      return status;
  }
}

function reactionWords(reaction: string, channel: string): string {
  const words: Record<string, string> = {
    delivered: `the ${channel} message was delivered`,
    opened: `opened the ${channel} message`,
    clicked: `clicked in the ${channel} message`,
    bounced: `the ${channel} message came back (bounced)`,
    complained: `complained about the ${channel} message`,
    unsubscribed: `unsubscribed through the ${channel} message`,
  };
  return words[reaction] ?? `${reaction} (${channel})`;
}

function nowWords(
  { step, kind, until, held, paused, withheld }: NonNullable<EnrolmentStory['now']>,
  clock: Clock,
  asOf: AsOf | undefined,
): string {
  const causes = [
    ...(paused ? [pausedWords(paused, clock)] : []),
    ...(withheld ? [`it waits for data since ${clock(withheld.since)}: ${withheld.path}: ${withheld.why}`] : []),
  ];
  if (causes.length > 0) return `now: at step ${step}, and moves no further: ${causes.join('; ')}`;
  if (asOf && until <= asOf.now) {
    const last = asOf.lastTick === null ? 'there was none yet' : `the last one was for ${clock(asOf.lastTick)}`;
    return `now: at step ${step}, due since ${clock(until)}, and moves on at the next tick (${last})`;
  }
  if (held) return `now: quiet hours hold the message of step ${step} until ${clock(until)}`;
  const reason: Record<string, string> = { send: ' for a reaction', await: ' for an event' };
  const what = `waits at step ${step}${reason[kind] ?? ''}`;
  return `now: ${what} until ${clock(until)}`;
}

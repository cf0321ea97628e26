import pc from 'picocolors';
import type { EnrolmentStory, Entry, Happening } from '../../engine/report/story.ts';
import { printDuration } from '../../spec/expression/durations.ts';
import { clockFormat, count, indent, type ViewOptions } from './format.ts';
import { pausedWords } from './pause.ts';
import { exitWords, refusalWords } from './words.ts';

type Colors = ReturnType<typeof pc.createColors>;
type Message = Extract<Happening, { kind: 'message' }>;

/** One enrolment, a line a happening, on the customer's own clock. */
export function renderEnrolment(enrolment: EnrolmentStory, zone: string, view: ViewOptions): string[] {
  const colors = pc.createColors(view.color);
  const clock = clockFormat(zone);
  const { campaign, title, version, entered, arms, timeline, now } = enrolment;
  const line = (at: number, text: string) => `${colors.dim(clock(at))}  ${text}`;
  const arm = arms.map(({ name, control }) => `${name}${control ? ' (control)' : ''}`).join(', then ');
  return [
    `${colors.bold(campaign)}${title === undefined ? '' : ` "${title}"`} ${colors.dim(`version ${version}`)}`,
    ...indent([
      line(entered.at, `entered: ${entryWords(entered, clock)}`),
      ...(arm === '' ? [] : [`${' '.repeat(clock(entered.at).length)}  drawn into arm ${arm}`]),
      ...timeline.map((one) => line(one.at, happeningWords(one, clock, colors))),
      ...(now ? [nowWords(now, clock)] : []),
    ]),
  ];
}

type Clock = (at: number) => string;

function entryWords(entry: Entry, clock: Clock): string {
  const since = clock(entry.cause) === clock(entry.at) ? '' : ` at ${clock(entry.cause)}`;
  switch (entry.by) {
    case 'event':
      return `${entry.title ?? entry.event}${since} (${entry.title === undefined ? 'event' : entry.event} ${entry.id})`;
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
    case 'return':
      return 'taken up again: the campaign had been removed, and was put back';
    case 'exit': {
      const back = one.until === undefined ? '' : `; put back before ${clock(one.until)}, it goes on from here`;
      return `left: ${exitWords(one.reason, one.exitEvents)}${back}`;
    }
  }
}

function messageWords(message: Message, clock: Clock, colors: Colors): string {
  const { status, reason, detail, channel, exitEvents } = message;
  const held = message.heldSince === null ? '' : `held from ${clock(message.heldSince)} by quiet hours, then `;
  const why = reason === null ? '' : `: ${refusalWords(reason, { channel, exitEvents })}`;
  const said = detail === null ? '' : ` [${detail}]`;
  switch (status) {
    case 'sent':
      return `${held}${colors.green('sent')}`;
    case 'decided':
      return `${held}decided, not sent yet${why}${message.paused ? `: ${pausedWords(message.paused, clock)}` : ''}${said}`;
    case 'claimed':
      return `${held}being sent`;
    case 'unknown':
      return `${held}${colors.yellow('unknown whether it was sent')}${why}${said}`;
    case 'failed':
      return `${held}${colors.red('failed')}${why}${said}`;
    case 'expired':
      return `${held}${colors.yellow('dropped as too late')}${reason === 'late' ? '' : why}`;
    default:
      return `${held}${colors.yellow('not sent')}${why}`;
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

function nowWords({ step, kind, until, held, paused }: NonNullable<EnrolmentStory['now']>, clock: Clock): string {
  if (paused) return `now: at step ${step}, and moves no further: ${pausedWords(paused, clock)}`;
  if (held) return `now: quiet hours hold the message of step ${step} until ${clock(until)}`;
  const reason: Record<string, string> = { send: ' for a reaction', await: ' for an event' };
  const what = `waits at step ${step}${reason[kind] ?? ''}`;
  return `now: ${what} until ${clock(until)}`;
}

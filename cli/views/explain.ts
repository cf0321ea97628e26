import pc from 'picocolors';
import type { Story } from '../../engine/report/story.ts';
import { clockFormat, indent, printable, type ViewOptions } from './format.ts';
import { lostWords } from './losses.ts';
import { byEntry, liftWords, reasonWords, whereWords } from './suppression.ts';
import { changeWords, renderEnrolment } from './timeline.ts';
import { dataWaitLines } from './waits.ts';

/** The story of one customer, on their own clock. `now`: epoch milliseconds. */
export function renderStory(told: Story, view: ViewOptions, now: number): string {
  const story = printable(told);
  const clock = clockFormat(story.zone.name, story.tick);
  const asOf = { now, lastTick: story.lastTick };
  const lines = [
    ...headLines(story, view),
    ...section('Waiting for data', dataWaitLines(story.withheld, clock), view),
    ...permissionLines(story, view),
    ...changeLines(story, view),
    ...(story.enrolments.length === 0 ? ['', 'Has never entered a campaign.'] : []),
    ...story.enrolments.flatMap((one) => ['', ...renderEnrolment(one, clock, view, asOf)]),
    '',
    `\`crm customer ${/^[\w.@+-]+$/.test(story.customer) ? story.customer : '<customer>'}\` shows the attributes, the segments and the events.`,
  ];
  return `${lines.join('\n')}\n`;
}

/** The customer, and what may be sent now. `story`: safe to print. */
export function headLines(story: Story, view: ViewOptions): string[] {
  const { bold } = pc.createColors(view.color);
  const clock = clockFormat(story.zone.name, story.tick);
  const others = story.ids.filter((id) => id !== story.customer);
  return [
    `${bold(`Customer ${story.customer}`)}${others.length > 0 ? `, also known as ${others.join(', ')}` : ''}`,
    `Times are in ${story.zone.name}${story.zone.own ? '' : ", the project's zone: the customer has none"}.`,
    ...(story.removedAt === undefined
      ? []
      : [`Gets nothing: no file of customers names the customer, since ${clock(story.removedAt)}.`]),
    ...unheardWords(story),
    `Has consented to: ${story.subscribed.length > 0 ? story.subscribed.join(', ') : 'nothing'}.`,
    ...suppressedWords(story, clock),
  ];
}

/** A customer whom a removal has been said of is not named either, but for another reason. */
function unheardWords({ unheard, removedAt }: Story): string[] {
  if (!unheard || removedAt !== undefined) return [];
  const rows = unheard.length === 0 ? '' : ` ${lostWords(unheard)} The customer may be in one of them.`;
  return [`No file of customers has a value of this one: known from events and lists alone.${rows}`];
}

/** The ledgers of consent and suppressions. */
export function permissionLines(story: Story, view: ViewOptions): string[] {
  const clock = clockFormat(story.zone.name, story.tick);
  return [
    ...section(
      'Consent',
      story.consent.map(
        ({ at, channel, granted, path }) =>
          `${clock(at)}  ${channelWords(channel)} ${granted ? 'given' : 'withdrawn'}${path === null ? '' : ` (${path})`}`,
      ),
      view,
    ),
    ...section(
      'Suppressed',
      story.suppressions.map(
        ({ at, channel, reason, about }) =>
          `${clock(at)}  ${channelWords(channel)}: ${reasonWords(reason, about !== 'customer')}${about === 'earlier-address' ? ' (an earlier address)' : ''}`,
      ),
      view,
    ),
  ];
}

/** The events that were taken back or corrected, by when that was read. */
export function changeLines({ changes = [], zone, tick }: Story, view: ViewOptions): string[] {
  const clock = clockFormat(zone.name, tick);
  const lines = changes.map((one) => `${clock(one.at)}  ${changeWords(one, clock)}`);
  return section('Events taken back or corrected', lines, view);
}

function channelWords(channel: string): string {
  return channel === '*' ? 'every channel' : channel;
}

/** Lines under a title, after an empty one; none where there are none. */
export function section(title: string, inner: string[], view: ViewOptions): string[] {
  return inner.length > 0 ? ['', pc.createColors(view.color).bold(title), ...indent(inner)] : [];
}

/** Consent is of no use there, so this comes with it. */
function suppressedWords({ customer, suppressed, channels }: Story, clock: Clock): string[] {
  return byEntry(suppressed.map((one) => ({ customer, ...one }))).map((entry) => {
    const [{ word, reason, since, by_address }] = entry;
    const where = whereWords(entry, channels);
    const what = by_address ? 'the address is' : 'the customer is';
    const lift = `\`${liftWords(customer, word)}\` ends that.`;
    return `Gets nothing on ${where === 'every channel' ? 'any channel' : where}: ${what} suppressed, since ${clock(since)} (${reasonWords(reason, by_address)}). ${lift}`;
  });
}

type Clock = (at: number) => string;

/** One value, versioned; instants are ISO 8601. */
export function storyJson(story: Story): Record<string, unknown> {
  const instants = new Set([
    'at',
    'cause',
    'until',
    'finishedAt',
    'heldSince',
    'happenedAt',
    'since',
    'removedAt',
    'lastTick',
  ]);
  const iso = (value: unknown, key = ''): unknown => {
    if (typeof value === 'number') return instants.has(key) ? new Date(value).toISOString() : value;
    if (Array.isArray(value)) return value.map((part) => iso(part));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, iso(part, name)]));
  };
  return { format: 1, type: 'story', ...(iso(story) as Record<string, unknown>) };
}

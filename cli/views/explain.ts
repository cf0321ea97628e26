import pc from 'picocolors';
import type { Story } from '../../engine/report/story.ts';
import { percent } from '../../spec/words/printing.ts';
import { t } from '../../spec/words/t.ts';
import { clockFormat, indent, moneyFormat, printable, shortId, type ViewOptions } from './format.ts';
import { lostWords } from './losses.ts';
import { byEntry, channelNames, idWord, liftAdvice, reasonWords } from './suppression.ts';
import { changeWords, renderEnrolment } from './timeline.ts';
import { dataWaitLines } from './waits.ts';
import { hang } from './wrap.ts';

/** Renders the story of one customer, with times in the customer's zone. `now`: epoch milliseconds. */
export function renderStory(raw: Story, project: Currency, { view, now }: { view: ViewOptions; now: number }): string {
  const story = printable(raw);
  const clock = clockFormat(story.zone.name, story.tick);
  const options = { ...view, clock, money: moneyFormat(project), asOf: { now, lastTick: story.lastTick } };
  const id = idWord(story.customer);
  const lines = [
    ...headLines(story, view),
    ...section(t`Waiting for data`, dataWaitLines(story.withheld, clock, view.width - 2), view),
    ...permissionLines(story, view),
    ...changeLines(story, view),
    ...(story.enrolments.length === 0 ? ['', t`Has never entered a campaign.`] : []),
    ...story.enrolments.flatMap((one) => ['', ...renderEnrolment(one, options)]),
    '',
    ...hang('', t`\`crm customer ${id}\` shows the attributes, the segments and the events.`, view.width, 0),
  ];
  return `${lines.join('\n')}\n`;
}

type Currency = Parameters<typeof moneyFormat>[0];

/** Returns the lines about the customer and what may be sent now. `story`: must be safe to print. */
export function headLines(story: Story, view: ViewOptions): string[] {
  const clock = clockFormat(story.zone.name, story.tick);
  return [
    nameWords(story, view),
    story.zone.own
      ? t`Times are in ${story.zone.name}.`
      : t`Times are in ${story.zone.name}, the project's zone: the customer has none.`,
    ...(story.removedAt === undefined
      ? []
      : [t`Gets nothing: no file of customers names the customer, since ${clock(story.removedAt)}.`]),
    ...unnamedWords(story),
    story.subscribed.length > 0 ? t`Has consented to: ${story.subscribed.join(', ')}.` : t`Has consented to: nothing.`,
    ...suppressedWords(story, clock),
    ...stageWords(story),
  ].flatMap((line) => hang('', line, view.width, 2));
}

function nameWords({ customer, ids }: Story, view: ViewOptions): string {
  const { bold } = pc.createColors(view.color);
  const others = ids.filter((id) => id !== customer).map(shortId);
  const name = bold(t`Customer ${shortId(customer)}`);
  return others.length > 0 ? t`${name}, also known as ${others.join(', ')}` : name;
}

function stageWords({ outsideStage = [] }: Story): string[] {
  return outsideStage.map(({ campaign, share, version }) =>
    version === undefined
      ? t`Does not enter ${campaign} yet: the present stage of its rollout has ${percent(share)} of the customers, and not this one.`
      : t`Enters version ${version} of ${campaign}, the one before: the present stage of its change has ${percent(share)} of the customers, and not this one.`,
  );
}

/** Returns that no file of customers names the customer, unless the removal of the customer has been shown as the reason. */
function unnamedWords({ unheard, removedAt }: Story): string[] {
  if (!unheard || removedAt !== undefined) return [];
  const known = t`No file of customers has a value of this one: known from events and lists alone.`;
  return [unheard.length === 0 ? known : t`${known} ${lostWords(unheard)} The customer may be in one of them.`];
}

/** Returns the ledgers of consent and suppressions. */
export function permissionLines(story: Story, view: ViewOptions): string[] {
  const clock = clockFormat(story.zone.name, story.tick);
  const line = (at: number, words: string) => hang(`${clock(at)}  `, words, view.width - 2);
  return [
    ...section(
      t`Consent`,
      story.consent.flatMap(({ at, channel, granted, path }) => {
        const where = channelWords(channel);
        const file = path === null ? '' : ` (${path})`;
        return line(at, `${granted ? t`${where} given` : t`${where} withdrawn`}${file}`);
      }),
      view,
    ),
    ...section(
      t`Suppressed`,
      story.suppressions.flatMap(({ at, channel, reason, about }) => {
        const why = reasonWords(reason, about !== 'customer');
        const words = `${channelWords(channel)}: ${why}`;
        return line(at, about === 'earlier-address' ? t`${words} (an earlier address)` : words);
      }),
      view,
    ),
  ];
}

/** Returns the events that were taken back or corrected, ordered by when that was read. */
export function changeLines({ changes = [], zone, tick }: Story, view: ViewOptions): string[] {
  const clock = clockFormat(zone.name, tick);
  const lines = changes.flatMap((one) => hang(`${clock(one.at)}  `, changeWords(one, clock), view.width - 2));
  return section(t`Events taken back or corrected`, lines, view);
}

function channelWords(channel: string): string {
  return channel === '*' ? t`every channel` : channel;
}

/** Returns lines under a title, after an empty line; nothing if there are no lines. */
export function section(title: string, inner: string[], view: ViewOptions): string[] {
  return inner.length > 0 ? ['', pc.createColors(view.color).bold(title), ...indent(inner)] : [];
}

/** Returns the suppressions in force. They are shown with the consent, which has no effect on a suppressed channel. */
function suppressedWords({ customer, suppressed, channels }: Story, clock: Clock): string[] {
  return byEntry(suppressed.map((one) => ({ customer, ...one }))).map((entry) => {
    const [{ word, reason, since, by_address }] = entry;
    const names = channelNames(entry, channels);
    const at = clock(since);
    const why = reasonWords(reason, by_address);
    const lift = liftAdvice({ customer, word, reason });
    if (names === undefined)
      return by_address
        ? t`Gets nothing on any channel: the address is suppressed, since ${at} (${why}). ${lift}`
        : t`Gets nothing on any channel: the customer is suppressed, since ${at} (${why}). ${lift}`;
    return by_address
      ? t`Gets nothing on ${names}: the address is suppressed, since ${at} (${why}). ${lift}`
      : t`Gets nothing on ${names}: the customer is suppressed, since ${at} (${why}). ${lift}`;
  });
}

type Clock = (at: number) => string;

/** Returns the story as one versioned JSON value; instants are ISO 8601. */
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
    'next',
  ]);
  const iso = (value: unknown, key = ''): unknown => {
    if (typeof value === 'number') return instants.has(key) ? new Date(value).toISOString() : value;
    if (Array.isArray(value)) return value.map((part) => iso(part));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, iso(part, name)]));
  };
  return { format: 1, type: 'story', ...(iso(story) as Record<string, unknown>) };
}

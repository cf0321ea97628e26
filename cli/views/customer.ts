import pc from 'picocolors';
import stringWidth from 'string-width';
import type { Known } from '../../engine/inspect/customer.ts';
import type { KnownEvent } from '../../engine/inspect/events.ts';
import type { Hit } from '../../engine/inspect/find-customers.ts';
import type { EnrolmentStory } from '../../engine/report/story.ts';
import type { Project } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { changeLines, headLines, permissionLines, section, storyJson } from './explain.ts';
import { clockFormat, indent, many, moneyFormat, printable, quoted, shortId, type ViewOptions } from './format.ts';
import { readableAddress } from './readable-address.ts';
import { table } from './table.ts';
import { renderEnrolment } from './timeline.ts';
import { type Values, valueText } from './values.ts';
import { dataWaitLines } from './waits.ts';
import { hang } from './wrap.ts';

/** The number of ended journeys that are shown. */
const ENDED = 5;

/** Renders everything that is known about a customer, with times in the customer's zone. */
export function knownText(raw: Known, project: Project, { view, now }: { view: ViewOptions; now: number }): string {
  const { ahead } = raw;
  const { story, attributes, segments, events } = printable({ ...raw, ahead: undefined });
  const clock = clockFormat(story.zone.name, story.tick);
  const values: Values = { project, clock };
  const options = { ...view, clock, money: moneyFormat(project), asOf: { now, lastTick: story.lastTick } };
  const active = story.enrolments.filter((one) => one.now);
  const ended = story.enrolments.filter((one) => !one.now);
  const label = ({ name, title }: { name: string; title?: string }) =>
    title === undefined ? name : `${name} ${quoted(title)}`;
  const journey = (one: EnrolmentStory) => [
    '',
    ...renderEnrolment(one, options),
    ...aheadLines(printable(ahead.get(one.campaign) ?? []), one, view),
  ];
  const left = events.count - events.latest.length;
  const lines = [
    ...headLines(story, view),
    ...section(t`Attributes`, attributeLines(attributes, values, view), view),
    ...section(
      t`In segments`,
      segments.flatMap((one) => hang('', label(one), view.width - 2, 2)),
      view,
    ),
    ...permissionLines(story, view),
    ...section(
      t`Events`,
      [...eventLines(events.latest, values, view), ...(left > 0 ? [t`and ${left} earlier`] : [])],
      view,
    ),
    ...changeLines(story, view),
    ...section(t`Waiting for data`, dataWaitLines(story.withheld, clock, view.width - 2), view),
    ...(story.enrolments.length === 0 ? ['', t`Has never entered a campaign.`] : []),
    ...active.flatMap(journey),
    ...ended.slice(-ENDED).flatMap(journey),
    ...(ended.length > ENDED ? ['', earlierWords(ended.length - ENDED)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function earlierWords(n: number): string {
  return n === 1
    ? t`${many(n, 'earlier journey')} is in \`crm explain\`.`
    : t`${many(n, 'earlier journey')} are in \`crm explain\`.`;
}

function aheadLines(ahead: string[], { now }: EnrolmentStory, view: ViewOptions): string[] {
  return now && ahead.length > 0 ? indent(hang('', t`then: ${ahead.join('; ')}`, view.width - 2, 2)) : [];
}

function attributeLines(attributes: Known['attributes'], values: Values, view: ViewOptions): string[] {
  const width = Math.max(0, ...attributes.map(({ name }) => stringWidth(name)));
  return attributes.flatMap(({ name, type, value }) => {
    const blanks = ' '.repeat(width - stringWidth(name));
    return hang(`${name}${blanks}  `, valueText(type, value, values), view.width - 2);
  });
}

function eventLines(events: KnownEvent[], values: Values, view: ViewOptions): string[] {
  const rows = events.map(({ kind, id, at, fields }) => {
    const facts = fields.map(({ name, type, value }) => `${name} ${valueText(type, value, values)}`);
    return [values.clock(at), kind, shortId(id), facts.join(', ')];
  });
  const columns = [
    { title: t`at`, whole: true },
    { title: t`event` },
    { title: 'id', whole: true },
    { title: t`fields` },
  ];
  return rows.length === 0 ? [] : table(columns, rows, view.width - 2);
}

/** Renders the list of customers whom a text matches. */
export function hitLines(whom: string, { hits, more }: { hits: Hit[]; more: boolean }, view: ViewOptions): string {
  const { bold } = pc.createColors(view.color);
  const rows = hits.map(({ id, told }) => [id, told.map(readableAddress).join(', ')]);
  const [number, text] = [many(hits.length, 'customer'), printable(whom)];
  const lines = [
    ...hang('', more ? t`More than ${number} for "${text}"` : t`${number} for "${text}"`, view.width, 2).map(bold),
    ...table([{ title: 'id' }, { title: t`is` }], printable(rows), view.width),
    ...(more ? [t`and more: write more of the name`] : []),
    t`\`crm customer <id>\` shows one.`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Returns the customer as one versioned JSON value; instants are ISO 8601. */
export function knownJson({ story, attributes, segments, events, ahead }: Known, basis: string) {
  const iso = (at: number) => new Date(at).toISOString();
  const { format, type: _, ...rest } = storyJson(story);
  const plain = (fields: { name: string; type: string; value: unknown }[]) =>
    Object.fromEntries(fields.map(({ name, type, value }) => [name, type === 'instant' ? iso(Number(value)) : value]));
  return {
    format,
    type: 'customer',
    basis,
    ...rest,
    attributes: plain(attributes),
    segments: segments.map(({ name }) => name),
    events: events.latest.map(({ fields, at, ...event }) => ({ ...event, at: iso(at), fields: plain(fields) })),
    eventCount: events.count,
    ahead: Object.fromEntries(ahead),
  };
}

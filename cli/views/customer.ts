import pc from 'picocolors';
import type { Known } from '../../engine/look/customer.ts';
import type { KnownEvent } from '../../engine/look/events.ts';
import type { Hit } from '../../engine/look/find-customers.ts';
import type { EnrolmentStory } from '../../engine/report/story.ts';
import type { Project } from '../../spec/model/model.ts';
import { changeLines, headLines, permissionLines, section, storyJson } from './explain.ts';
import { clockFormat, count, indent, many, printable, shortId, type ViewOptions } from './format.ts';
import { table } from './table.ts';
import { renderEnrolment } from './timeline.ts';
import { type Values, valueText } from './values.ts';
import { dataWaitLines } from './waits.ts';

/** The journeys that have ended and are shown. */
const ENDED = 5;

/** All that is known of a customer, on their own clock. */
export function knownText(told: Known, project: Project, { view, now }: { view: ViewOptions; now: number }): string {
  const { ahead } = told;
  const { story, attributes, segments, events } = printable({ ...told, ahead: undefined });
  const clock = clockFormat(story.zone.name, story.tick);
  const values: Values = { project, clock };
  const asOf = { now, lastTick: story.lastTick };
  const active = story.enrolments.filter((one) => one.now);
  const ended = story.enrolments.filter((one) => !one.now);
  const label = ({ name, title }: { name: string; title?: string }) =>
    title === undefined ? name : `${name} "${title}"`;
  const journey = (one: EnrolmentStory) => [
    '',
    ...renderEnrolment(one, clock, view, asOf),
    ...aheadLines(printable(ahead.get(one.campaign) ?? []), one),
  ];
  const left = events.count - events.latest.length;
  const lines = [
    ...headLines(story, view),
    ...section('Attributes', attributeLines(attributes, values), view),
    ...section('In segments', segments.map(label), view),
    ...permissionLines(story, view),
    ...section(
      'Events',
      [...eventLines(events.latest, values, view), ...(left > 0 ? [`and ${count(left)} earlier`] : [])],
      view,
    ),
    ...changeLines(story, view),
    ...section('Waiting for data', dataWaitLines(story.withheld, clock), view),
    ...(story.enrolments.length === 0 ? ['', 'Has never entered a campaign.'] : []),
    ...active.flatMap(journey),
    ...ended.slice(-ENDED).flatMap(journey),
    ...(ended.length > ENDED
      ? [
          '',
          `${many(ended.length - ENDED, 'earlier journey')} ${ended.length - ENDED === 1 ? 'is' : 'are'} in \`crm explain\`.`,
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function aheadLines(ahead: string[], { now }: EnrolmentStory): string[] {
  return now && ahead.length > 0 ? indent([`then: ${ahead.join('; ')}`]) : [];
}

function attributeLines(attributes: Known['attributes'], values: Values): string[] {
  const width = Math.max(0, ...attributes.map(({ name }) => name.length));
  return attributes.map(({ name, type, value }) => `${name.padEnd(width)}  ${valueText(type, value, values)}`);
}

function eventLines(events: KnownEvent[], values: Values, view: ViewOptions): string[] {
  const rows = events.map(({ kind, id, at, fields }) => {
    const facts = fields.map(({ name, type, value }) => `${name} ${valueText(type, value, values)}`);
    return [values.clock(at), kind, shortId(id), facts.join(', ')];
  });
  const columns = ['at', 'event', 'id', 'fields'].map((title) => ({ title }));
  return rows.length === 0 ? [] : table(columns, rows, view.width - 2);
}

/** The list of customers, when a text means several. */
export function hitLines(whom: string, { hits, more }: { hits: Hit[]; more: boolean }, view: ViewOptions): string {
  const { bold } = pc.createColors(view.color);
  const rows = hits.map(({ id, told }) => [id, told.join(', ')]);
  const number = `${more ? 'More than ' : ''}${many(hits.length, 'customer')}`;
  const lines = [
    bold(`${number} ${printable(`for "${whom}"`)}`),
    ...table([{ title: 'id' }, { title: 'is' }], printable(rows), view.width),
    ...(more ? ['and more: write more of the name'] : []),
    '`crm customer <id>` shows one.',
  ];
  return `${lines.join('\n')}\n`;
}

/** One value, versioned; instants are ISO 8601. */
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

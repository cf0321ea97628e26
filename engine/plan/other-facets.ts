import type { Field, Source, StatedConsent, ValueWriting } from '../../spec/model/data.ts';
import type { Channel, FrequencyCap, Holdout, Policies, Project } from '../../spec/model/model.ts';
import type { Template } from '../../spec/model/template.ts';
import type { Transport } from '../../spec/model/transports.ts';
import { printDuration } from '../../spec/words/durations.ts';
import { canonical } from '../program/hash.ts';
import type { Program } from '../program/program.ts';
import { type Facet, facet } from './facets.ts';
import { clock } from './step-text.ts';

export function projectFacets(project: Project): Facet[] {
  const { from, seed, engagement } = project.simulation;
  return [
    ...facet('name', project.name),
    ...facet('timezone', project.timezone),
    ...facet('locale', project.locale),
    ...facet('currency', project.currency),
    ...facet('tick', printDuration(project.tick)),
    ...facet('segments_refresh', printDuration(project.refresh)),
    ...facet('store', project.store),
    ...facet('simulation.from', from === undefined ? undefined : new Date(from).toISOString()),
    ...facet('simulation.seed', seed),
    ...Object.entries(engagement).flatMap(([channel, { open, click }]) =>
      facet(`simulation.engagement.${channel}`, `open ${percent(open)}, click ${percent(click)}`),
    ),
  ];
}

export function sourceFacets(sources: Source[]): Facet[] {
  const text = sources.map(sourceText);
  return facet('from', text.length > 0 ? text.join(', ') : undefined);
}

function sourceText({
  path,
  rename,
  encoding,
  delimiter,
  each,
  ids,
  timezone,
  fields = {},
  where = {},
  unless = {},
  consent = [],
  known = [],
  ...all
}: Source): string {
  const parts = [
    ...byName(rename).map(([column, name]) => `${column} as ${[name].flat().join(' and ')}`),
    ...(encoding === undefined ? [] : [`encoding ${encoding}`]),
    ...(delimiter === undefined ? [] : [`delimiter ${JSON.stringify(delimiter)}`]),
    ...(each === undefined ? [] : [`each of ${each}`]),
    ...(ids === undefined ? [] : [`ids by ${ids}`]),
    ...(timezone === undefined ? [] : [`times of ${timezone}`]),
    ...writingText(all),
    ...byName(fields).map(([name, field]) => `${name}: ${writingText(field).join(', ')}`),
    ...byName(where).map(([column, values]) => `where ${column} is ${valuesText(values)}`),
    ...byName(unless).map(([column, values]) => `unless ${column} is ${valuesText(values)}`),
    ...consent.map(consentText),
    ...(known.length > 0 ? [`${known.length} ${known.length === 1 ? 'column' : 'columns'} known`] : []),
  ];
  return parts.length > 0 ? `${path} (${parts.join(', ')})` : path;
}

/** An empty text is an empty cell. */
function valuesText(values: string[]): string {
  return values.map((value) => (value === '' ? 'empty' : value)).join(' or ');
}

function consentText(stated: StatedConsent): string {
  const since = stated.at === undefined ? '' : ` since ${stated.at}`;
  if ('column' in stated) return `consent to ${stated.channel} by ${stated.column}${since}`;
  if ('refusal' in stated) return `no consent to ${stated.channel} by ${stated.refusal}${since}`;
  return `${stated.always === 'yes' ? '' : 'no '}consent to ${stated.channel} of all${since}`;
}

function writingText({ dates, decimal, values, between }: ValueWriting): string[] {
  return [
    ...(dates === undefined ? [] : [`dates ${dates.join(' or ')}`]),
    ...(decimal === undefined ? [] : [`decimal ${JSON.stringify(decimal)}`]),
    ...byName(values ?? {}).map(([word, meaning]) => `${word} means ${meaning === '' ? 'nothing' : meaning}`),
    ...(between === undefined ? [] : [`between ${between.map((text) => JSON.stringify(text)).join(' and ')}`]),
  ];
}

/** Returns the entries ordered by key, because a stored program has its keys in order. */
function byName<T>(entries: Record<string, T>): [string, T][] {
  return Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
}

export function fieldFacets(prefix: string, fields: Field[]): Facet[] {
  return fields.flatMap((field) => facet(`${prefix}.${field.name}`, fieldText(field), canonical(field)));
}

function fieldText({ type, pii, title, items }: Field): string {
  const inner = items ? ` of ${items.map((item) => `${item.name}: ${fieldText(item)}`).join(', ')}` : '';
  return `${type}${inner}${pii ? ', personal' : ''}${title === undefined ? '' : `, "${title}"`}`;
}

export function channelFacets(channel: Channel): Facet[] {
  const { resendUnknown, rate } = channel;
  return [
    ...facet('kind', channel.kind),
    ...facet('address', channel.address),
    ...facet('transport', transportText(channel.transport), canonical(channel.transport)),
    ...facet('price', String(channel.price)),
    ...facet('rate', rate === undefined ? undefined : `${rate} per second`),
    ...facet('from', channel.from),
    ...facet('unsubscribe', channel.unsubscribe),
    ...facet('resend_unknown', resendUnknown === undefined ? undefined : resendUnknown ? 'yes' : 'no'),
  ];
}

/** Only references should be in the file, but a plan is read by many: it shows no credentials, whatever the file holds. */
function transportText({ kind, ...settings }: Transport): string {
  return [kind, ...Object.values(settings)].join(' ').replace(/\/\/[^/]*@/, '//');
}

export function policyFacets({ quietHours, caps }: Policies): Facet[] {
  const quiet =
    quietHours &&
    `${clock(quietHours.from)} to ${clock(quietHours.to)}, ${quietHours.otherwise}${
      quietHours.transactional ? ', transactional messages too' : ''
    }`;
  return [
    ...facet('quiet_hours', quiet),
    ...caps.flatMap((cap) => facet(`caps.${cap.name}`, capText(cap))),
    // Caps are asked in their order, which may decide under which name a message is refused.
    ...facet('order of caps', caps.length > 1 ? caps.map((cap) => cap.name).join(', ') : undefined),
  ];
}

function capText({ max, per, channel, campaign }: FrequencyCap): string {
  const among = [channel && `channel ${channel}`, campaign && `campaign ${campaign}`].filter(Boolean).join(', ');
  const period = per === 'calendar day' ? per : printDuration(per);
  return `at most ${max} per ${period}${among ? `, ${among}` : ''}`;
}

export function holdoutFacets({ share, salt, campaigns }: Holdout): Facet[] {
  return [
    ...facet('share', percent(share / 10_000)),
    ...facet('salt', salt),
    ...facet('campaigns', campaigns?.join(', ') ?? 'all that are marketing'),
  ];
}

export function variableFacets(variables: Program['variables']): Facet[] {
  return Object.entries(variables).flatMap(([name, value]) => facet(name, String(value)));
}

export function templateFacets({ variants }: Template): Facet[] {
  return variants.flatMap((variant) => {
    const prefix = variant.locale ?? 'any locale';
    return [
      ...facet(`${prefix}.path`, variant.path),
      ...facet(`${prefix}.subject`, variant.subject),
      ...facet(`${prefix}.preheader`, variant.preheader),
      ...facet(`${prefix}.body`, variant.body),
    ];
  });
}

function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`;
}

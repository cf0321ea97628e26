import type { Code } from '../diagnostics/codes.ts';
import type { SourceFile } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';
import type { Place } from '../document/place.ts';
import type { Variables } from '../document/variables.ts';
import type { Expected } from '../expression/check.ts';
import { compileExpression } from '../expression/compile.ts';
import { type ChannelKind, channelKinds, reachesCustomers } from '../model/channel-kinds.ts';
import type { DataModel, EventKind, Field, Rfm } from '../model/data.ts';
import type { Expression } from '../model/expression.ts';
import type { NamedCascade, Origins } from '../model/model.ts';
import type { Template, TemplatePartial } from '../model/template.ts';
import { type NamedKind, nameHelp } from '../words/names.ts';
import { t } from '../words/t.ts';
import type { Contents } from './contents.ts';
import type { Doubt } from './doubt.ts';

/** The event that an expression or a template may refer to: its kind, none, or one that is wrong and reported already. */
export type EventScope = EventKind | 'none' | 'unknown';

/** The tables in which the checks of segments and campaigns look names up. */
export interface Context {
  report: Report;
  doubt: Doubt;
  origins: Origins;
  data: DataModel;
  segments: string[];
  /** The segments that are lists. */
  lists: ReadonlySet<string>;
  /** The kind is absent where the channel is wrong and reported already. */
  channels: Map<string, ChannelKind | undefined>;
  /** Absent where the cascade is wrong and reported already. */
  cascades: Map<string, NamedCascade | undefined>;
  campaigns: string[];
  /** Absent where the project is wrong and reported already. */
  locale?: string;
  currency?: string;
  variables: Variables;
  rfm?: Rfm;
  /** See Scope. */
  instead?: string;
  files: SourceFile[];
  templates: Template[];
  partials: TemplatePartial[];
}

/** The channels by which customers are reached. */
function reaching(channels: Context['channels']): string[] {
  return [...channels].flatMap(([name, kind]) => (kind && !reachesCustomers(kind) ? [] : [name]));
}

/** The expression at a place; undefined where there is none or it is wrong. */
export function expressionAt(
  context: Context,
  text: string | undefined,
  place: Place,
  event: EventScope = 'none',
  expected: Expected = 'condition',
): Expression | undefined {
  if (text === undefined) return undefined;
  const { data, segments, channels, currency, rfm, variables, report, doubt } = context;
  const scope = {
    data,
    segments,
    channels: reaching(channels),
    ...(currency !== undefined && { currency }),
    ...(rfm && { rfm }),
    variables,
    ...(typeof event === 'object' && { event }),
    ...(context.instead !== undefined && { instead: context.instead }),
  };
  const { expression, problems } = compileExpression(text, scope, expected);
  for (const { code, message, start, end, help } of problems) {
    const words = text.slice(start, end);
    if (event === 'unknown' && /\bevent\b/.test(words)) continue;
    if (!doubt.aboutData() && !doubt.about(words))
      report.error(code, place.inside(start, end), message.replace(/\.$/, ''), help);
  }
  return problems.length === 0 ? expression : undefined;
}

/** The kind of an event by name, which is the value at `place` or its key. */
export function eventAt(
  context: Context,
  name: string | undefined,
  place: Place,
  by: 'value' | 'key' = 'value',
): EventScope {
  if (name === undefined) return 'unknown';
  const found = context.data.events.find((event) => event.name === name);
  if (found) return found;
  const names = context.data.events.map((event) => event.name);
  unknownName(context, { code: 'CRM4003', what: 'event', name, names, place, by });
  return 'unknown';
}

/** The customer attribute of a name. `fits`: those that may be meant. */
export function attributeAt(
  context: Context,
  name: string | undefined,
  place: Place,
  fits: (field: Field) => boolean,
  by: 'value' | 'key' = 'value',
): Field | undefined {
  const { attributes } = context.data.customers;
  const found = attributes.find((field) => field.name === name);
  if (found || name === undefined) return found;
  const names = attributes.filter(fits).map((field) => field.name);
  unknownName(context, { code: 'CRM4007', what: 'attribute', name, names, place, by });
  return undefined;
}

/** Reports a segment that does not exist. */
export function checkSegment(context: Context, name: string | undefined, place: Place): void {
  if (name === undefined || context.segments.includes(name)) return;
  unknownName(context, { code: 'CRM4002', what: 'segment', name, names: context.segments, place });
}

/** Reports a channel that does not exist, named by the value at `place` or by its key. */
export function checkChannel(context: Context, name: string | undefined, place: Place, by: 'value' | 'key'): void {
  if (name === undefined || context.channels.has(name)) return;
  unknownName(context, { code: 'CRM4004', what: 'channel', name, names: [...context.channels.keys()], place, by });
}

/** Reports the channels of consent in customers' files that are neither a channel nor a kind of channels. */
export function checkConsentChannels({ columnConsents }: Contents, context: Context): void {
  const kinds: string[] = channelKinds.filter(reachesCustomers);
  for (const name of Object.keys(columnConsents?.value ?? {}))
    if (columnConsents && !kinds.includes(name)) checkChannel(context, name, columnConsents.place.at(name), 'key');
}

interface Unknown {
  code: Code;
  what: NamedKind;
  name: string;
  names: string[];
  place: Place;
  by?: 'value' | 'key';
  /** Another possible remedy. */
  also?: string;
}

export function unknownName(context: Context, { code, what, name, names, place, by = 'value', also }: Unknown): void {
  const section =
    what === 'event' || what === 'attribute' ? context.doubt.aboutData() : context.doubt.about(`${what}s`);
  if (section || context.doubt.about(name)) return;
  const range = by === 'key' ? place.key : place.value;
  context.report.error(
    code,
    range,
    t`There is no ${what} \`${name}\``,
    [nameHelp(name, names, `${what}s`), also ?? []].flat().join(' '),
  );
}

import { Document, type Node, visit } from 'yaml';
import type * as written from '../document/document.generated.ts';
import { escapedText } from '../document/variables.ts';
import { printExpression } from '../expression/print.ts';
import type { ConsentColumns, DataModel, EventKind, Field, Source } from '../model/data.ts';
import type { Channel, FrequencyCap, Holdout, Model, Policies, Project, Segment } from '../model/model.ts';
import { printDuration } from '../words/durations.ts';
import { readRate } from '../words/readings.ts';
import { writtenTest } from './tests/written-tests.ts';
import { writtenCampaign, writtenNamedCascade } from './written-campaign.ts';
import { percent, timeOfDay, titled } from './written-values.ts';

/** Returns the files of a Model as a person would write them, its templates apart. Reading it gives an equal Model. */
export function writtenModel(model: Model): written.CrmFile {
  const { project, data, rfm, cascades, segments, channels, policies, campaigns, holdouts, tests, variables } = model;
  return {
    project: { ...writtenProject(project), ...(model.lint && { lint: model.lint }) },
    ...(Object.keys(variables).length > 0 && { variables }),
    data: { ...writtenData(data), ...(rfm && { rfm: { ...rfm, window: printDuration(rfm.window) } }) },
    ...(segments.length > 0 && { segments: named(segments, writtenSegment) }),
    ...(channels.length > 0 && { channels: named(channels, writtenChannel) }),
    ...((policies.quietHours || policies.caps.length > 0) && { policies: writtenPolicies(policies) }),
    ...(holdouts.length > 0 && { holdouts: named(holdouts, writtenHoldout) }),
    ...(cascades.length > 0 && { cascades: named(cascades, writtenNamedCascade) }),
    ...(campaigns.length > 0 && { campaigns: named(campaigns, writtenCampaign) }),
    ...(tests.length > 0 && { tests: named(tests, writtenTest) }),
  };
}

/** The same as a tree that both surfaces can print. */
export function writtenTree(file: written.CrmFile): Node | null {
  const document = new Document(file);
  visit(document, {
    Scalar(key, node) {
      // Texts that begin as variables do would be taken for them.
      if (key !== 'key' && typeof node.value === 'string') node.value = escapedText(node.value);
    },
  });
  return document.contents as Node | null;
}

function named<T extends { name: string }, W>(list: T[], write: (one: T) => W): Record<string, W> {
  return Object.fromEntries(list.map((one) => [one.name, write(one)]));
}

function writtenProject({ name, timezone, locale, currency, tick, refresh, store, simulation }: Project) {
  const engagement = Object.entries(simulation.engagement).map(([channel, { open, click }]) => [
    channel,
    { open: percent(Math.round(open * 10_000)), click: percent(Math.round(click * 10_000)) },
  ]);
  return {
    ...{ name, timezone, locale, currency },
    tick: printDuration(tick),
    segments_refresh: printDuration(refresh),
    store,
    simulation: {
      ...(simulation.from !== undefined && { from: new Date(simulation.from).toISOString() }),
      seed: simulation.seed,
      engagement: Object.fromEntries(engagement) as Record<string, written.EngagementRates>,
    },
  };
}

function writtenData({ customers, events, consent, feedback, suppressions, tolerance }: DataModel): written.Data {
  return {
    customers: {
      ...from(customers.sources),
      ...(customers.complete && { complete: true }),
      ...(customers.consent && { consent: writtenConsents(customers.consent) }),
      attributes: named(customers.attributes, writtenField),
    },
    ...(events.length > 0 && { events: named(events, writtenEvent) }),
    ...stream('consent', consent),
    ...stream('feedback', feedback),
    ...stream('suppressions', suppressions),
    ...(tolerance !== undefined && { tolerance: percent(tolerance) }),
  };
}

function writtenConsents(consent: Required<DataModel['customers']>['consent']): written.ColumnConsents {
  return Object.fromEntries(Object.entries(consent).map(([channel, columns]) => [channel, writtenConsent(columns)]));
}

/** Returns the columns of a consent as they are declared: a column by itself is its name. */
export function writtenConsent(columns: ConsentColumns): string | ConsentColumns {
  return columns.at === undefined && columns.refusal === undefined ? columns.column : columns;
}

function writtenEvent({ title, sources, fields }: EventKind): written.Event {
  return { ...titled(title), ...from(sources), fields: named(fields, writtenField) };
}

function writtenField({ type, pii, title, items }: Field): written.Field {
  const usual = type === 'email' || type === 'phone';
  if (pii === usual && title === undefined && items === undefined) return type;
  return {
    type,
    ...(pii !== usual && { pii }),
    ...titled(title),
    ...(items && { items: named(items, writtenField) }),
  };
}

function stream<K extends string>(key: K, sources: Source[]): { [P in K]?: written.Stream } {
  const { from: found } = from(sources);
  // A source with more than a path stands in a list.
  const value = typeof found === 'object' && !Array.isArray(found) ? [found] : found;
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: written.Stream };
}

function from(sources: Source[]): { from?: written.Sources } {
  const list = sources.map(writtenSource);
  const [first, ...more] = list;
  if (first === undefined) return {};
  return { from: more.length === 0 ? first : [first, ...more] };
}

function writtenSource(source: Source): written.SourceItem {
  const {
    path,
    rename,
    encoding,
    delimiter,
    fields,
    dates,
    decimal,
    values,
    where,
    unless,
    each,
    sheet,
    ids,
    timezone,
  } = source;
  const more = {
    ...(Object.keys(rename).length > 0 && { rename: rename as written.Rename }),
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter: (delimiter === '\t' ? 'tab' : delimiter) as written.Delimiter }),
    ...(sheet !== undefined && { sheet }),
    ...(each !== undefined && { each }),
    ...(ids !== undefined && { ids }),
    ...(timezone !== undefined && { timezone }),
    ...(dates && { dates: dates as written.DateForms }),
    ...(decimal !== undefined && { decimal }),
    ...(values && { values }),
    ...(fields && { fields: fields as written.FieldWritings }),
    ...(where && { where: where as written.ConditionsOfRows }),
    ...(unless && { unless: unless as written.ConditionsOfRows }),
  };
  return Object.keys(more).length > 0 ? { path, ...more } : path;
}

function writtenSegment(segment: Segment): written.Segment {
  if ('where' in segment) return { ...titled(segment.title), where: printExpression(segment.where) };
  return { ...titled(segment.title), static: true, ...from(segment.sources) };
}

function writtenChannel(channel: Channel): written.Channel {
  const { kind, address, transport, price, rate, from: sender, unsubscribe, resendUnknown } = channel;
  return {
    kind,
    transport: transport.kind,
    ...('url' in transport && { url: transport.url }),
    ...(transport.kind === 'file' && { directory: transport.directory }),
    ...(sender !== undefined && { from: sender }),
    price,
    ...(rate !== undefined && { rate: writtenRate(rate) }),
    ...(unsubscribe !== undefined && { unsubscribe }),
    ...(address !== undefined && { address }),
    ...(resendUnknown !== undefined && { resend_unknown: resendUnknown }),
  };
}

/** In the unit that says it in the fewest digits. */
function writtenRate(rate: number): string {
  const units = { second: 1, minute: 60, hour: 3600 };
  const texts = Object.entries(units).map(([unit, seconds]) => `${rate * seconds} per ${unit}`);
  const right = texts.filter((text) => readRate(text) === rate).sort((a, b) => a.length - b.length);
  return right[0] ?? `${rate.toFixed(20)} per second`;
}

function writtenPolicies({ quietHours, caps }: Policies): written.Policies {
  return {
    ...(quietHours && {
      quiet_hours: {
        from: timeOfDay(quietHours.from),
        to: timeOfDay(quietHours.to),
        otherwise: quietHours.otherwise,
        ...(quietHours.transactional && { transactional: true }),
      },
    }),
    ...(caps.length > 0 && { caps: named(caps, writtenCap) }),
  };
}

function writtenCap({ max, per, channel, campaign }: FrequencyCap): written.Cap {
  return {
    max,
    per: typeof per === 'number' ? printDuration(per) : per,
    ...(channel !== undefined && { channel }),
    ...(campaign !== undefined && { campaign }),
  };
}

function writtenHoldout({ name, share, salt, campaigns }: Holdout): written.Holdout {
  return { share: percent(share), ...(salt !== name && { salt }), ...(campaigns && { campaigns }) };
}

import fc, { type Arbitrary } from 'fast-check';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import type { Campaign } from '../../spec/model/campaign.ts';
import type { DataModel, EventKind, Field, FieldType, Rfm, Source } from '../../spec/model/data.ts';
import type { Channel, FrequencyCap, Model, Project, Segment, StaticSegment } from '../../spec/model/model.ts';
import { plain } from '../../spec/model/template.ts';
import { readTemplates } from '../../spec/template/read.ts';
import { readRate } from '../../spec/words/readings.ts';
import { campaign, cascades } from './random-campaign.ts';
import { condition, type Names, text } from './random-expression.ts';
import { byName, keyed, maybe, title } from './random-parts.ts';
import { holdouts, lint, variables } from './random-rest.ts';
import { duration, words } from './random-steps.ts';
import { tests } from './random-tests.ts';

const link = '<a href="{{unsubscribe_url}}">x</a>';
const mail = `---\nsubject: Hello\n---\n<p>Hello</p>${link}`;
const varied = `---
subject: Hello
variants: { warm: { subject: "Hello, {{message.id}}", preheader: So good }, short: {} }
---
{{#unless variant.short}}<p>Hello</p>{{/unless}}${link}`;
/** The templates of every model. */
export const templates: SourceFile[] = [
  { path: 'templates/t/plain.email.hbs', text: varied },
  { path: 'templates/until.email.hbs', text: mail },
  {
    path: 'templates/t/plain.sms.hbs',
    text: '---\nvariants: { warm: {} }\n---\n{{#if variant.warm}}Hello{{else}}Hi{{/if}}',
  },
  { path: 'templates/t/plain.push.hbs', text: '---\ntitle: Hello\n---\nHello' },
  { path: 'templates/t/plain.messenger.hbs', text: 'Hello' },
  { path: 'templates/t/plain.task.hbs', text: '---\nsubject: Call\n---\nHello' },
];
const read = readTemplates(templates);

const types: FieldType[] = [
  'string',
  'integer',
  'number',
  'money',
  'boolean',
  'date',
  'instant',
  'email',
  'phone',
  'timezone',
  'locale',
];
const fieldName = fc.constantFrom(
  'city',
  'total',
  'when',
  'value',
  'as',
  'within',
  'items_count',
  'category',
  'from',
  'sms',
  'wait',
  'type',
  'pii',
  'is',
  'not',
  'now',
);

function fields(taken: string[], depth: number): Arbitrary<Field[]> {
  const plain = fc
    .record({ name: fieldName, type: fc.constantFrom(...types), pii: fc.boolean(), title: maybe(title) })
    .map(({ title: said, ...field }): Field => ({ ...field, ...keyed('title', said) }));
  const list =
    depth === 0
      ? []
      : [
          fc
            .record({ name: fieldName, items: maybe(fields([], depth - 1)) })
            .map(({ name, items }): Field => ({ name, type: 'list', pii: false, ...keyed('items', items) })),
        ];
  return fc
    .uniqueArray(fc.oneof({ weight: 4, arbitrary: plain }, ...list), { maxLength: 3, selector: ({ name }) => name })
    .map((all) => all.filter(({ name }) => !taken.includes(name)));
}

const source: Arbitrary<Source> = fc.record({
  path: fc.constantFrom(
    'sample/a.csv',
    'b.jsonl',
    'данные/my file.csv',
    '{x}.csv',
    'we"ird\'s.ndjson',
    '#a.txt',
    'from.csv',
  ),
  rename: fc.dictionary(
    text.filter((key) => key !== '__proto__'),
    fc.constantFrom('customer', 'to', 'total', 'pii'),
    { maxKeys: 2, noNullPrototype: true },
  ),
});
const sources = fc.oneof(fc.constant<Source[]>([]), fc.array(source, { maxLength: 2 }));

const event: Arbitrary<EventKind> = fc
  .record({
    name: fc.constantFrom('order_paid', 'viewed', 'cart_updated', 'campaign', 'goal', 'wait', 'schedule'),
    title: maybe(title),
    sources,
    fields: fields(['id', 'customer', 'at'], 1),
  })
  .map(({ title: said, ...one }): EventKind => ({ ...one, ...keyed('title', said) }));

const always: Field[] = [
  { name: 'email', type: 'email', pii: true },
  { name: 'phone', type: 'phone', pii: true },
  { name: 'push_token', type: 'string', pii: false },
  { name: 'birthday', type: 'date', pii: true },
];

const url = fc.constantFrom('env:SMTP_URL', 'file:/run/secrets/smtp', 'file:my secrets', 'smtp://localhost:2525');
const rate = fc
  .constantFrom('50 per second', '7 per minute', '1000 per hour', '0.3 per second')
  .map((said) => readRate(said) ?? 1);

const hook = fc.constantFrom('env:HOOK', 'https://crm.example/hooks?a=b#c', 'http://localhost:8080');
const addresses = {
  email: 'email',
  sms: 'phone',
  push: 'push_token',
  messenger: 'phone',
  webhook: undefined,
  task: undefined,
};
const channel: Arbitrary<Channel> = fc
  .record({
    kind: fc.constantFrom('email', 'sms', 'push', 'messenger', 'webhook', 'task'),
    name: fc.constantFrom(undefined, 'as', 'to', 'second', 'control', 'web-push'),
    transport: fc.constantFrom('smtp', 'file', 'console'),
    url,
    hook,
    directory: fc.constantFrom('out/x', 'out of {reach}', '/tmp/ä'),
    price: fc.oneof(fc.constantFrom(0, 0.1, 4.2, 1e-7, 1e21), fc.double({ min: 0, max: 100, noNaN: true })),
    rate: maybe(rate),
    sender: fc.constantFrom('Shop <shop@example.com>', 'shop@example.com'),
    says: fc.boolean(),
    unsubscribe: maybe(fc.constantFrom('https://shop.example/unsubscribe', 'http://x.example/a?b=c#d')),
    resendUnknown: maybe(fc.boolean()),
  })
  .map(({ kind, name, transport, says, sender, ...one }): Channel => {
    const address = addresses[kind];
    const remote = kind === 'email' ? ('smtp' as const) : address ? ('console' as const) : ('http' as const);
    const used = transport === 'smtp' ? remote : transport;
    return {
      name: name ?? kind,
      kind,
      ...keyed('address', address),
      transport:
        used === 'smtp'
          ? { kind: used, url: one.url }
          : used === 'http'
            ? { kind: used, url: one.hook }
            : used === 'file'
              ? { kind: used, directory: one.directory }
              : { kind: used },
      // A zero has no sign in a file.
      price: one.price === 0 ? 0 : one.price,
      ...keyed('rate', one.rate),
      ...((says || used === 'smtp') && { from: sender }),
      ...(address && keyed('unsubscribe', one.unsubscribe)),
      ...keyed('resendUnknown', one.resendUnknown),
    };
  });

function project(channels: Channel[]): Arbitrary<Project> {
  const percent = fc.nat({ max: 10_000 });
  const rates = fc
    .tuple(percent, percent)
    .map(([a, b]) => ({ open: Math.max(a, b) / 10_000, click: Math.min(a, b) / 10_000 }));
  return fc
    .record({
      name: fc.constantFrom('shop', 'project', 'my-shop_2'),
      timezone: fc.constantFrom('Europe/Moscow', 'UTC', 'America/New_York'),
      locale: fc.constantFrom('ru', 'en-GB'),
      currency: fc.constantFrom('RUB', 'EUR'),
      grid: fc.constantFrom<[number, number]>([60_000, 3_600_000], [1_000, 1_000], [7_200_000, 86_400_000]),
      store: title,
      from: maybe(fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2100, 0) })),
      seed: fc.oneof(text, fc.constantFrom('5', 'true', 'null')),
      rates: fc.array(rates, { maxLength: channels.length }),
    })
    .map(
      ({ grid, from, seed, rates: all, ...one }): Project => ({
        ...one,
        tick: grid[0],
        refresh: grid[1],
        simulation: {
          ...keyed('from', from),
          seed,
          engagement: Object.fromEntries(all.flatMap((each, i) => (channels[i] ? [[channels[i].name, each]] : []))),
        },
      }),
    );
}

const list = fc
  .record({ name: fc.constantFrom('static', 'vips'), title: maybe(title), sources })
  .map(({ title: said, ...one }): StaticSegment => ({ ...one, ...keyed('title', said) }));
const lists = byName(list, 2);

function segments(names: Names): Arbitrary<Segment[]> {
  const all = ['as', 'big-spenders'];
  // Each may ask for those before it, so that there is no circle.
  return fc
    .tuple(
      ...all.map((name, index) =>
        fc
          .record({ title: maybe(title), where: condition({ ...names, segments: all.slice(0, index) }) })
          .map(({ title: said, where }): Segment => ({ name, ...keyed('title', said), where })),
      ),
    )
    .chain((made) =>
      fc.tuple(fc.nat({ max: all.length }), lists).map(([count, some]) => [...made.slice(0, count), ...some]),
    );
}

function caps(all: Channel[], campaigns: Campaign[]): Arbitrary<FrequencyCap[]> {
  const nameOf = (list: { name: string }[]) =>
    list.length === 0 ? fc.constant(undefined) : maybe(fc.constantFrom(...list.map(({ name }) => name)));
  const cap = fc
    .record({
      name: fc.constantFrom(...words),
      max: fc.integer({ min: 1, max: 1_000 }),
      per: fc.oneof(fc.constant('calendar day' as const), duration),
      channel: nameOf(all.filter(({ address }) => address !== undefined)),
      campaign: nameOf(campaigns),
    })
    .map(
      ({ channel: by, campaign: of, ...one }): FrequencyCap => ({
        ...one,
        ...keyed('channel', by),
        ...keyed('campaign', of),
      }),
    );
  return byName(cap, 2);
}

function scores(events: EventKind[]): Arbitrary<Rfm | undefined> {
  const worths = events.flatMap(({ name, fields: all }) =>
    all
      .filter(({ type }) => type === 'money' || type === 'integer')
      .map((field) => ({ event: name, value: field.name })),
  );
  if (worths.length === 0) return fc.constant(undefined);
  return maybe(fc.tuple(fc.constantFrom(...worths), duration).map(([what, window]) => ({ ...what, window })));
}

const quietHours = fc
  .record({
    from: fc.nat({ max: 1439 }),
    to: fc.nat({ max: 1439 }),
    otherwise: fc.constantFrom('hold', 'cancel'),
    transactional: fc.boolean(),
  })
  .filter(({ from, to }) => from !== to);

const customers = fc
  .record({
    sources,
    attributes: fields(['id'], 1).map((some) => [
      ...some.filter(({ type }) => type !== 'email' && type !== 'phone'),
      ...always,
    ]),
    complete: maybe(fc.constant(true as const)),
  })
  .map(({ complete, ...one }): DataModel['customers'] => ({ ...one, ...keyed('complete', complete) }));

const data = fc
  .record({
    customers,
    events: byName(event, 2),
    consent: sources,
    feedback: sources,
    suppressions: sources,
    tolerance: maybe(fc.nat({ max: 10_000 })),
  })
  .map(({ tolerance, ...one }): DataModel => ({ ...one, ...keyed('tolerance', tolerance) }));

/** A whole Model that links. */
export const model: Arbitrary<Model> = fc.tuple(data, byName(channel, 3)).chain(([known, channels]) => {
  const names: Names = {
    attributes: known.customers.attributes,
    events: known.events,
    segments: [],
    channels: channels.filter(({ address }) => address !== undefined).map(({ name }) => name),
  };
  const through = (some: Channel[]) =>
    some.flatMap(({ name, kind }) =>
      read.templates
        .filter((one) => one.channel === kind)
        .map((one) => ({
          channel: name,
          template: one.name,
          among: one.variant?.name === plain ? one.variant.among : [],
        })),
    );
  const means = {
    messages: through(channels.filter(({ address }) => address !== undefined)),
    tasks: through(channels.filter(({ kind }) => kind === 'task')).map(({ channel, template }) => ({
      channel,
      template,
    })),
    webhooks: channels.filter(({ kind }) => kind === 'webhook').map(({ name }) => name),
  };
  return segments(names).chain((made) => {
    const all = { ...names, segments: made.map(({ name }) => name) };
    const filled = made.filter((segment) => !('where' in segment)).map(({ name }) => name);
    const some: Arbitrary<Campaign[]> =
      means.messages.length === 0 ? fc.constant([]) : byName(campaign(all, { ...means, lists: filled }), 2);
    return some.chain((campaigns) =>
      fc
        .record({
          project: project(channels),
          caps: caps(channels, campaigns),
          quietHours: maybe(quietHours),
          rfm: scores(known.events),
          cascades: cascades(channels),
          variables,
          lint: maybe(lint),
          checked: holdouts(campaigns).chain((holds) =>
            tests({
              attributes: known.customers.attributes,
              events: known.events,
              channels,
              campaigns,
              holdouts: holds,
              lists: filled,
            }).map((list) => ({ holdouts: holds, tests: list })),
          ),
        })
        .map(
          (rest): Model => ({
            project: rest.project,
            data: known,
            variables: rest.variables,
            ...keyed('rfm', rest.rfm),
            segments: made,
            campaigns,
            cascades: rest.cascades,
            channels,
            policies: { ...keyed('quietHours', rest.quietHours), caps: rest.caps },
            ...rest.checked,
            templates: read.templates,
            partials: read.partials,
            ...keyed('lint', rest.lint),
          }),
        ),
    );
  });
});

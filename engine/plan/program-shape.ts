import {
  boolean,
  both,
  isRecord,
  later,
  list,
  maybe,
  number,
  oneOf,
  record,
  type Shape,
  scalar,
  table,
  tagged,
  text,
  whole,
} from './shape.ts';

const type = oneOf('string', 'integer', 'number', 'money', 'boolean', 'date', 'instant', 'duration');
const own = later(() => node);
const parts = list(own);
const rfm = record({ event: text, value: text, window: whole });
const where = { where: own };

const node: Shape = tagged('kind', {
  literal: [{ type, value: scalar }, { currency: text }],
  attribute: [{ type, name: text }],
  field: [{ type, of: oneOf('trigger', 'aggregated', 'item'), name: text }],
  ago: [{ type, ms: number }],
  today: [{ type }],
  reachable: [{ type, channel: text }],
  consent: [{ type, channel: text }],
  arithmetic: [{ type, op: oneOf('+', '-', '*', '/'), left: own, right: own }],
  compare: [{ type, op: oneOf('==', '!=', '<', '<=', '>', '>='), left: own, right: own }],
  and: [{ type, operands: parts }],
  or: [{ type, operands: parts }],
  not: [{ type, operand: own }],
  missing: [{ type, operand: own }],
  in: [{ type, operand: own, values: parts }],
  text: [{ type, op: oneOf('contains', 'starts with', 'ends with', 'matches'), operand: own, value: own }],
  calendar: [{ type, fn: oneOf('age', 'month', 'day', 'weekday', 'days_until_anniversary'), operand: own }],
  items: [
    { type, fn: oneOf('any', 'all', 'count'), of: oneOf('trigger', 'aggregated', 'customer'), list: text, item: text },
    where,
  ],
  aggregated: [{ type, index: whole }],
  sequenced: [{ type, index: whole }],
  ranked: [{ type, index: whole, share: number }],
  listed: [{ type, segment: text }],
  scored: [{ type, part: oneOf('recency', 'frequency', 'monetary', 'code') }],
});

const fn = oneOf('count', 'sum', 'avg', 'min', 'max', 'first', 'last', 'distinct');
const pattern = record({ event: text }, where);

/** Parts are referred to by their index, and each is there. */
const indexed: Shape = (query, path) => {
  if (!isRecord(query)) return path;
  const sizes: Record<string, unknown> = {
    aggregated: query.aggregates,
    sequenced: query.sequences,
    ranked: query.rankings,
  };
  const outside = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.some(outside);
    if (!isRecord(value)) return false;
    const parts = sizes[String(value.kind)];
    if (typeof value.index === 'number' && String(value.kind) in sizes)
      return !Array.isArray(parts) || value.index < 0 || value.index >= parts.length;
    if (value.kind === 'scored' && query.rfm === undefined) return true;
    return Object.values(value).some(outside);
  };
  return outside([query.predicate, query.aggregates, query.sequences]) ? path : undefined;
};

const query: Shape = both(
  record(
    {
      predicate: own,
      aggregates: list(
        record({ kind: oneOf('aggregate'), type, fn, event: text }, { field: text, within: number, ...where }),
      ),
    },
    {
      sequences: list(
        record(
          { kind: oneOf('sequence'), type, first: pattern, second: pattern, negated: boolean, within: number },
          { since: number },
        ),
      ),
      rankings: list(record({ which: oneOf('top', 'bottom'), by: later(() => query) })),
      rfm,
    },
  ),
  indexed,
);

const when = { when: query };
const match = record({ event: text }, when);
const next = maybe(text);
const trigger = tagged('kind', {
  event: [{ event: text }, { ...when, restart: oneOf(true) }],
  segment: [{ segment: text, existing: boolean }],
  leaving: [{ segment: text }],
  date: [
    { attribute: text, days: whole, minuteOfDay: whole },
    { yearly: record({ leapDay: oneOf('february 28', 'march 1') }) },
  ],
  absence: [{ since: match, ms: number, hash: text }, { absent: match }],
  schedule: [{ cron: text, zone: oneOf('project', 'customer') }],
  manual: [{}],
});
const id = text;
const step = tagged('kind', {
  wait: [{ id, ms: number, next }],
  until: [{ id, minuteOfDay: whole, next }, { weekdays: whole }],
  await: [{ id, match, within: number, next, otherwise: next }],
  send: [
    { id, channel: text, template: text, next, otherwise: next },
    { until: oneOf('delivered', 'opened', 'clicked'), within: number },
  ],
  prefer: [{ id, stages: list(record({ id, channel: text })), next }],
  split: [
    { id, salt: text, arms: list(record({ name: text, control: boolean, from: number, to: number, next })) },
    { sticky: oneOf(false) },
  ],
  set: [{ id, values: list(record({ attribute: text, value: query })), next }],
  add: [{ id, segment: text, next }],
  remove: [{ id, segment: text, next }],
  if: [{ id, condition: query, next, otherwise: next }],
  exit: [{ id, reason: text }],
});

/** Steps lead to steps of the same campaign. */
const linked: Shape = (campaign, path) => {
  if (!isRecord(campaign) || !Array.isArray(campaign.steps)) return path;
  const steps: Record<string, unknown>[] = campaign.steps;
  const ids = new Set(steps.map((one) => one.id));
  const arms = steps.flatMap((one) => (Array.isArray(one.arms) ? one.arms : []));
  const targets = [campaign.first, ...[...steps, ...arms].flatMap((one) => [one.next ?? null, one.otherwise ?? null])];
  return ids.size === steps.length && targets.every((target) => target === null || ids.has(target))
    ? undefined
    : `${path}.steps`;
};

const campaign = both(
  record(
    {
      name: text,
      hash: text,
      category: oneOf('marketing', 'transactional'),
      priority: whole,
      expires: number,
      resumeWithin: number,
      trigger,
      exit: list(match),
      reenter: tagged('kind', { never: [{}], always: [{}], after: [{ ms: number }] }),
      first: next,
      steps: list(step),
    },
    {
      title: text,
      moved: table(text),
      audience: query,
      goal: record({ event: text, within: number }, { value: query, ...when }),
    },
  ),
  linked,
);

const field: Shape = record({ name: text, type: text, pii: boolean }, { title: text, items: list(later(() => field)) });
const values = { dates: list(text), decimal: text, values: table(text), between: list(text) };
const sources = list(
  record(
    { path: text, rename: table((value, path) => (Array.isArray(value) ? list(text) : text)(value, path)) },
    {
      encoding: text,
      delimiter: text,
      each: text,
      ids: text,
      timezone: text,
      ...values,
      fields: table(record({}, values)),
      where: table(list(text)),
      unless: table(list(text)),
    },
  ),
);
const hash = text;

/** The shape of a Program; keys of project, policies and data that other parts of Kaskad know best may be any plain values. */
export const programShape: Shape = record({
  format: oneOf(3),
  hash,
  project: isTable({
    name: text,
    timezone: text,
    locale: text,
    currency: text,
    tick: whole,
    refresh: whole,
    store: text,
  }),
  data: isTable({
    customers: isTable({ sources, attributes: list(field) }),
    events: list(record({ name: text, sources, fields: list(field) }, { title: text })),
    consent: sources,
    feedback: sources,
    suppressions: sources,
  }),
  variables: table(scalar),
  channels: list(isTable({ name: text, kind: text, hash, price: number, transport: isTable({ kind: text }) })),
  policies: isTable({ hash, caps: list(isTable({ name: text, max: number })) }),
  holdouts: list(record({ name: text, share: number, salt: text, hash }, { campaigns: list(text) })),
  segments: list(record({ name: text, hash, query }, { title: text })),
  lists: list(record({ name: text, sources, hash })),
  campaigns: list(campaign),
  templates: list(
    record({
      name: text,
      channel: text,
      hash,
      variants: list(record({ path: text, body: text }, { locale: text, subject: text, preheader: text })),
    }),
  ),
  partials: list(record({ name: text, path: text, body: text, hash })),
});

/** At least these keys. */
function isTable(required: Record<string, Shape>): Shape {
  return (value, path) => {
    if (!isRecord(value)) return path;
    for (const [key, of] of Object.entries(required)) {
      const found = of(value[key], `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

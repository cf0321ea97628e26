import {
  type Body,
  type Choice,
  clause,
  entry,
  type Form,
  form,
  type Items,
  type Names,
  nameList,
  optional,
  type Part,
  type Statement,
  type Step,
  says,
  slot,
  type Value,
} from './forms.ts';

const body = (statements: Statement[], steps?: Body['steps']): Body => ({
  part: 'body',
  statements,
  ...(steps && { steps }),
});

const field: Form = form(
  'field',
  'a field',
  () => [slot('type', 'name'), clause('pii', 'flag'), optional('title', 'text'), optional('items', fields)],
  'type',
);
const fields: Names = { kind: 'names', name: 'fields', title: 'the fields', of: () => field, inline: true };

const rename: Names = {
  kind: 'names',
  name: 'rename',
  title: 'the columns',
  of: () => 'name',
  infix: 'to',
  inline: true,
};
const source = form('source', 'a source', () => [slot('path', 'name'), clause('rename', rename)], 'path');

const rates = form('engagement', 'the engagement of a channel', () => [
  clause('open', 'name'),
  clause('click', 'name'),
]);
const engagement: Names = { kind: 'names', name: 'engagements', title: 'the engagement', of: () => rates };

const simulation = form('simulation', 'the simulation', () => [
  body([says('from', 'name'), says('seed', 'name'), says('engagement', engagement)]),
]);

const lint: Names = { kind: 'names', name: 'lint_rules', title: 'the lint rules', of: () => 'name' };

const project = form('project', 'the project', () => [
  slot('name', 'name'),
  body([
    says('timezone', 'name'),
    says('locale', 'name'),
    says('currency', 'name'),
    says('tick', 'phrase'),
    says('segments_refresh', 'phrase'),
    says('store', 'name'),
    says('simulation', simulation),
    says('lint', lint),
  ]),
]);

const customers = form('customers', 'the customers', () => [
  body([says('from', source, { many: true }), says('attributes', fields)]),
]);

const event = form('event', 'an event', () => [
  optional('title', 'text'),
  body([says('from', source, { many: true }), says('fields', fields)]),
]);

const rfm = form('rfm', 'the RFM scores', () => [
  slot('event', 'name'),
  clause('value', 'name'),
  clause('window', 'phrase'),
]);

const segment = form('segment', 'a segment', () => [
  optional('title', 'text'),
  body([says('where', 'expression'), says('static', 'flag'), says('from', source, { many: true })]),
]);

const channel = form('channel', 'a channel', () => [
  body([
    says('kind', 'name'),
    says('transport', 'name'),
    says('url', 'name'),
    says('directory', 'name'),
    says('from', 'name'),
    says('price', 'number'),
    says('rate', 'phrase'),
    says('unsubscribe', 'name'),
    says('address', 'name'),
    says('resend_unknown', 'flag'),
  ]),
]);

const quietHours = form('quiet_hours', 'the quiet hours', () => [
  clause('from', 'name'),
  clause('to', 'name'),
  clause('otherwise', 'name'),
  clause('transactional', 'flag'),
]);

const cap = form('cap', 'a cap', () => [
  clause('max', 'number'),
  clause('per', 'phrase'),
  clause('channel', 'name'),
  clause('campaign', 'name'),
]);

const since = form(
  'since',
  'an event to count from',
  () => [slot('event', 'name'), clause('when', 'expression')],
  'event',
);

const start = (word: string, value: Value, ...more: Part[]): Step => ({
  word,
  form: form(`${word}_trigger`, 'a trigger', () => [slot(word, value), ...more]),
});
const triggers = [
  start('event', 'name', clause('when', 'expression')),
  start('enters', 'name', clause('existing', 'flag')),
  start('leaves', 'name'),
  start(
    'date',
    'name',
    clause('at', 'name'),
    clause('offset', 'phrase'),
    clause('every', 'name'),
    clause('leap_day', 'phrase'),
  ),
  start('absence', 'name', clause('when', 'expression'), clause('for', 'phrase'), clause('after', since)),
  start('schedule', 'phrase', clause('zone', 'name')),
  start('launch', 'name'),
];
const trigger: Choice = { kind: 'choice', name: 'trigger', title: 'a trigger', of: () => triggers };

const eventMatch = form('exit', 'an exit event', () => [clause('event', 'name'), clause('when', 'expression')]);

const goal = form('goal', 'a goal', () => [
  slot('event', 'name'),
  clause('within', 'phrase'),
  clause('value', 'expression'),
  clause('when', 'expression'),
]);

const id = clause('as', 'name', 'id');

const awaited = form('awaited', 'a wait', () => [
  clause('until', 'phrase'),
  clause('event', 'name'),
  clause('when', 'expression'),
  clause('within', 'phrase'),
]);

const message = form('message', 'a message', () => [entry('name')]);

const reaction = [clause('until', 'name'), clause('within', 'phrase')];
const stage = form('stage', 'a stage of a cascade', () => [entry('name'), ...reaction]);
const stages: Items = { kind: 'items', name: 'stages', title: 'a cascade', of: () => stage };
const order = clause('order', 'name');

const namedStage = form('named_stage', 'a stage of a cascade', () => [slot('channel', 'name'), ...reaction]);
const namedStages: Items = { kind: 'items', name: 'named_stages', title: 'a cascade', of: () => namedStage };
const namedCascade = form('named_cascade', 'a cascade', () => [
  optional('title', 'text'),
  order,
  slot('stages', namedStages),
]);

const assignments: Names = {
  kind: 'names',
  name: 'assignments',
  title: 'the new values',
  of: () => 'given',
  infix: 'to',
  inline: true,
};
const notification = form('notification', 'a call of a webhook', () => [entry(nameList('told', 'a list of fields'))]);
const moved: Names = {
  kind: 'names',
  name: 'moved',
  title: 'the moved steps',
  of: () => 'name',
  infix: 'to',
  inline: true,
};

const armSteps: Items = {
  kind: 'items',
  name: 'arm_steps',
  title: 'a list of steps',
  of: () => allSteps,
  inline: true,
};
const arm = form('arm', 'an arm of a split', () => [
  slot('share', 'name'),
  clause('control', 'flag'),
  optional('steps', armSteps),
]);
const arms: Names = { kind: 'names', name: 'arms', title: 'the arms of a split', of: () => arm };
const split = form('split', 'a split', () => [optional('id', 'name'), clause('sticky', 'flag'), slot('arms', arms)]);

const step = (word: string, parts: () => Part[]): Step => ({
  word,
  form: form(`${word}_step`, `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word} step`, parts),
});
const choose = step('if', () => [slot('if', 'expression'), id, slot('then', steps), clause('else', otherwise)]);
const allSteps = [
  step('wait', () => [{ ...slot('wait', 'phrase'), or: awaited }, id, optional('then', steps), clause('else', steps)]),
  step('send', () => [slot('send', message), id]),
  {
    ...step('cascade', () => [
      id,
      clause('use', 'name'),
      clause('template', 'name'),
      order,
      optional('stages', stages),
    ]),
    inner: { keys: ['use', 'template', 'order', 'stages'], short: 'stages' },
  },
  step('split', () => [slot('split', split)]),
  choose,
  step('set', () => [id, slot('set', assignments)]),
  step('add_to', () => [slot('add_to', 'name'), id]),
  step('remove_from', () => [slot('remove_from', 'name'), id]),
  step('webhook', () => [slot('webhook', notification), id]),
  step('task', () => [slot('task', message), id]),
  step('exit', () => [optional('exit', 'name'), id]),
];
const steps: Items = { kind: 'items', name: 'steps', title: 'a list of steps', of: () => allSteps };
const otherwise: Items = { ...steps, name: 'otherwise', or: choose };

const campaign = form('campaign', 'a campaign', () => [
  optional('title', 'text'),
  body(
    [
      says('category', 'name'),
      says('priority', 'number'),
      says('on', trigger),
      says('audience', 'expression'),
      { words: ['exit', 'on'], path: ['exit'], value: eventMatch, many: true },
      says('goal', goal),
      says('reenter', 'phrase'),
      says('expires', 'phrase'),
      says('moved', moved),
    ],
    { key: 'steps', items: steps },
  ),
]);

const stream = (word: string): Statement => ({
  words: [word, 'from'],
  path: ['data', word],
  value: source,
  many: 'list',
});

/** What may stand in a file, in the order in which it is printed where nobody has chosen another. */
export const statements: Statement[] = [
  says('project', project),
  says('customers', customers, { path: ['data', 'customers'] }),
  says('event', event, { path: ['data', 'events'], named: true }),
  stream('consent'),
  stream('feedback'),
  stream('suppressions'),
  says('rfm', rfm, { path: ['data', 'rfm'] }),
  says('segment', segment, { path: ['segments'], named: true }),
  says('channel', channel, { path: ['channels'], named: true }),
  says('quiet_hours', quietHours, { path: ['policies', 'quiet_hours'] }),
  says('cap', cap, { path: ['policies', 'caps'], named: true }),
  says('cascade', namedCascade, { path: ['cascades'], named: true }),
  says('campaign', campaign, { path: ['campaigns'], named: true }),
];

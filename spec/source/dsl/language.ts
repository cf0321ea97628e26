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
  step('wait', () => [
    { ...slot('wait', 'phrase'), or: awaited },
    id,
    optional('then', steps),
    clause('else', otherwise),
  ]),
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

const holdout = form('holdout', 'a hold-out', () => [
  body([says('share', 'name'), says('salt', 'name'), says('campaigns', nameList('held', 'a list of campaigns'))]),
]);

const variables: Names = { kind: 'names', name: 'variables', title: 'the variables', of: () => 'literal' };

const values: Names = {
  kind: 'names',
  name: 'values',
  title: 'the values',
  of: () => 'literal',
  or: () => valueList,
  inline: true,
};
const valueList: Items = {
  kind: 'items',
  name: 'value_list',
  title: 'a list',
  of: () => values,
  inline: true,
  commas: true,
};

const at = clause('at', 'phrase');
const testCustomer = form('test_customer', 'a customer of a test', () => [
  slot('id', 'name'),
  { ...body([says('consent', nameList('granted', 'a list of channels'))]), names: values, optional: true },
]);
const testEvent = form('test_event', 'an event of a test', () => [
  slot('customer', 'name'),
  { ...entry(values), optional: true },
  at,
]);
const testReaction = form('test_reaction', 'a reaction of a test', () => [slot('customer', 'name'), entry('name'), at]);
const testArms: Names = {
  kind: 'names',
  name: 'test_arms',
  title: 'the arms of a test',
  of: () => 'name',
  inline: true,
};

const expectedList = (name: string, title: string, of: Form): Items => ({
  kind: 'items',
  name,
  title,
  of: () => of,
  inline: true,
});
const expectedMessage = form('expected_message', 'an expected message', () => [
  entry('name'),
  clause('to', 'name', 'customer'),
  at,
  clause('refused', 'name'),
  clause('contains', nameList('text_parts', 'a list of texts')),
]);
const expectedExit = form('expected_exit', 'an expected exit', () => [
  slot('customer', 'name'),
  slot('reason', 'name'),
  at,
]);
const expectedCustomer = form('expected_customer', 'an expected customer', () => [
  slot('id', 'name'),
  { ...body([]), names: values },
]);
const expectation = form('expectation', 'the expectation', () => [
  body([
    says('messages', expectedList('expected_messages', 'a list of expected messages', expectedMessage)),
    says('exits', expectedList('expected_exits', 'a list of expected exits', expectedExit)),
    says('customers', expectedList('expected_customers', 'a list of expected customers', expectedCustomer)),
  ]),
]);

const test = form('test', 'a test', () => [
  optional('title', 'text'),
  body([
    says('campaign', 'name'),
    says('start', 'name'),
    says('lasts', 'phrase'),
    says('arms', testArms),
    says('customer', testCustomer, { path: ['customers'], many: 'list' }),
    says('event', testEvent, { path: ['events'], many: 'list' }),
    says('reaction', testReaction, { path: ['reactions'], many: 'list' }),
    says('launches', nameList('launches', 'a list of offsets')),
    says('expect', expectation),
  ]),
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
  says('variables', variables),
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
  says('holdout', holdout, { path: ['holdouts'], named: true }),
  says('cascade', namedCascade, { path: ['cascades'], named: true }),
  says('campaign', campaign, { path: ['campaigns'], named: true }),
  says('test', test, { path: ['tests'], named: true }),
];

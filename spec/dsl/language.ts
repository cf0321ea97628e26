import { campaignForm } from '../constructs/campaigns.ts';
import { namedCascadeForm } from '../constructs/steps/cascades.ts';
import {
  body,
  clause,
  type Form,
  form,
  type Items,
  type Names,
  nameList,
  optional,
  type Statement,
  says,
  slot,
} from '../document/forms.ts';
import { test } from './test.ts';

const field: Form = form(
  'field',
  'a field',
  () => [slot('type', 'name'), clause('pii', 'flag'), optional('title', 'text'), optional('items', fields)],
  'type',
);
const fields: Names = { kind: 'names', name: 'fields', title: 'the fields', of: () => field, inline: true };

const columnNames = nameList('column_names', 'a list of names');
const rename: Names = {
  kind: 'names',
  name: 'rename',
  title: 'the columns',
  of: () => 'name',
  or: () => columnNames,
  infix: 'to',
  inline: true,
};
const conditions: Names = {
  kind: 'names',
  name: 'row_conditions',
  title: 'the conditions of rows',
  of: () => 'literal',
  or: () => fileValues,
  infix: 'is',
  inline: true,
};
const fileValue = form('file_value', 'a value of the file', () => [slot('value', 'literal')], 'value');
const fileValues: Items = {
  kind: 'items',
  name: 'file_values',
  title: 'a list of values',
  of: () => fileValue,
  inline: true,
  commas: true,
};
const valueWords: Names = {
  kind: 'names',
  name: 'value_words',
  title: 'the meanings of words',
  of: () => 'literal',
  infix: 'to',
  inline: true,
};
const valueWriting = [
  says('dates', nameList('date_forms', 'a list of forms of dates')),
  says('decimal', 'name'),
  says('values', valueWords),
];
const fieldWriting = form('field_writing', 'the values of a column', () => [
  body([...valueWriting, says('between', nameList('two_texts', 'a pair of texts'))]),
]);
const fieldWritings: Names = { kind: 'names', name: 'field_writings', title: 'the columns', of: () => fieldWriting };
const source = form(
  'source',
  'a source',
  () => [
    slot('path', 'name'),
    clause('rename', rename),
    {
      ...body([
        says('preset', 'name'),
        says('encoding', 'name'),
        says('delimiter', 'name'),
        says('ids', 'name'),
        says('timezone', 'name'),
        says('sheet', 'name'),
        says('each', 'name'),
        ...valueWriting,
        says('fields', fieldWritings),
        says('where', conditions),
        says('unless', conditions),
      ]),
      optional: true,
    },
  ],
  'path',
);

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

const columnConsent = form(
  'column_consent',
  'a column of consent',
  () => [slot('column', 'name'), clause('at', 'name'), clause('refusal', 'name')],
  'column',
);
const columnConsents: Names = {
  kind: 'names',
  name: 'column_consents',
  title: 'the columns of consent',
  of: () => columnConsent,
};

const customers = form('customers', 'the customers', () => [
  body([
    says('from', source, { many: true }),
    says('complete', 'flag'),
    says('consent', columnConsents),
    says('attributes', fields),
  ]),
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

const holdout = form('holdout', 'a hold-out', () => [
  body([says('share', 'name'), says('salt', 'name'), says('campaigns', nameList('held', 'a list of campaigns'))]),
]);

const variables: Names = { kind: 'names', name: 'variables', title: 'the variables', of: () => 'literal' };

const stream = (word: string): Statement => ({
  words: [word, 'from'],
  path: ['data', word],
  value: source,
  many: 'list',
});

/** The statements of a file, in the order in which it is printed where nobody has chosen another. */
export const statements: Statement[] = [
  says('project', project),
  says('variables', variables),
  says('customers', customers, { path: ['data', 'customers'] }),
  says('event', event, { path: ['data', 'events'], named: true }),
  stream('consent'),
  stream('feedback'),
  stream('suppressions'),
  says('tolerance', 'name', { path: ['data', 'tolerance'] }),
  says('rfm', rfm, { path: ['data', 'rfm'] }),
  says('segment', segment, { path: ['segments'], named: true }),
  says('channel', channel, { path: ['channels'], named: true }),
  says('quiet_hours', quietHours, { path: ['policies', 'quiet_hours'] }),
  says('cap', cap, { path: ['policies', 'caps'], named: true }),
  says('holdout', holdout, { path: ['holdouts'], named: true }),
  says('cascade', namedCascadeForm, { path: ['cascades'], named: true }),
  says('campaign', campaignForm, { path: ['campaigns'], named: true }),
  says('test', test, { path: ['tests'], named: true }),
];

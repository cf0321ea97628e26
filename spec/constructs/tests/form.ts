import {
  body,
  clause,
  entry,
  type Form,
  form,
  type Items,
  type Names,
  nameList,
  optional,
  slot,
  statement,
} from '../../document/forms.ts';

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
const customerLists = [
  statement('consent', nameList('granted', 'a list of channels')),
  statement('segments', nameList('joined', 'a list of segments')),
];
const testCustomer = form('test_customer', 'a customer of a test', () => [
  slot('id', 'name'),
  { ...body(customerLists), names: values, optional: true },
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
    statement('messages', expectedList('expected_messages', 'a list of expected messages', expectedMessage)),
    statement('exits', expectedList('expected_exits', 'a list of expected exits', expectedExit)),
    statement('customers', expectedList('expected_customers', 'a list of expected customers', expectedCustomer)),
  ]),
]);

/** A test in the DSL. */
export const testForm = form('test', 'a test', () => [
  optional('title', 'text'),
  body([
    statement('campaign', 'name'),
    statement('start', 'name'),
    statement('lasts', 'phrase'),
    statement('arms', testArms),
    statement('customer', testCustomer, { path: ['customers'], many: 'list' }),
    statement('event', testEvent, { path: ['events'], many: 'list' }),
    statement('reaction', testReaction, { path: ['reactions'], many: 'list' }),
    statement('launches', nameList('launches', 'a list of offsets')),
    statement('expect', expectation),
  ]),
]);

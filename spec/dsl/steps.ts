import {
  clause,
  entry,
  form,
  type Items,
  type Names,
  nameList,
  optional,
  type Part,
  type Step,
  slot,
} from '../document/forms.ts';

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
/** Channels in order, for several journeys. */
export const namedCascade = form('named_cascade', 'a cascade', () => [
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
export const moved: Names = {
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
/** The steps of a journey. */
export const steps: Items = { kind: 'items', name: 'steps', title: 'a list of steps', of: () => allSteps };
const otherwise: Items = { ...steps, name: 'otherwise', or: choose };

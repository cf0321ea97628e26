import {
  body,
  type Choice,
  clause,
  form,
  optional,
  type Part,
  type Step,
  says,
  slot,
  type Value,
} from '../document/forms.ts';
import { moved, steps } from './steps.ts';

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
  start('event', 'name', clause('when', 'expression'), clause('restart', 'flag')),
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
  clause('when', 'expression'),
  clause('within', 'phrase'),
  clause('value', 'expression'),
]);

/** The entry, the steps and the end of a campaign. */
export const campaign = form('campaign', 'a campaign', () => [
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
      says('resume_within', 'phrase'),
      says('expires', 'phrase'),
      says('moved', moved),
    ],
    { key: 'steps', items: steps },
  ),
]);

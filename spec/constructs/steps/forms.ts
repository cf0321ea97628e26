import type { Items, Step } from '../../document/forms.ts';
import { cascadeForm } from './cascade.ts';
import { exitForm } from './exit.ts';
import { ifForm } from './if.ts';
import { addForm, removeForm } from './listing.ts';
import { sendForm } from './send.ts';
import { setForm } from './set.ts';
import { splitForm } from './split.ts';
import { taskForm } from './task.ts';
import { waitForm } from './wait.ts';
import { webhookForm } from './webhook.ts';

/** The steps of a journey in the DSL. */
export const stepsForm: Items = { kind: 'items', name: 'steps', title: 'a list of steps', of: () => all };
const otherwise: Items = { ...stepsForm, name: 'otherwise' };
const lists = { steps: stepsForm, otherwise };
const choose = ifForm(lists);
otherwise.or = choose;

const all: Step[] = [
  waitForm(lists),
  sendForm(),
  cascadeForm(),
  splitForm(lists),
  choose,
  setForm(),
  addForm(),
  removeForm(),
  webhookForm(),
  taskForm(),
  exitForm(),
];

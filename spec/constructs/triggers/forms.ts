import type { Choice, Step } from '../../document/forms.ts';
import { absenceForm } from './absence.ts';
import { dateForm } from './date.ts';
import { eventForm } from './event.ts';
import { leavingForm } from './leaving.ts';
import { manualForm } from './manual.ts';
import { scheduleForm } from './schedule.ts';
import { segmentForm } from './segment.ts';

/** The triggers of a campaign in the DSL. */
export const triggersForm: Choice = { kind: 'choice', name: 'trigger', title: 'a trigger', of: () => all };

const all: Step[] = [eventForm, segmentForm, leavingForm, dateForm, absenceForm, scheduleForm, manualForm];

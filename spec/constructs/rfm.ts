import type * as written from '../document/document.generated.ts';
import { clause, form, slot } from '../document/forms.ts';
import type { Place } from '../document/place.ts';
import { valueType } from '../expression/scope.ts';
import { isNumeric } from '../expression/types.ts';
import type { EventKind, Rfm } from '../model/data.ts';
import { printDuration } from '../words/durations.ts';
import { nameHelp } from '../words/names.ts';
import { positiveDuration } from '../words/readings.ts';
import { t } from '../words/t.ts';
import type { Entry } from './contents.ts';
import { type Context, eventAt } from './context.ts';

export const rfmForm = form('rfm', 'the RFM scores', () => [
  slot('event', 'name'),
  clause('value', 'name'),
  clause('window', 'phrase'),
]);

const year = 365 * 86_400_000;

/** Returns the events that RFM scores count; undefined where they are not declared, or wrong and reported. */
export function buildRfm(entry: Entry<written.Rfm> | undefined, context: Context): Rfm | undefined {
  if (!entry?.value) {
    if (context.report.dropped.has('rfm')) context.doubt.add('rfm');
    return undefined;
  }
  const { value, place } = entry;
  const event = eventAt(context, value.event, place.at('event'));
  const worth = typeof event === 'object' && fieldAt(event, value.value, place.at('value'), context);
  if (worth) return { event: event.name, value: worth, window: positiveDuration(value.window ?? '') ?? year };
  // Conditions that ask for the scores get no finding for a fault here.
  context.doubt.add('rfm');
  return undefined;
}

function fieldAt(event: EventKind, name: string | undefined, place: Place, context: Context): string | undefined {
  if (name === undefined || context.doubt.about('fields') || context.doubt.about(name)) return undefined;
  const numeric = event.fields.filter((field) => isNumeric(valueType(field) ?? 'string')).map((field) => field.name);
  if (numeric.includes(name)) return name;
  const known = event.fields.some((field) => field.name === name);
  const message = known ? t`\`${name}\` is not a number` : t`${event.name} has no field \`${name}\``;
  context.report.error('CRM4024', place.value, message, nameHelp(name, numeric, 'numbers'));
  return undefined;
}

export function writtenRfm(rfm: Rfm): written.Rfm {
  return { ...rfm, window: printDuration(rfm.window) };
}

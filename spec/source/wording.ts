import { quote } from './kinds.ts';
import type { Place } from './place.ts';
import type { Report } from './report.ts';
import type { Definition } from './schema.ts';

/** Returns the name of a value in a message: its key, or by its title where it has none. */
export function called(definition: Definition, place: Place): string {
  return place.name === undefined ? capital(definition.title) : quote(place.name);
}

export function noValue(definition: Definition, place: Place, report: Report): void {
  const help = `Write its value, or remove it. ${definition.description ?? ''}`.trim();
  report.error('CRM1012', place.key, `${called(definition, place)} has no value`, help);
}

export function capital(text: string | undefined): string {
  return (text ?? '').charAt(0).toUpperCase() + (text ?? '').slice(1);
}

import type { Report } from '../diagnostics/report.ts';
import { quote } from '../words/kinds.ts';
import { t, translated } from '../words/t.ts';
import type { Place } from './place.ts';
import type { Definition } from './schema.ts';

/** Returns the name of a value in a message: its key, or by its title where it has none. */
export function called(definition: Definition, place: Place): string {
  return place.name === undefined ? capital(titled(definition)) : quote(place.name);
}

export function noValue(definition: Definition, place: Place, report: Report): void {
  const help = [t`Write its value, or remove it.`, described(definition) ?? []].flat().join(' ');
  report.error('CRM1012', place.key, t`${called(definition, place)} has no value`, help);
}

/** Returns the title of a definition, in the language of the output. */
export function titled({ title = '' }: Definition): string {
  return translated(title);
}

/** Returns the description of a definition, in the language of the output. */
export function described(definition: Definition | undefined): string | undefined {
  return definition?.description && translated(definition.description);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

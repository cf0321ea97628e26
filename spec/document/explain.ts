import type { Report } from '../diagnostics/report.ts';
import { choice, kindOf, kindWords, quote } from '../words/kinds.ts';
import { nameHelp, suggestionHelp } from '../words/names.ts';
import { t } from '../words/t.ts';
import type { Fault } from './faults.ts';
import type { Place } from './place.ts';
import type { Definition } from './schema.ts';
import { called, capital, described, noValue, titled } from './wording.ts';

/**
 * Reports a fault of `value` at `place`. Returns the key whose value is unusable, '' for the whole
 * value, or undefined where everything that is there is usable.
 */
export function explain(
  { keyword, key, name = '', limit }: Fault,
  definition: Definition,
  value: unknown,
  place: Place,
  report: Report,
): string | undefined {
  const wrong = key === '' ? value : (value as Record<string, unknown>)[key];
  const at = key === '' ? place : place.at(key);
  const part = key === '' ? definition : (definition.properties?.[key] ?? definition);
  switch (keyword) {
    case 'additionalProperties': {
      const help = cutOff(name, value) ?? nameHelp(name, Object.keys(definition.properties ?? {}), 'keys');
      report.error('CRM1010', place.at(name).key, t`Unknown key \`${name}\` in ${titled(definition)}`, help);
      return name;
    }
    case 'required': {
      const message = t`${capital(titled(definition))} needs the key \`${name}\``;
      report.error('CRM1011', place.key, message, described(definition.properties?.[name]));
      return undefined;
    }
    case 'type': {
      if (wrong === null) {
        noValue(part, at, report);
        return key;
      }
      const fraction = kindOf(wrong) === 'number' && part.type === 'integer';
      const found = fraction ? t`a fraction` : kindWords(kindOf(wrong));
      const message = t`${called(part, at)} must be ${kindWords(part.type)}, not ${found}`;
      report.error('CRM1012', at.value, message, typeHelp(part, wrong));
      return key;
    }
    case 'enum': {
      const allowed = (part.enum ?? []).map(String);
      const help = suggestionHelp(String(wrong), allowed) ?? t`It is ${choice(allowed)}.`;
      const message =
        key === ''
          ? t`${quote(wrong)} is not allowed as ${titled(definition)}`
          : t`${quote(wrong)} is not allowed for \`${key}\``;
      report.error('CRM1013', at.value, message, help);
      return key;
    }
    default:
      report.error('CRM1014', at.value, beyond(called(part, at), keyword, Number(limit)), described(part));
      return key;
  }
}

/** Explains a value that a comma has cut off, as in `{ where: city in ("a", "b") }`. */
function cutOff(key: string, value: unknown): string | undefined {
  if ((value as Record<string, unknown>)[key] !== null || /^[\w -]*$/.test(key)) return undefined;
  return t`Between braces a comma ends a value: put the value that has commas in quotation marks.`;
}

function beyond(what: string, keyword: string, bound: number): string {
  switch (keyword) {
    case 'minLength':
      return t`${what} is empty`;
    case 'minimum':
      return t`${what} must be ${bound} or more`;
    case 'maximum':
      return t`${what} must be ${bound} or less`;
    case 'minItems':
    case 'minProperties':
      return bound === 1 ? t`${what} is empty` : t`${what} must have at least ${bound} entries`;
    case 'maxItems':
    case 'maxProperties':
      return bound === 1 ? t`${what} must have exactly one entry` : t`${what} must have exactly ${bound} entries`;
    default:
      throw new Error(`no words for the schema's keyword ${keyword}`);
  }
}

function typeHelp(part: Definition, wrong: unknown): string | undefined {
  if (part.title === 'a file') return t`It is made of sections with names, such as \`segments:\` and \`campaigns:\`.`;
  if (part.type === 'array' && kindOf(wrong) === 'object')
    return t`Put \`- \`, a dash and a blank, before each of its items.`;
  if (part.type !== 'string' || typeof wrong === 'object') return described(part);
  const example = part.examples?.[0];
  return example === undefined ? t`Put it in quotes: "${String(wrong)}".` : t`For example: ${quote(example)}.`;
}

import type { ErrorObject } from 'ajv';
import { choice, kindOf, kindWords, quote } from './kinds.ts';
import { nameHelp } from './names.ts';
import type { Place } from './place.ts';
import type { Report } from './report.ts';
import type { Definition } from './schema.ts';
import { called, capital, noValue } from './wording.ts';

/**
 * Tells one of Ajv's errors about `value` at `place`. Returns the key whose value is unusable, '' for the whole
 * value, or undefined where everything that is there is usable.
 */
export function explain(
  error: ErrorObject,
  definition: Definition,
  value: unknown,
  place: Place,
  report: Report,
): string | undefined {
  const key = error.instancePath.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
  const wrong = key === '' ? value : (value as Record<string, unknown>)[key];
  const at = key === '' ? place : place.at(key);
  const part = key === '' ? definition : (definition.properties?.[key] ?? definition);
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties': {
      const unknown = String(params.additionalProperty);
      const help = cutOff(unknown, value) ?? nameHelp(unknown, Object.keys(definition.properties ?? {}), 'keys');
      report.error('CRM1010', place.at(unknown).key, `Unknown key \`${unknown}\` in ${definition.title}`, help);
      return unknown;
    }
    case 'required': {
      const missing = String(params.missingProperty);
      const message = `${capital(definition.title)} needs the key \`${missing}\``;
      report.error('CRM1011', place.key, message, definition.properties?.[missing]?.description);
      return undefined;
    }
    case 'type': {
      if (wrong === null) {
        noValue(part, at, report);
        return key;
      }
      const fraction = kindOf(wrong) === 'number' && part.type === 'integer';
      const found = fraction ? 'a fraction' : kindWords(kindOf(wrong));
      const message = `${called(part, at)} must be ${kindWords(part.type)}, not ${found}`;
      report.error('CRM1012', at.value, message, typeHelp(part, wrong));
      return key;
    }
    case 'enum': {
      const allowed = (part.enum ?? []).map(String);
      const help = nameHelp(String(wrong), allowed, 'values');
      const message = `${quote(wrong)} is not allowed${key === '' ? ` as ${definition.title}` : ` for \`${key}\``}`;
      const list = `It is ${choice(allowed)}.`;
      report.error('CRM1013', at.value, message, help.startsWith('Known') ? list : help);
      return key;
    }
    default:
      report.error('CRM1014', at.value, `${called(part, at)} ${limit(error.keyword, params.limit)}`, part.description);
      return key;
  }
}

/** Explains a value that a comma has cut off, as in `{ where: city in ("a", "b") }`. */
function cutOff(key: string, value: unknown): string | undefined {
  if ((value as Record<string, unknown>)[key] !== null || /^[\w -]*$/.test(key)) return undefined;
  return 'Between braces a comma ends a value: put the value that has commas in quotation marks.';
}

function limit(keyword: string, bound: unknown): string {
  switch (keyword) {
    case 'minLength':
      return 'is empty';
    case 'minimum':
      return `must be ${bound} or more`;
    case 'maximum':
      return `must be ${bound} or less`;
    case 'minItems':
    case 'minProperties':
      return bound === 1 ? 'is empty' : `must have at least ${bound} entries`;
    case 'maxProperties':
      return `must have exactly ${bound === 1 ? 'one entry' : `${bound} entries`}`;
    default:
      throw new Error(`no words for the schema's keyword ${keyword}`);
  }
}

function typeHelp(part: Definition, wrong: unknown): string | undefined {
  if (part.title === 'a file') return 'It is made of sections with names, such as `segments:` and `campaigns:`.';
  if (part.type === 'array' && kindOf(wrong) === 'object')
    return 'Put `- `, a dash and a blank, before each of its items.';
  if (part.type !== 'string' || typeof wrong === 'object') return part.description;
  const example = part.examples?.[0];
  return example === undefined ? `Put it in quotes: "${wrong}".` : `For example: ${quote(example)}.`;
}

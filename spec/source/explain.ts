import type { ErrorObject } from 'ajv';
import { capital } from './branch.ts';
import { choice, kindOf, kindWords, quote } from './kinds.ts';
import { nameHelp } from './names.ts';
import type { Place } from './place.ts';
import type { Report } from './report.ts';
import type { Definition } from './schema.ts';

/**
 * Tells one of Ajv's errors about `value` at `place`, in terms of the definition's title. Returns the key whose value
 * is unusable, '' for the whole value, or undefined where everything that is there is usable.
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
  const named = key === '' ? capital(definition.title ?? '') : `\`${key}\``;
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties': {
      const unknown = String(params.additionalProperty);
      const help = nameHelp(unknown, Object.keys(definition.properties ?? {}), 'keys');
      report.error('CRM1010', place.at(unknown).key, `Unknown key \`${unknown}\` in ${definition.title}`, help);
      return unknown;
    }
    case 'required': {
      const missing = String(params.missingProperty);
      const purpose = definition.properties?.[missing]?.description;
      report.error('CRM1011', place.key, `${capital(definition.title ?? '')} needs the key \`${missing}\``, purpose);
      return undefined;
    }
    case 'type': {
      report.error(
        'CRM1012',
        at.value,
        `${named} must be ${kindWords(part.type)}, not ${kindWords(kindOf(wrong))}`,
        typeHelp(part, wrong),
      );
      return key;
    }
    case 'enum': {
      const allowed = (part.enum ?? []).map(String);
      const help = nameHelp(String(wrong), allowed, 'values');
      const message = `${quote(wrong)} is not allowed${key === '' ? ` as ${definition.title}` : ` for \`${key}\``}`;
      report.error(
        'CRM1013',
        at.value,
        `${message}: it is ${choice(allowed)}`,
        help.startsWith('Known') ? undefined : help,
      );
      return key;
    }
    default: {
      const [code, message] = limit(error.keyword, params.limit);
      report.error(code, at.value, `${named} ${message}`, part.description);
      return key;
    }
  }
}

function limit(keyword: string, bound: unknown): [code: string, message: string] {
  switch (keyword) {
    case 'minLength':
      return ['CRM1014', 'is empty'];
    case 'minimum':
      return ['CRM1014', `must be ${bound} or more`];
    case 'maximum':
      return ['CRM1014', `must be ${bound} or less`];
    case 'minItems':
    case 'minProperties':
      return ['CRM1014', bound === 1 ? 'is empty' : `must have at least ${bound} entries`];
    case 'maxProperties':
      return ['CRM1014', `must have exactly ${bound === 1 ? 'one entry' : `${bound} entries`}`];
    default:
      return ['CRM1014', 'is not written as it should be'];
  }
}

function typeHelp(part: Definition, wrong: unknown): string | undefined {
  if (wrong === null || wrong === undefined) return 'Write its value, or remove the key.';
  if (part.type === 'string' && typeof wrong !== 'object') {
    const example = part.examples?.[0];
    return part.pattern === undefined && example === undefined ? `Put it in quotes: "${wrong}".` : undefined;
  }
  return part.description;
}

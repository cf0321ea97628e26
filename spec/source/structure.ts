import { capital, chooseBranch } from './branch.ts';
import { explain } from './explain.ts';
import { kindOf, kindWords, quote } from './kinds.ts';
import type { Place } from './place.ts';
import type { Report } from './report.ts';
import { scalarChecks } from './scalars.ts';
import { type Definition, definitionOf, referenceOf, shallowErrors } from './schema.ts';

/**
 * Checks a value against a definition of the schema, one level at a time. Returns the value without its wrong parts,
 * each of which has been reported exactly once; in lists they leave holes, so that positions stay.
 */
export function checkStructure(name: string, value: unknown, place: Place, report: Report): unknown {
  const definition = definitionOf(name);
  if (definition.oneOf) {
    const branch = chooseBranch(definition, value, place, report);
    return branch === undefined ? undefined : checkStructure(branch, value, place, report);
  }
  const check = scalarChecks[name];
  if (check) {
    const text = typeof value === 'string';
    const complaint = text ? check(value) : notText(definition, value, check);
    if (!complaint) return value;
    const not = text ? `${quote(value)} is not ${definition.title}` : notTextMessage(definition, value);
    report.error(complaint.code, place.value, complaint.message ?? not, complaint.help);
    return undefined;
  }
  const unusable = new Set<string | undefined>();
  for (const error of shallowErrors(name, value)) unusable.add(explain(error, definition, value, place, report));
  if (unusable.has('')) return undefined;
  if (Array.isArray(value)) {
    const item = referenceOf(definition.items);
    return item === undefined ? value : value.map((one, index) => checkStructure(item, one, place.at(index), report));
  }
  if (kindOf(value) !== 'object') return value;
  return checkMap(definition, value as Record<string, unknown>, unusable, place, report);
}

function checkMap(
  definition: Definition,
  value: Record<string, unknown>,
  unusable: ReadonlySet<string | undefined>,
  place: Place,
  report: Report,
): Record<string, unknown> {
  const kept: Record<string, unknown> = Object.create(null);
  const keyDefinition = referenceOf(definition.propertyNames);
  for (const [key, inner] of Object.entries(value)) {
    const subschema = definition.properties?.[key] ?? definition.additionalProperties;
    if (typeof subschema !== 'object') continue;
    // The key of a wrong value stays: it is not missing, and a resource of that name exists, so nothing more is told.
    kept[key] = undefined;
    if (unusable.has(key)) continue;
    if (!definition.properties?.[key] && keyDefinition) checkKey(keyDefinition, key, place, report);
    const target = referenceOf(subschema);
    kept[key] = target === undefined ? inner : checkStructure(target, inner, place.at(key), report);
  }
  return kept;
}

function checkKey(definition: string, key: string, place: Place, report: Report): void {
  const complaint = scalarChecks[definition]?.(key);
  if (!complaint) return;
  const title = definitionOf(definition).title;
  report.error(complaint.code, place.at(key).key, `${quote(key)} cannot be used as ${title}`, complaint.help);
}

type Check = NonNullable<(typeof scalarChecks)[string]>;

function notText(
  definition: Definition,
  value: unknown,
  check: Check,
): { code: string; help: string; message?: string } {
  if (value === null) return { code: 'CRM1012', help: 'Write its value, or remove the key.' };
  const asText = typeof value === 'number' || typeof value === 'boolean' ? check(String(value)) : undefined;
  const example = definition.examples?.[0];
  if (asText) return { code: asText.code, help: asText.help, message: `${quote(value)} is not ${definition.title}` };
  return {
    code: 'CRM1012',
    help: example === undefined ? `${definition.description}` : `For example: \`${example}\`.`,
  };
}

function notTextMessage(definition: Definition, value: unknown): string {
  return `${capital(definition.title ?? '')} is expected here, not ${kindWords(kindOf(value))}`;
}

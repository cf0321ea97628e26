import type { Report } from '../diagnostics/report.ts';
import { admits, kindOf, kindWords, quote } from '../words/kinds.ts';
import { closestName, nameHelp, toLatin } from '../words/names.ts';
import { t } from '../words/t.ts';
import { chooseBranch } from './branch.ts';
import { explain } from './explain.ts';
import type { Place } from './place.ts';
import { scalarChecks } from './scalars.ts';
import { type Definition, definitionOf, referenceOf, shallowFaults } from './schema.ts';
import { resolved, type Variables } from './variables.ts';
import { called, noValue, titled } from './wording.ts';

/**
 * Checks a value against a definition of the schema, one level at a time. Returns the value without its wrong parts,
 * each of which has been reported exactly once; in lists they leave holes, so that positions stay. `variables`: absent
 * where nothing is known of them.
 */
export function checkStructure(
  name: string,
  value: unknown,
  place: Place,
  report: Report,
  variables?: Variables,
): unknown {
  const definition = definitionOf(name);
  if (definition.oneOf) {
    const branch = chooseBranch(definition, value, place, report);
    return branch === undefined ? undefined : checkStructure(branch, value, place, report, variables);
  }
  if (scalarChecks[name]) return checkScalar(name, definition, value, place, report);
  const meant = kindOf(value) === 'object' ? readAsMeant(definition, value as object, place, report) : value;
  if (typeof meant !== 'object' || meant === null) return checkValue(name, definition, meant, place, report).value;
  const keeps = (key: string) => keptAsWritten.has(referenceOf(partOf(definition, key)) ?? '');
  const { value: read, open } = resolved(meant, place, report, variables, keeps);
  const { value: fit, unusable } = checkValue(name, definition, read, place, report, open);
  if (fit === undefined) return undefined;
  const inner = (key: string | number, one: unknown, target: string) =>
    open.has(String(key)) ? undefined : checkStructure(target, one, place.at(key), report, variables);
  if (Array.isArray(read)) {
    const item = referenceOf(definition.items);
    return item === undefined ? read : read.map((one, index) => inner(index, one, item));
  }
  return checkMap(definition, Object.entries(read), new Set([...unusable, ...open]), inner, place, report);
}

/** In expressions variables are operands; and a variable's value cannot be another variable. */
const keptAsWritten = new Set(['expression', 'variable']);

/** Reports the faults. The value is undefined where it cannot be used at all. `open`: keys of which nothing is reported. */
function checkValue(
  name: string,
  definition: Definition,
  value: unknown,
  place: Place,
  report: Report,
  open: ReadonlySet<string> = new Set(),
): { value: unknown; unusable: ReadonlySet<string | undefined> } {
  const faults = shallowFaults(name, value).filter(({ key }) => !open.has(key));
  const unusable = new Set(faults.map((fault) => explain(fault, definition, value, place, report)));
  return { value: unusable.has('') ? undefined : value, unusable };
}

function partOf({ items, properties = {}, additionalProperties }: Definition, key: string): Definition | undefined {
  if (items) return items;
  if (Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** Reports a misspelt key and reads it as the key that was meant: that is not reported as missing, and its value is checked. */
function readAsMeant(definition: Definition, value: object, place: Place, report: Report): object {
  const meant = misspelt(definition, value as Record<string, unknown>);
  if (meant.size === 0) return value;
  for (const [written, key] of meant) {
    const message = t`Unknown key \`${written}\` in ${titled(definition)}`;
    report.error('CRM1010', place.at(written).key, message, nameHelp(written, [key], 'keys'));
    place.readAs(written, key);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [meant.get(key) ?? key, inner]));
}

/** Keys that are none of the definition's, but close to one that is not there. */
function misspelt(definition: Definition, value: Record<string, unknown>): Map<string, string> {
  const found = new Map<string, string>();
  const known = Object.keys(definition.properties ?? {});
  const keys = Object.keys(value);
  const others = keys.filter((one) => !known.includes(one));
  // If any name is allowed, a single one is the name of what the map describes.
  if (typeof definition.additionalProperties === 'object' && others.length < 2) return found;
  for (const key of others) {
    const free = known.filter(
      (one) => !keys.includes(one) && ![...found.values()].includes(one) && mayBe(definition, one, value[key]),
    );
    const intention = closestName(key, free);
    if (intention !== undefined) found.set(key, intention);
  }
  return found;
}

/** Returns true if any name is allowed and a key with a value of another kind is such a name. */
function mayBe({ properties = {}, additionalProperties }: Definition, key: string, value: unknown): boolean {
  if (typeof additionalProperties !== 'object') return true;
  const property = properties[key];
  const target = referenceOf(property);
  return admits((target === undefined ? property : definitionOf(target))?.type, kindOf(value));
}

function checkMap(
  definition: Definition,
  entries: [string, unknown][],
  unusable: ReadonlySet<string | undefined>,
  check: (key: string, value: unknown, target: string) => unknown,
  place: Place,
  report: Report,
): Record<string, unknown> {
  const kept: Record<string, unknown> = Object.create(null);
  const keyDefinition = referenceOf(definition.propertyNames);
  for (const [key, inner] of entries) {
    const known = Object.hasOwn(definition.properties ?? {}, key);
    const subschema = known ? definition.properties?.[key] : definition.additionalProperties;
    if (typeof subschema !== 'object') continue;
    // The key of a wrong value stays: it is not missing, and a resource of that name exists, so nothing more is reported.
    kept[key] = undefined;
    if (!known && keyDefinition) checkKey(keyDefinition, key, place, report);
    const target = referenceOf(subschema);
    if (!unusable.has(key)) {
      kept[key] = target === undefined ? inner : check(key, inner, target);
    }
    // Names in tests declare nothing.
    if (kept[key] === undefined && place.path[0] !== 'tests') report.dropped.add(key);
  }
  return kept;
}

function checkKey(definition: string, key: string, place: Place, report: Report): void {
  const complaint = scalarChecks[definition]?.(key);
  if (!complaint) return;
  report.misnamed.add(toLatin(key) ?? key.replaceAll('-', '_'));
  const title = titled(definitionOf(definition));
  report.error(complaint.code, place.at(key).key, t`${quote(key)} cannot be used as ${title}`, complaint.help);
}

function checkScalar(name: string, definition: Definition, value: unknown, place: Place, report: Report): unknown {
  if (value === null) {
    noValue(definition, place, report);
    return undefined;
  }
  const kind = kindOf(value);
  const scalar = kind !== 'object' && kind !== 'array';
  const complaint = scalar ? scalarChecks[name]?.(String(value)) : undefined;
  if (typeof value === 'string' && !complaint) return value;
  if (complaint) {
    const message = complaint.message ?? t`${quote(value)} is not ${titled(definition)}`;
    report.error(complaint.code, place.value, message, complaint.help);
  } else {
    const message = t`${called(definition, place)} must be text, not ${kindWords(kind)}`;
    const help = scalar
      ? t`Put it in quotes: "${String(value)}".`
      : t`For example: ${quote(definition.examples?.[0])}.`;
    report.error('CRM1012', place.value, message, help);
  }
  return undefined;
}

import type { Definition } from './schema.ts';

/** A fault of a value by one keyword of a definition. `key` is that of the part at fault, '' for the whole value. */
export interface Fault {
  keyword: string;
  key: string;
  /** The key that is missing or unknown. */
  name?: string;
  limit?: number;
}

type Sizes = readonly (readonly [keyword: string, broken: (size: number, limit: number) => boolean])[];

const below = (size: number, limit: number) => size < limit;
const above = (size: number, limit: number) => size > limit;
const ofNumbers: Sizes = [
  ['maximum', above],
  ['minimum', below],
];
const ofTexts: Sizes = [['minLength', below]];
const ofLists: Sizes = [
  ['maxItems', above],
  ['minItems', below],
];
const ofMaps: Sizes = [
  ['maxProperties', above],
  ['minProperties', below],
];

/**
 * Adds the faults of a value at the level of one definition, in the order in which Ajv finds them; a test compares the
 * two. Ajv itself takes a tenth of a second to compile the definitions of a project.
 */
export function findFaults(definition: Definition, value: unknown, found: Fault[], key = ''): void {
  const { type, enum: allowed } = definition;
  // A value of the wrong kind is wrong in other ways too, which are not reported.
  if (type !== undefined && !(typeof type === 'string' ? is(type, value) : type.some((one) => is(one, value)))) {
    found.push({ keyword: 'type', key });
    return;
  }
  if (typeof value === 'number') findLimits(ofNumbers, definition, value, found, key);
  if (typeof value === 'string') findLimits(ofTexts, definition, value.length, found, key);
  if (allowed && !allowed.includes(value)) found.push({ keyword: 'enum', key });
  if (Array.isArray(value)) findLimits(ofLists, definition, value.length, found, key);
  else if (typeof value === 'object' && value !== null) {
    findInMap(definition, value as Record<string, unknown>, found);
  }
}

function findInMap(definition: Definition, map: Record<string, unknown>, found: Fault[]): void {
  const { required = [], properties = {}, additionalProperties: others } = definition;
  const keys = Object.keys(map);
  findLimits(ofMaps, definition, keys.length, found, '');
  for (const name of required) if (map[name] === undefined) found.push({ keyword: 'required', key: '', name });
  for (const name of keys) {
    if (Object.hasOwn(properties, name)) continue;
    if (others === false) found.push({ keyword: 'additionalProperties', key: '', name });
    else if (typeof others === 'object' && !refers(others)) findFaults(others, map[name], found, name);
  }
  for (const name in properties) {
    const part = properties[name];
    if (part && map[name] !== undefined && !refers(part)) findFaults(part, map[name], found, name);
  }
}

function findLimits(sizes: Sizes, definition: Definition, size: number, found: Fault[], key: string): void {
  for (const [keyword, broken] of sizes) {
    const limit = definition[keyword];
    if (typeof limit === 'number' && broken(size, limit)) found.push({ keyword, key, limit });
  }
}

function refers({ $ref, allOf }: Definition): boolean {
  return $ref !== undefined || allOf !== undefined;
}

function is(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    default:
      throw new Error(`the schema has no type ${type}`);
  }
}

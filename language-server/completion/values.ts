import { type Definition, definitionOf } from '../../spec/document/schema.ts';
import { type Role, roleOfKey, roleOfValue, type Surroundings } from '../../spec/names/roles.ts';
import { type Below, joined } from '../../spec/names/schema-paths.ts';
import type { Project } from '../project.ts';
import { type Choice, nameChoices, valueChoice } from './items.ts';

/** Returns the choices for a single value at a place of the schema: names, values of an enumeration, examples. */
export function valueChoices(project: Project, below: readonly Below[], around: Surroundings): Choice[] {
  const names = below.flatMap((one) => namesFor(project, roleOfValue(one), around));
  if (names.length > 0) return names;
  const schemas = below.flatMap(({ schema, branches }) => [schema, ...branches.map(definitionOf)]);
  return distinct(schemas.flatMap(valuesOf)).map(valueChoice);
}

/** Returns the choices for a free key of a map whose keys are names. */
export function keyChoices(project: Project, below: readonly Below[], around: Surroundings): Choice[] {
  return below.flatMap((one) => namesFor(project, roleOfKey(one), around));
}

function namesFor(project: Project, role: Role | undefined, around: Surroundings): Choice[] {
  if (role?.role !== 'use') return [];
  const more = role.more ? role.more('x', around) : {};
  if (!more) return [];
  const { kind = role.kind, owner, channel } = more;
  return nameChoices(project, kind, owner, channel);
}

/** Returns the values that a schema lists; for a text, its examples. */
function valuesOf({ enum: allowed, type, examples, title }: Definition): string[] {
  if (allowed) return allowed.map(String);
  if (type === 'boolean') return ['true', 'false'];
  if (title === 'a time zone') return Intl.supportedValuesOf('timeZone');
  const plain = type === 'string' && title !== 'an expression' && !title?.startsWith('a name');
  return plain ? (examples ?? []).map(String) : [];
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** Returns true if a place of the schema takes an expression. */
export function takesExpression(below: readonly Below[]): boolean {
  return joined(below).includes('expression') || below.some(({ role }) => role === 'assignments.*');
}

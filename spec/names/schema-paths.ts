import { type Definition, definitionOf, fileDefinition, referenceOf } from '../document/schema.ts';
import { described } from '../document/wording.ts';
import { admits } from '../words/kinds.ts';

/** The names of the definitions that a value may follow; several where the schema has a choice. */
export type Branches = readonly string[];

export const wholeFile: Branches = [fileDefinition];

/** The values that are allowed under a key of a map, or in a list. */
export interface Below {
  /** `goal.event`; `segments.*` for a free name's value; `exitList.item` for an item. */
  role: string;
  schema: Definition;
  branches: Branches;
}

/** A definition's branches: itself, where it has no choice. */
export function branchesOf(name: string): Branches {
  const { oneOf } = definitionOf(name);
  return oneOf ? oneOf.flatMap((branch) => branchesOf(referenceOf(branch) ?? fileDefinition)) : [name];
}

/** Under `key` of a map that follows one of `branches`. */
export function under(branches: Branches, key: string): Below[] {
  return branches.flatMap((name) => {
    const { properties, additionalProperties } = definitionOf(name);
    const known = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (known) return [below(`${name}.${key}`, known)];
    return typeof additionalProperties === 'object' ? [below(`${name}.*`, additionalProperties)] : [];
  });
}

/** The items of a list that follows one of `branches`. */
export function inList(branches: Branches): Below[] {
  return branches.flatMap((name) => {
    const { items } = definitionOf(name);
    return items ? [below(`${name}.item`, items)] : [];
  });
}

/** Returns the branches that a map with these keys is meant to follow, by the keys that only they require. */
export function branchesWithKeys(branches: Branches, keys: readonly string[]): Branches {
  const maps = branches.filter((name) => admits(definitionOf(name).type, 'object'));
  const marked = maps.filter((name) => keys.includes(definitionOf(name).required?.[0] ?? ''));
  return marked.length > 0 ? marked : maps;
}

/** Returns the description of a subschema, in the language of the output: its own, else that of the definition that it refers to. */
export function describe(schema: Definition): string | undefined {
  const reference = referenceOf(schema);
  return described(schema) ?? (reference === undefined ? undefined : described(definitionOf(reference)));
}

export function joined(below: readonly Below[]): Branches {
  return [...new Set(below.flatMap(({ branches }) => branches))];
}

function below(role: string, schema: Definition): Below {
  const reference = referenceOf(schema);
  return { role, schema, branches: reference === undefined ? [] : branchesOf(reference) };
}

/** Under a name of the writer's own choice in a map that follows one of `branches`. */
export function underAny(branches: Branches): Below[] {
  return branches.flatMap((name) => {
    const { additionalProperties } = definitionOf(name);
    return typeof additionalProperties === 'object' ? [below(`${name}.*`, additionalProperties)] : [];
  });
}

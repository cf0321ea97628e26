import { isMap, isSeq, type Node, type YAMLMap } from 'yaml';
import { admits, type JsonKind, kindOf } from '../words/kinds.ts';
import { type Definition, definitionOf, referenceOf } from './schema.ts';

/** The name and the definition of a node of the tree by the schema; undefined where the schema does not know it. */
export interface Shape {
  name: string;
  definition: Definition;
}

export function shapeOf(name: string | undefined, node: Node | null): Shape | undefined {
  const kind = isMap(node) ? 'object' : isSeq(node) ? 'array' : kindOf((node as { value?: unknown } | null)?.value);
  return shapeBy(name, kind, isMap(node) ? keysOf(node as YAMLMap) : []);
}

/** The same of a plain value. */
export function shapeOfValue(name: string | undefined, value: unknown): Shape | undefined {
  const kind = kindOf(value);
  return shapeBy(name, kind, kind === 'object' ? Object.keys(value as object) : []);
}

function shapeBy(name: string | undefined, kind: JsonKind, keys: string[]): Shape | undefined {
  if (name === undefined) return undefined;
  const definition = definitionOf(name);
  if (!definition.oneOf) return { name, definition };
  const branches = definition.oneOf.map((branch) => referenceOf(branch) ?? '');
  const fitting = branches.filter((branch) => admits(definitionOf(branch).type, kind));
  const chosen = fitting.find((branch) => keys.includes(definitionOf(branch).required?.[0] ?? '')) ?? fitting[0];
  return shapeBy(chosen, kind, keys);
}

/** The name of the definition that the value of a key follows. */
export function shapeOfKey(shape: Shape | undefined, key: string): string | undefined {
  if (!shape) return undefined;
  const { properties = {}, additionalProperties } = shape.definition;
  return referenceOf(Object.hasOwn(properties, key) ? properties[key] : additionalProperties);
}

export function shapeOfItem(shape: Shape | undefined): string | undefined {
  return referenceOf(shape?.definition.items);
}

function keysOf(map: YAMLMap): string[] {
  return map.items.map(({ key }) => String((key as { value?: unknown }).value));
}

import schema from '../../schemas/crm.schema.json' with { type: 'json' };
import { type Fault, findFaults } from './faults.ts';

/** The role of the name at a place. `of`: how its owner is found. */
export interface NameAnnotation {
  uses?: string;
  defines?: string;
  of?: string;
}

/** The part of JSON Schema that the file's schema uses. */
export interface Definition {
  $ref?: string;
  allOf?: Definition[];
  oneOf?: Definition[];
  title?: string;
  description?: string;
  type?: string | string[];
  pattern?: string;
  enum?: unknown[];
  examples?: unknown[];
  required?: string[];
  properties?: Record<string, Definition>;
  additionalProperties?: boolean | Definition;
  propertyNames?: Definition;
  items?: Definition;
  /** The names that its free keys are. */
  'x-keys'?: NameAnnotation;
  /** The name that a value is. */
  'x-name'?: NameAnnotation;
  /** True if it is printed on one line where it fits. */
  'x-flow'?: boolean;
  [keyword: string]: unknown;
}

const { definitions, ...root } = schema as unknown as Definition & { definitions: Record<string, Definition> };

/** The JSON Schema of a file, as editors read it. */
export function schemaText(): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** The definition of a whole file. */
export const fileDefinition = 'file';

/** Returns a definition by its name in `definitions`. */
export function definitionOf(name: string): Definition {
  const found = name === fileDefinition ? root : definitions[name];
  if (!found) throw new Error(`the schema has no definition ${name}`);
  return found;
}

const names = new Map(Object.keys(definitions).map((name) => [`#/definitions/${name}`, name]));

/** The name of the definition to which a subschema refers. */
export function referenceOf(subschema: Definition | boolean | undefined): string | undefined {
  if (typeof subschema !== 'object') return undefined;
  const reference = subschema.$ref ?? subschema.allOf?.[0]?.$ref;
  return reference === undefined ? undefined : names.get(reference);
}

/**
 * Returns the faults of a value at the level of one definition. What the definition refers to is left out: the
 * caller chooses its branch and asks again, so that no `oneOf` is ever evaluated.
 */
export function shallowFaults(name: string, value: unknown): Fault[] {
  const found: Fault[] = [];
  findFaults(definitionOf(name), value, found);
  return found;
}

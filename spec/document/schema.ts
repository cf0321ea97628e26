import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import schema from '../../schemas/crm.schema.json' with { type: 'json' };

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
  [keyword: string]: unknown;
}

const { definitions, ...root } = schema as unknown as Definition & { definitions: Record<string, Definition> };

/** The JSON Schema of a file, as editors read it. */
export function schemaText(): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** The definition of a whole file. */
export const fileDefinition = 'file';

/** By its name in `definitions`. */
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

let ajv: Ajv | undefined;
const validators = new Map<string, ValidateFunction>();

/**
 * Returns the faults that Ajv finds in a value at the level of one definition. What the definition refers to is left out: the
 * caller chooses its branch and asks again, so that no `oneOf` is ever evaluated. Only definitions that a project
 * uses are compiled; the schema itself is validated by a test, not at every start.
 */
export function shallowErrors(name: string, value: unknown): ErrorObject[] {
  ajv ??= new Ajv({ strict: true, allErrors: true, allowUnionTypes: true, validateSchema: false, meta: false });
  let validate = validators.get(name);
  if (!validate) {
    validate = ajv.compile(shallow(definitionOf(name)));
    validators.set(name, validate);
  }
  const errors = validate(value) ? [] : (validate.errors ?? []);
  // A value of the wrong kind is wrong in other ways too, which nobody needs to hear.
  const kinds = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath));
  return errors.filter(({ keyword, instancePath }) => keyword === 'type' || !kinds.has(instancePath));
}

function shallow(definition: Definition): Definition {
  const { $schema: _schema, propertyNames: _names, examples: _examples, ...own } = definition;
  const cut = (subschema: Definition): Definition => (referenceOf(subschema) ? {} : subschema);
  return {
    ...own,
    ...(own.properties && {
      properties: Object.fromEntries(Object.entries(own.properties).map(([key, value]) => [key, cut(value)])),
    }),
    ...(typeof own.additionalProperties === 'object' && { additionalProperties: cut(own.additionalProperties) }),
    ...(own.items && { items: cut(own.items) }),
  };
}

import { readFile } from 'node:fs/promises';
import { Ajv, type ErrorObject } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/crm.schema.json' with { type: 'json' };
import { documentPath, documentTypes, schemaPath, withNames } from '../../scripts/generate-schema.ts';
import { importsUnder } from '../../test/rooms/imports.ts';
import { createReport } from '../diagnostics/report.ts';
import { readYaml } from '../yaml/yaml.ts';
import { Place } from './place.ts';
import { scalarChecks } from './scalars.ts';
import { type Definition, definitionOf, fileDefinition, referenceOf, shallowFaults } from './schema.ts';
import { checkStructure } from './structure.ts';

const names = Object.keys(schema.definitions);
const example = `
project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB }
data: { customers: { from: [a.csv, { path: b.csv, rename: { A: b } }], attributes: { email: email } } }
segments: { a: { where: email is missing } }
campaigns:
  b:
    on: { enters: a }
    steps: [{ wait: 2 hours }, { cascade: [{ email: x, until: opened, within: 1 day }, { email: y }] }, { exit: }]
`;

describe('the schema', () => {
  it('is valid, strict draft-07 that editors and Ajv read as a whole', () => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    ajv.addVocabulary(['x-name', 'x-keys', 'x-flow']);
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    const validate = ajv.compile(schema);
    const { file } = readYaml({ path: 'crm.yaml', text: example });
    expect(validate(file?.value), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ segments: { a: { were: 'x' } } })).toBe(false);
    expect(validate({ campaigns: { a: { on: { enters: 'b' }, steps: [{ wait: '1 day', exit: null }] } } })).toBe(false);
  });

  it('gives the types in use', async () => {
    const schema = await readFile(schemaPath, 'utf8');
    expect(schema, 'run `npm run generate`').toBe(withNames(schema));
    expect(await readFile(documentPath, 'utf8'), 'run `npm run generate`').toBe(await documentTypes());
  });

  it('is written by a script that does not load it', async () => {
    const imports = await importsUnder('{scripts,spec}/**/*.ts');
    const loaded = new Set(['scripts/generate-schema.ts']);
    for (const path of loaded) for (const { from, to, type } of imports) if (from === path && !type) loaded.add(to);
    expect([...loaded]).toContain('spec/model/transports.ts');
    expect([...loaded]).not.toContain('spec/document/schema.ts');
  });

  it.each(names)('%s compiles, is described and titled', (name) => {
    const definition = definitionOf(name);
    expect(definition.title).toMatch(/^(a|an|the) /);
    expect(definition.description).toMatch(/\.$/);
    for (const property of Object.values(definition.properties ?? {})) expect(property.description).toMatch(/\.$/);
    if (!definition.oneOf) expect(() => shallowFaults(name, {})).not.toThrow();
  });

  it.each([fileDefinition, ...names])('%s has the faults that Ajv finds', (name) => {
    const definition = definitionOf(name);
    if (definition.oneOf || scalarChecks[name]) return;
    const validate = new Ajv({ strict: false, allErrors: true }).compile(shallow(definition));
    const scalar = fc.constantFrom<unknown[]>(...scalars, ...enumsOf(definition));
    const keys = ['other', 'a/b', '~', ...Object.keys(definition.properties ?? {})];
    const map = fc.dictionary(fc.constantFrom(...keys), fc.oneof(scalar, fc.constantFrom<unknown>([], {})));
    fc.assert(
      fc.property(fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), map), (value) => {
        validate(value);
        expect(shallowFaults(name, value)).toEqual(faultsOf(validate.errors ?? []));
      }),
    );
  });

  it('has examples that its own checks accept', () => {
    for (const name of names) {
      for (const one of definitionOf(name).examples ?? []) {
        const { file } = readYaml({ path: 'x.crm.yaml', text: 'x' });
        if (!file) throw new Error('unreadable');
        const report = createReport();
        checkStructure(name, one, new Place(file), report);
        expect(report.diagnostics, name).toEqual([]);
      }
    }
  });

  it('explains every text that has a pattern in words', () => {
    const patterned = names.filter((name) => definitionOf(name).pattern !== undefined);
    expect(patterned.filter((name) => !(name in scalarChecks))).toEqual([]);
  });

  it('refers only to what exists', () => {
    const references = (part: Definition): string[] => [
      ...(referenceOf(part) ? [referenceOf(part) ?? ''] : []),
      ...Object.values(part).flatMap((inner) =>
        typeof inner === 'object' && inner ? references(inner as Definition) : [],
      ),
    ];
    for (const name of references(schema as unknown as Definition)) expect(names).toContain(name);
  });
});

const scalars = ['', 'a', 0, 1, -1, 0.5, 2_000_000, -2_000_000, true, false, null];

function enumsOf({ enum: own = [], properties = {} }: Definition): unknown[] {
  return [...own, ...Object.values(properties).flatMap((part) => part.enum ?? [])];
}

/** A definition without what it refers to. */
function shallow(definition: Definition): Definition {
  const { $schema: _schema, definitions: _all, propertyNames: _names, ...own } = definition;
  const cut = (part: Definition): Definition => (referenceOf(part) ? {} : part);
  return {
    ...own,
    ...(own.properties && {
      properties: Object.fromEntries(Object.entries(own.properties).map(([key, part]) => [key, cut(part)])),
    }),
    ...(typeof own.additionalProperties === 'object' && { additionalProperties: cut(own.additionalProperties) }),
    ...(own.items && { items: cut(own.items) }),
  };
}

function faultsOf(errors: ErrorObject[]): object[] {
  const kinds = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath));
  return errors
    .filter(({ keyword, instancePath }) => keyword === 'type' || !kinds.has(instancePath))
    .map(({ keyword, instancePath, params: { missingProperty, additionalProperty, limit } }) => ({
      keyword,
      key: instancePath.slice(1).replaceAll('~1', '/').replaceAll('~0', '~'),
      ...((missingProperty ?? additionalProperty) !== undefined && { name: missingProperty ?? additionalProperty }),
      ...(limit !== undefined && { limit }),
    }));
}

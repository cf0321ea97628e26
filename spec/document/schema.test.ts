import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/crm.schema.json' with { type: 'json' };
import { documentPath, documentTypes } from '../../scripts/generate.ts';
import { createReport } from '../diagnostics/report.ts';
import { readYaml } from '../yaml/yaml.ts';
import { Place } from './place.ts';
import { scalarChecks } from './scalars.ts';
import { type Definition, definitionOf, fileDefinition, referenceOf, shallowErrors } from './schema.ts';
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
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    const validate = ajv.compile(schema);
    const { file } = readYaml({ path: 'crm.yaml', text: example });
    expect(validate(file?.value), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ segments: { a: { were: 'x' } } })).toBe(false);
    expect(validate({ campaigns: { a: { on: { enters: 'b' }, steps: [{ wait: '1 day', exit: null }] } } })).toBe(false);
  });

  it('gives the types in use', async () => {
    expect(await readFile(documentPath, 'utf8'), 'run `npm run generate`').toBe(await documentTypes());
  });

  it.each(names)('%s compiles, is described and titled', (name) => {
    const definition = definitionOf(name);
    expect(definition.title).toMatch(/^(a|an|the) /);
    expect(definition.description).toMatch(/\.$/);
    for (const property of Object.values(definition.properties ?? {})) expect(property.description).toMatch(/\.$/);
    if (!definition.oneOf) expect(() => shallowErrors(name, {})).not.toThrow();
  });

  it('is checked by Ajv without any of its choices', () => {
    for (const name of [fileDefinition, ...names.filter((one) => !definitionOf(one).oneOf)]) {
      for (const error of shallowErrors(name, { on: [], steps: 5, wait: {} })) {
        expect(['oneOf', 'anyOf', '$ref']).not.toContain(error.keyword);
      }
    }
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

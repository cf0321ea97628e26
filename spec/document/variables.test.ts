import { describe, expect, it } from 'vitest';
import { convertFile } from '../convert.ts';
import type { SourceFile } from '../diagnostics/diagnostic.ts';
import { formatFile } from '../format.ts';
import { loadProject } from '../load.ts';

const project = 'project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB, store: $place }\n';
const rest = `variables: { place: out/dev.duckdb, limit: 10, refund: -0.5, town: Moscow, loud: true, price: $$x, pause: 2 hours }
data:
  customers: { attributes: { email: email, city: string, points: integer, vip: boolean } }
  events: { order_paid: { fields: { total: money } } }
channels:
  email: { transport: console, price: $limit, resend_unknown: $loud, from: $town <a@b.example> }
segments:
  many: { title: $town, where: 'points > $limit and city in ("x", $town) and vip == $loud and points > $refund' }
  escaped: { title: $$limit, where: 'city == "$limit"' }
campaigns:
  welcome: { on: { event: order_paid }, priority: $limit, steps: [wait: $pause] }
`;
const files: SourceFile[] = [
  { path: 'crm.yaml', text: project },
  { path: 'a.crm.yaml', text: rest },
  { path: 'environments/production.yaml', text: 'variables: { place: out/live.duckdb, limit: 20 }' },
  { path: 'environments/staging.yaml', text: '' },
];

describe('variables', () => {
  it('can have values of any kind, in any file', () => {
    const { model, diagnostics } = loadProject(files);
    expect(diagnostics).toEqual([]);
    expect(model?.project.store).toBe('out/dev.duckdb');
    expect(model?.channels[0]).toMatchObject({ price: 10, resendUnknown: true, from: '$town <a@b.example>' });
    expect(model?.campaigns[0]).toMatchObject({ priority: 10, steps: [{ kind: 'wait', ms: 7_200_000 }] });
    expect(model?.segments.map(({ title }) => title)).toEqual(['$limit', 'Moscow']);
    expect(model?.variables).toEqual({
      limit: 10,
      loud: true,
      pause: '2 hours',
      place: 'out/dev.duckdb',
      price: '$x',
      refund: -0.5,
      town: 'Moscow',
    });
    expect(Object.keys(model?.variables ?? {})).toEqual(Object.keys(model?.variables ?? {}).sort());
  });

  it('are operands of expressions, of the type of their values; inside of quotes they are text', () => {
    const [escaped, many] = loadProject(files).model?.segments ?? [];
    expect(escaped).toMatchObject({ where: { right: { type: 'string', value: '$limit' } } });
    expect(many).toMatchObject({
      where: {
        operands: [
          { right: { kind: 'literal', type: 'integer', value: 10 } },
          { values: [{ value: 'x' }, { type: 'string', value: 'Moscow' }] },
          { right: { type: 'boolean', value: true } },
          {},
        ],
      },
    });
  });

  it('have the values of the environment that is chosen', () => {
    const { model } = loadProject(files, 'production');
    expect(model?.project.store).toBe('out/live.duckdb');
    expect(model?.variables).toMatchObject({ limit: 20, town: 'Moscow' });
    expect(loadProject(files, 'staging').model).toEqual(loadProject(files).model);
  });

  it.each([
    ['prodution', 'Did you mean `production`?'],
    ['qa', 'Known environments: production, staging.'],
  ])('have no values in the environment %s', (name, help) => {
    const { model, diagnostics } = loadProject(files, name);
    expect(model).toBeUndefined();
    expect(diagnostics).toEqual([
      { code: 'CRM4062', severity: 'error', message: `There is no environment \`${name}\``, help },
    ]);
  });

  it('are not missed where the file that may declare them cannot be read', () => {
    const broken = { path: 'b.crm.yaml', text: 'variables: { place: x, limit: 1, "town' };
    const { diagnostics } = loadProject([files[0] ?? broken, broken]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['CRM1001']);
  });

  it('mean the same in the DSL', () => {
    const dsl = files.map((file) => (file.path.startsWith('env') ? file : (convertFile(file).file ?? file)));
    expect(dsl.map(({ path }) => path).slice(0, 2)).toEqual(['project.crm', 'a.crm']);
    expect(loadProject(dsl)).toMatchObject({ diagnostics: [], model: loadProject(files).model });
    expect(dsl[1]?.text).toContain('price $limit\n');
    expect(dsl[1]?.text).toContain('resend_unknown $loud\n');
    expect(dsl[1]?.text).toContain('wait $pause\n');
  });

  it('stay as they are written when a file is formatted or converted', () => {
    for (const file of files.slice(0, 2)) {
      const there = convertFile(file).file ?? expect.unreachable();
      const back = convertFile(there).file ?? expect.unreachable();
      for (const text of [formatFile(file).text, there.text, formatFile(there).text, back.text]) {
        expect(text?.match(/\$+\w+/g)?.sort()).toEqual(file.text.match(/\$+\w+/g)?.sort());
      }
      expect(loadProject([...files.filter(({ path }) => path !== file.path), back]).model).toEqual(
        loadProject(files).model,
      );
    }
  });
});

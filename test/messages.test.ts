import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { readProject } from '../cli/project.ts';
import { compile } from '../engine/compile/compile.ts';
import { createRenderer, type RenderData, type Rendered } from '../engine/delivery/render/renderer.ts';
import { type CompiledCampaign, triggerEvent } from '../engine/program/program.ts';
import { loadProject } from '../spec/load.ts';
import type { Field, Source } from '../spec/model/data.ts';

// The messages of the project that this repository is, as customers of its sample shop read them.

type Data = Record<string, unknown>;

const root = join(import.meta.dirname, '..');
const { model } = loadProject(await readProject(root));
if (!model) throw new Error('the project has errors');
const program = compile(model);
const renderer = createRenderer(model.templates, model.partials, model.project, model.variables);
const people = await customers();
const events = new Map(
  await Promise.all(
    model.data.events.map(
      async ({ name, sources, fields }) => [name, extremes(await rowsOf(sources, fields))] as const,
    ),
  ),
);

describe.each(model.templates)('$name, $channel', ({ name, channel, variants }) => {
  const marketing = journeysOf(name).some(({ category }) => category === 'marketing');
  const cases = casesOf(name);
  const locales = variants.map(({ locale }) => locale);

  it('is there in Russian and in English, and for the staff in Russian', () => {
    expect(locales.toSorted()).toEqual(channel === 'task' ? [undefined] : ['en', 'ru']);
  });

  it.each(locales)('can be read by everybody: %s', (locale) => {
    expect(cases.length).toBeGreaterThan(0);
    for (const customer of people) {
      for (const event of cases) {
        const rendered = renderer.render(name, channel, locale ?? 'ru', data(customer, event));
        expect(rendered.locale).toBe(locale ?? null);
        for (const text of texts(rendered)) {
          expect(text).not.toBe('');
          expect(text).not.toMatch(/undefined|null|NaN|\[object|\{\{|, !|\s,|\.\.|\(\)|«»|“”/);
        }
        if (rendered.html) expect(/unsubscribe\?m(=|&#x3D;)0{32}"/.test(rendered.html)).toBe(marketing);
        if (channel === 'sms') expect(segments(rendered.text), rendered.text).toBe(1);
        if (channel === 'push') expect(rendered.text.length, rendered.text).toBeLessThan(110);
      }
    }
  });
});

const letters = model.templates.filter(({ channel }) => channel === 'email');

describe.each(letters)('the letter $name', ({ name, variants }) => {
  const [first = {}] = casesOf(name);

  it.each(variants.map(({ locale }) => locale))('greets by name: %s', (locale = '') => {
    const [named, nameless] = people.filter((customer) => customer.locale === locale || customer.name === null);
    const greeted = renderer.render(name, 'email', locale, data(named ?? {}, first));
    expect(greeted.text).toContain(`, ${named?.name}!`);
    const unnamed = renderer.render(name, 'email', locale, data(nameless ?? {}, first));
    expect(unnamed.text).toMatch(locale === 'ru' ? /^Здравствуйте!$/m : /^Hello!$/m);
  });
});

function journeysOf(template: string): CompiledCampaign[] {
  return program.campaigns.filter(({ steps }) =>
    steps.some((step) => step.kind === 'send' && step.template === template),
  );
}

/** The events after which a template is sent; an empty one where it is sent without any. */
function casesOf(template: string): Data[] {
  return journeysOf(template).flatMap(({ trigger }) => events.get(triggerEvent(trigger) ?? '') ?? [{}]);
}

function data(customer: Data, event: Data): RenderData {
  const id = '0'.repeat(32);
  const unsubscribe_url = `https://shop.example/unsubscribe?m=${id}`;
  return { customer, event, message: { id }, unsubscribe_url, timezone: program.project.timezone };
}

function texts({ subject, preheader, html, text }: Rendered): string[] {
  return [subject, preheader, html, text].filter((part) => part !== undefined);
}

/** A Russian and an English customer of the sample of whom most is known, and one of whom only the id is. */
async function customers(): Promise<Data[]> {
  const { sources, attributes } = program.data.customers;
  const rows = (await rowsOf(sources, attributes)).filter(({ name }) => name !== null);
  const missing = (row: Data) => Object.values(row).filter((value) => value === null).length;
  const known = rows.toSorted((a, b) => missing(a) - missing(b));
  const of = (locale: string) => known.find((row) => row.locale === locale) ?? {};
  return [of('ru'), of('en'), Object.fromEntries(attributes.map(({ name }) => [name, null]))];
}

/** As the sample has them, with what is empty missing. */
async function rowsOf(sources: Source[], fields: Field[]): Promise<Data[]> {
  const read = sources.map(async ({ path }) => {
    const text = await readFile(join(root, path), 'utf8');
    if (path.endsWith('.csv')) return parse(text, { columns: true }) as Data[];
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Data);
  });
  const numbers = ['integer', 'number', 'money'];
  const typed = (row: Data) =>
    fields.map(({ name, type }) => {
      const value = row[name];
      if (value === '' || value === undefined) return [name, null];
      return [name, numbers.includes(type) ? Number(value) : value];
    });
  return (await Promise.all(read)).flat().map((row) => Object.fromEntries(typed(row)) as Data);
}

/** The longest and the shortest of each number of items, and of each kind of text that a campaign tells apart. */
function extremes(rows: Data[]): Data[] {
  const found = new Map<unknown, Data>();
  const length = (row: Data | undefined) => JSON.stringify(row ?? {}).length;
  for (const row of rows.filter(({ items_count }) => items_count !== 0)) {
    for (const [end, sign] of [
      ['longest', 1],
      ['shortest', -1],
    ] as const) {
      const key = `${end} ${row.items_count} ${row.tier} ${row.side}`;
      const before = found.get(key);
      if (!before || sign * (length(row) - length(before)) > 0) found.set(key, row);
    }
  }
  return [...found.values()];
}

/** Returns the number of messages that an operator charges for: 160 letters of GSM's alphabet or 70 of any fit into one. */
function segments(text: string): number {
  const latin = /^[\n !-Z_a-z]*$/.test(text);
  const [alone, each] = latin ? [160, 153] : [70, 67];
  return text.length <= alone ? 1 : Math.ceil(text.length / each);
}

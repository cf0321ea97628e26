import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { readProject } from '../cli/project.ts';
import { compile } from '../engine/compile/compile.ts';
import type { Program } from '../engine/compile/program.ts';
import { createRenderer, type RenderData, type Rendered } from '../engine/render/renderer.ts';
import { summarise } from '../engine/report/summarise.ts';
import type { Summary } from '../engine/report/summary.ts';
import { simulate } from '../engine/simulate/simulate.ts';
import type { Diagnostic } from '../spec/diagnostic.ts';
import { loadProject } from '../spec/load.ts';
import type { Model } from '../spec/model/model.ts';

// The project that this repository is: its campaigns, its messages, its sample shop.

const root = join(import.meta.dirname, '..');
const hour = 3_600_000;
const { model, diagnostics } = await load();

async function load(): Promise<{ model: Model; diagnostics: Diagnostic[] }> {
  const loaded = loadProject(await readProject(root));
  if (!loaded.model) throw new Error(loaded.diagnostics.map(({ message }) => message).join('\n'));
  return { model: loaded.model, diagnostics: loaded.diagnostics };
}

it('is checked without a word', () => {
  expect(diagnostics).toEqual([]);
});

describe('thirty days of it', () => {
  let program: Program;
  let summary: Summary;

  // On a grid of three hours instead of the project's: the same journeys in a fraction of the ticks.
  beforeAll(async () => {
    const compiled = compile(model);
    program = { ...compiled, project: { ...compiled.project, tick: 3 * hour } };
    const { from = 0, seed, engagement } = program.project.simulation;
    const window = { from, to: from + 30 * 24 * hour };
    const db = await simulate({ program, ...window, tz: 'test', seed, engagement, root });
    summary = await summarise(db, window);
    await db.close();
  }, 300_000);

  it('sends at every step of every campaign', () => {
    const steps = program.campaigns.flatMap(({ name, steps }) =>
      steps.flatMap((step) => (step.kind === 'send' ? [`${name} ${step.id}`] : [])),
    );
    const sent = summary.rows.filter((row) => row.sent > 0).map((row) => `${row.campaign} ${row.step}`);
    expect([...new Set(sent)].sort()).toEqual(steps.sort());
  });

  it('takes customers into every arm', () => {
    const arms = summary.campaigns.map(({ campaign, arm }) => `${campaign} ${arm}`);
    expect(arms).toEqual(
      expect.arrayContaining([
        'abandoned-cart control',
        'abandoned-cart plain',
        'abandoned-cart cascade',
        'reactivation control',
        'reactivation offer',
        'welcome null',
      ]),
    );
  });

  it('shows what every gate is for', () => {
    const reasons = new Set(summary.rows.flatMap((row) => Object.keys(row.reasons)));
    expect([...reasons]).toEqual(
      expect.arrayContaining(['no-consent', 'no-address', 'suppressed', 'cap:email-daily', 'cap:sms-weekly']),
    );
  });

  it('loses nobody and nothing', () => {
    expect(summary.reconciliation.enrolments.balanced).toBe(true);
    expect(summary.reconciliation.messages.balanced).toBe(true);
  });
});

describe('its messages', async () => {
  const renderer = createRenderer(model.templates, model.partials, model.project);
  const people = await customers();
  const carts = await cartsOfAllSizes();
  const cases = model.templates.flatMap(({ name, channel, variants }) =>
    variants.map(({ locale = '' }) => ({ name, channel, locale })),
  );

  it('are there in Russian and in English', () => {
    for (const { variants } of model.templates) {
      expect(variants.map(({ locale }) => locale).sort()).toEqual(['en', 'ru']);
    }
  });

  it.each(cases)('$name, $channel, $locale: can be read by everybody', ({ name, channel, locale }) => {
    for (const customer of people) {
      for (const event of carts) {
        const rendered = renderer.render(name, channel, locale, data(customer, event));
        expect(rendered.locale).toBe(locale);
        for (const text of texts(rendered)) {
          expect(text).not.toBe('');
          expect(text).not.toMatch(/undefined|null|NaN|\[object|\{\{|, !|\s,/);
        }
        if (rendered.html) expect(rendered.html).toMatch(/unsubscribe\?m(=|&#x3D;)0{32}"/);
        if (channel === 'sms') expect(segments(rendered.text), rendered.text).toBe(1);
      }
    }
  });

  it.each(cases.filter(({ channel }) => channel === 'email'))('$name, $locale: greets by name', ({ name, locale }) => {
    const [named, nameless] = people.filter((customer) => customer.locale === locale || customer.name === null);
    const first = renderer.render(name, 'email', locale, data(named ?? {}, carts[0] ?? {}));
    expect(first.text).toContain(`, ${named?.name}!`);
    const second = renderer.render(name, 'email', locale, data(nameless ?? {}, carts[0] ?? {}));
    expect(second.text).toMatch(locale === 'ru' ? /^Здравствуйте!$/m : /^Hello!$/m);
  });
});

function data(customer: Record<string, unknown>, event: Record<string, unknown>): RenderData {
  const id = '0'.repeat(32);
  const unsubscribe_url = `https://shop.example/unsubscribe?m=${id}`;
  return { customer, event, message: { id }, unsubscribe_url, timezone: model.project.timezone };
}

function texts({ subject, preheader, html, text }: Rendered): string[] {
  return [subject, preheader, html, text].filter((part) => part !== undefined);
}

/** A Russian and an English customer of the sample who lack nothing, and one of whom only the id is known. */
async function customers(): Promise<Record<string, unknown>[]> {
  const rows = parse(await readFile(join(root, 'sample/customers.csv')), { columns: true }) as Record<string, string>[];
  const names = model.data.customers.attributes.map(({ name }) => name);
  const whole = (locale: string) => rows.find((row) => row.locale === locale && Object.values(row).every(Boolean));
  const nothing = Object.fromEntries(names.map((name) => [name, null]));
  return [whole('ru') ?? {}, whole('en') ?? {}, nothing];
}

/** Of each number of items the dearest cart of the sample. */
async function cartsOfAllSizes(): Promise<Record<string, unknown>[]> {
  const lines = (await readFile(join(root, 'sample/cart_updated.jsonl'), 'utf8')).trimEnd().split('\n');
  const dearest = new Map<number, { items_count: number; total: number }>();
  for (const cart of lines.map((line) => JSON.parse(line) as { items_count: number; total: number })) {
    if (cart.items_count > 0 && cart.total > (dearest.get(cart.items_count)?.total ?? 0))
      dearest.set(cart.items_count, cart);
  }
  return [...dearest.values()];
}

/** How many messages an operator charges for: 160 letters of GSM's alphabet or 70 of any fit into one. */
function segments(text: string): number {
  const latin = /^[\n !-Z_a-z]*$/.test(text);
  const [alone, each] = latin ? [160, 153] : [70, 67];
  return text.length <= alone ? 1 : Math.ceil(text.length / each);
}

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { callsIn, misunderstood, scriptsIn } from './commands.ts';
import { type Block, blocksOf, inlineOf, pagesOfDocs, repository, textOf, unfencedOf } from './pages.ts';
import { dslFaults, templateFaults, yamlFaults } from './pieces.ts';
import { commitAll, copyProject, play } from './session.ts';

// Every block of the documentation is checked, or says beside its fence why it is not: `sh no-run: needs a mail server`.
// A page with commands is a session: its commands run in a project, and print what the page shows (`-u` writes it anew).

/** Checked by tests of their own, by page and language. */
const elsewhere: Record<string, Record<string, string>> = {
  'docs/api.md': every('test/docs/api.test.ts', ['ts', 'text']),
  'docs/cli.md': {
    sh: 'cli/help/examples.test.ts',
    text: 'scripts/generate-cli.test.ts',
    json: 'scripts/generate-cli.test.ts',
  },
  'docs/first-shop.md': every('test/first-shop.test.ts', ['sh', 'text', 'yaml', 'handlebars']),
  'docs/gitops.md': every('test/docs/gitops.test.ts', ['sh', 'text', 'yaml']),
  'docs/how-it-runs.md': { json: 'engine/delivery/webhook.test.ts' },
  'docs/reference/codes.md': every('spec/diagnostics/explanations.test.ts', [
    'yaml',
    'handlebars',
    'sh',
    'text',
    'crm',
  ]),
  'docs/reference/expressions.md': { yaml: 'test/reference.test.ts' },
  'docs/reference/grammar.md': { ebnf: 'test/grammar-page.test.ts' },
  'docs/reference/keys.md': every('test/reference-keys.test.ts', ['yaml', 'crm']),
  'docs/reference/presets.md': { yaml: 'scripts/presets.test.ts' },
};

const pages = await pagesOfDocs();
const blocks = pages.flatMap((page) => blocksOf(page));
const isFile = ({ info }: Block) => /^[\w/-]+(\.[\w-]+)+$/.test(info);

/** Returns how a block is checked; undefined if it is not. */
function check(block: Block): string | undefined {
  const { page, language, info } = block;
  if (/^no-run: ./.test(info)) return 'no-run';
  const test = elsewhere[page]?.[language];
  if (test) return test;
  if (language === 'sh' && /^(exits \d+)?$/.test(info)) return 'session';
  if (language === 'text' && info === '') return 'session';
  if (['yaml', 'handlebars', 'crm'].includes(language)) {
    if (isFile(block)) return 'session';
    return info === '' ? language : undefined;
  }
  return undefined;
}

const checkedAs = (kind: string) => blocks.filter((block) => check(block) === kind);

it.each(pages)('%s has no block that is not checked', (page) => {
  const unchecked = blocks.filter((block) => block.page === page && check(block) === undefined);
  expect(
    unchecked.map(({ line, language, info }) => `${page}:${line} ${language} ${info}`),
    'let it be checked, or write no-run: and why',
  ).toEqual([]);
  expect(unfencedOf(page), 'put it between fences').toEqual([]);
});

it('finds what there is', () => {
  expect(pages.length).toBeGreaterThan(50);
  expect(blocks.length).toBeGreaterThan(500);
  for (const [kind, least] of Object.entries({ yaml: 25, handlebars: 1, crm: 11, session: 5 }))
    expect(checkedAs(kind).length, kind).toBeGreaterThanOrEqual(least);
  for (const test of new Set(Object.values(elsewhere).flatMap(Object.values)))
    expect(existsSync(join(repository, test)), test).toBe(true);
});

describe('the piece', () => {
  it.each(checkedAs('yaml'))('$page:$line belongs into a project', async (block) => {
    expect(await yamlFaults(block)).toEqual([]);
  });

  it.each(checkedAs('handlebars'))('$page:$line is a template', (block) => {
    expect(templateFaults(block)).toEqual([]);
  });

  it.each([...new Set(checkedAs('crm').map(({ page }) => page))])('%s is a project in the DSL', (page) => {
    expect(dslFaults(checkedAs('crm').filter((block) => block.page === page))).toEqual([]);
  });
});

it('the schedules of docs/language.md are schedules', async () => {
  const page = 'docs/language.md';
  const rows = /^\| schedule .*?\n\n/ms.exec(textOf(page))?.[0] ?? '';
  const schedules = rows
    .split('\n')
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, text]) => text));
  expect(schedules.length).toBeGreaterThan(8);
  const steps = [{ send: { email: 'reactivation/offer' } }];
  const campaigns = Object.fromEntries(schedules.map((schedule, n) => [`c${n}`, { on: { schedule }, steps }]));
  expect(await yamlFaults({ page, line: 0, language: 'yaml', info: '', text: stringify({ campaigns }) })).toEqual([]);
});

describe('the session', () => {
  let parent: string;
  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'kaskad-docs-'));
  });
  afterAll(() => rm(parent, { recursive: true }));

  it.each([...new Set(checkedAs('session').map(({ page }) => page))])('of %s prints what it shows', async (page) => {
    const root = join(parent, page.replaceAll(/\W/g, '-'), 'shop');
    await mkdir(root, { recursive: true });
    await copyProject(root);
    if (/--base main/.test(textOf(page))) commitAll(root);
    await expect(await play(page, root)).toMatchFileSnapshot(join(repository, page));
  });
});

describe('the commands', () => {
  const scripts = (JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { scripts: object }).scripts;

  it.each(pages)('that %s names are there, with their options', (page) => {
    const code = [...inlineOf(page), ...blocksOf(page).filter(({ language }) => language === 'sh')];
    const faults = code.flatMap(({ line, text }) =>
      callsIn(text).flatMap((call) => misunderstood(call)?.replace(/^/, `${page}:${line} ${call}: `) ?? []),
    );
    expect(faults).toEqual([]);
    expect(scriptsIn(textOf(page)).filter((name) => !(name in scripts))).toEqual([]);
  });
});

function every(test: string, languages: string[]): Record<string, string> {
  return Object.fromEntries(languages.map((language) => [language, test]));
}

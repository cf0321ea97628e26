import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readProject } from '../cli/project.ts';
import type { SourceFile } from '../spec/diagnostic.ts';
import { loadProject } from '../spec/load.ts';

// Every piece of YAML and every template that the documentation shows is one that `crm validate` accepts.

interface Example {
  page: string;
  line: number;
  text: string;
}

type Sections = Record<string, Record<string, unknown> | undefined>;

const root = join(import.meta.dirname, '..');
const pages = await Promise.all(
  ['README.md', 'docs/language.md', 'docs/data.md', 'docs/how-it-runs.md', 'docs/lint.md', 'docs/testing.md'].map(
    async (page) => ({
      page,
      text: await readFile(join(root, page), 'utf8'),
    }),
  ),
);
const files = await readProject(root);

it.each(examples('yaml'))('$page:$line is a piece of a project', ({ page, text }) => {
  const shown = parse(text) as Sections;
  expect(
    faults([...around(shown), { path: `${page}.crm.yaml`, text: stringify({ ...shown, project: undefined }) }]),
  ).toEqual([]);
});

it.each(examples('handlebars'))('$page:$line is a template', ({ text }) => {
  const path = 'templates/cart/reminder.email.en.hbs';
  expect(faults([...files.filter((file) => file.path !== path), { path, text }])).toEqual([]);
});

it('finds the examples', () => {
  expect(examples('yaml').length).toBeGreaterThan(9);
  expect(examples('handlebars').length).toBeGreaterThan(0);
});

function examples(language: string): Example[] {
  return pages.flatMap(({ page, text }) =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map((found) => ({
      page,
      line: text.slice(0, found.index).split('\n').length + 1,
      text: found[1] ?? '',
    })),
  );
}

/** This repository's project, without what the example says itself; of data alone nothing else can be made use of. */
function around(shown: Sections): SourceFile[] {
  const own = sections('crm.yaml');
  const { simulation, ...bare } = own.project ?? {};
  const alone = 'data' in shown;
  const rest = alone ? {} : { ...own, segments: sections('campaigns/segments.crm.yaml').segments };
  for (const [key, own] of Object.entries(rest as Sections)) {
    if (named.includes(key)) (rest as Sections)[key] = without(own, shown[key]);
    else if (key in shown) delete (rest as Sections)[key];
  }
  const project = shown.project ?? { ...bare, ...(alone ? {} : { simulation }) };
  const whole = { ...rest, project };
  const others = (path: string) => path.startsWith('campaigns/') && path !== 'campaigns/segments.crm.yaml';
  return [
    { path: 'crm.yaml', text: stringify(whole) },
    ...files.filter(({ path }) => path.startsWith('templates/') || (others(path) && !alone && !('campaigns' in shown))),
  ];
}

/** Sections of which an example says a part only. */
const named = ['segments', 'variables', 'channels', 'cascades'];

/** Returns the entries that the others do not have. */
function without(all: Record<string, unknown> = {}, others: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !(name in others)));
}

function sections(path: string): Sections {
  return parse(files.find((file) => file.path === path)?.text ?? '') as Sections;
}

function faults(project: SourceFile[]): string[] {
  return loadProject(project).diagnostics.map(({ message, help }) => `${message}: ${help}`);
}

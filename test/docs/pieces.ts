import { parse, stringify } from 'yaml';
import { readProject } from '../../cli/project.ts';
import { compile } from '../../engine/compile/compile.ts';
import { runTests } from '../../engine/dry-run/tests/run-tests.ts';
import type { Diagnostic, SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { formatFile } from '../../spec/format.ts';
import { lint } from '../../spec/lint/lint.ts';
import { type Loaded, loadProject } from '../../spec/load.ts';
import { type Block, repository } from './pages.ts';

// Blocks that are no files of their page: each is tried in a project into which it fits.

type Sections = Record<string, Record<string, unknown> | undefined>;

const files = await readProject(repository);

/** Returns what is wrong with a piece of YAML in this repository's project, and with the tests in it when they are run. */
export async function yamlFaults({ page, text }: Block): Promise<string[]> {
  const shown = (parse(text) ?? {}) as Sections;
  const path = `${page}.crm.yaml`;
  const own = { path, text: 'project' in shown ? stringify({ ...shown, project: undefined }) : text };
  const project = [...around(shown), own];
  const loaded = loadProject(project);
  const silenced = text.includes('kaskad-ignore')
    ? lint(project, loaded).filter((one) => one.range?.file === path)
    : [];
  return [...[...loaded.diagnostics, ...silenced].map(told), ...(await failedTests(loaded, shown))];
}

async function failedTests({ model }: Loaded, { tests = {} }: Sections): Promise<string[]> {
  const own = model?.tests.filter(({ name }) => name in tests) ?? [];
  if (!model || own.length === 0) return [];
  const results = await runTests(compile(model), own, { parallel: 1, tz: 'test' });
  return results
    .filter(({ passed }) => !passed)
    .map(({ test, problems }) => `${test.name}: ${JSON.stringify(problems)}`);
}

/** Returns what is wrong with a template, in the place of the cart's reminder. */
export function templateFaults({ text }: Block): string[] {
  const path = 'templates/cart/reminder.email.en.hbs';
  return loadProject([...files.filter((file) => file.path !== path), { path, text }]).diagnostics.map(told);
}

const dslTemplates: SourceFile[] = [
  { path: 'templates/cart/reminder.email.hbs', text: '---\nsubject: Hello\n---\n<a href="{{unsubscribe_url}}">x</a>' },
  { path: 'templates/cart/reminder.push.hbs', text: '---\ntitle: Hello\n---\nHello' },
  { path: 'templates/cart/reminder.sms.hbs', text: 'Hello' },
  { path: 'templates/churn/call.task.hbs', text: '---\nsubject: Call\n---\nHello' },
];

/** Returns what is wrong with the DSL of a page, whose blocks make up one project, and which of them `crm fmt` would change. */
export function dslFaults(blocks: Block[]): string[] {
  const own = blocks.map(({ text, line }): SourceFile => {
    return { path: text.includes('\nproject ') ? 'project.crm' : `line-${line}.crm`, text };
  });
  const untidy = own
    .filter((file) => formatFile(file).text !== file.text)
    .map(({ path }) => `${path} is not formatted`);
  return [...loadProject([...dslTemplates, ...own]).diagnostics.map(told), ...untidy];
}

/** This repository's project, without what the piece says itself; of data alone nothing else can be made use of. */
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
  const others = (path: string) => /^campaigns\/(?!segments|tests\/)/.test(path);
  return [
    { path: 'crm.yaml', text: stringify(whole) },
    ...files.filter(({ path }) => path.startsWith('templates/') || (others(path) && !alone && !('campaigns' in shown))),
  ];
}

/** Sections of which a piece says a part only. */
const named = ['segments', 'variables', 'channels', 'cascades'];

/** Returns the entries that the others do not have. */
function without(all: Record<string, unknown> = {}, others: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !(name in others)));
}

function sections(path: string): Sections {
  return parse(files.find((file) => file.path === path)?.text ?? '') as Sections;
}

function told({ message, help, range }: Diagnostic): string {
  return `${range?.start.line}: ${message}: ${help}`;
}

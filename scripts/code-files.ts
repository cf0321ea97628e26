import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Example, ExampleKind, Explanation } from '../spec/diagnostics/explanation.ts';

const folder = new URL('../spec/diagnostics/codes/', import.meta.url);
export const tablePath = new URL('../spec/diagnostics/codes.generated.ts', import.meta.url);
export const explanationsPath = new URL('../spec/diagnostics/explanations.generated.ts', import.meta.url);

/** A file of `spec/diagnostics/codes/`. */
export interface CodeFile {
  code: string;
  /** A key of `groups`; for lint also the rule and its severity. */
  table: Record<string, string>;
  explanation: Explanation;
}

/** The words after the opening fence of an example. */
const fences: Record<string, ExampleKind> = {
  yaml: 'yaml',
  'yaml project': 'project',
  crm: 'dsl',
  'text condition': 'condition',
  'handlebars body': 'body',
  handlebars: 'email',
  sh: 'shell',
};

export function readCodeFiles(): CodeFile[] {
  const names = readdirSync(folder).sort();
  return names.map((name) => readCodeFile(basename(name, '.md'), readFileSync(new URL(name, folder), 'utf8')));
}

/** Reads front matter, title and reason in English, the same in Russian, a wrong example and a right one. */
export function readCodeFile(code: string, text: string): CodeFile {
  const form =
    /^---\n(?<front>.+?)\n---\n\n# (?<title>.+)\n\n(?<why>.+)\n\n# (?<titleRu>.+)\n\n(?<whyRu>.+)\n\n## Wrong\n\n(?<wrong>.+)\n## Right\n\n(?<right>.+)$/s;
  const {
    front = '',
    title = '',
    why = '',
    titleRu = '',
    whyRu = '',
    wrong = '',
    right = '',
  } = form.exec(text)?.groups ?? {};
  const entries = front.split('\n').map((line) => line.split(': '));
  const kind = fences[/^```(.+)$/m.exec(wrong)?.[1] ?? ''];
  if (!/^CRM\d{4}$/.test(code) || kind === undefined || [title, why, titleRu, whyRu].some((one) => one.includes('\n')))
    throw new Error(`spec/diagnostics/codes/${code}.md does not have the form of the other files there`);
  return {
    code,
    table: { title, ...Object.fromEntries(entries) },
    explanation: {
      why,
      kind,
      wrong: exampleIn(wrong, kind),
      right: exampleIn(right, kind),
      ru: { title: titleRu, why: whyRu },
    },
  };
}

/** Returns the text between fences, or texts by the paths that are written above them. */
function exampleIn(section: string, kind: ExampleKind): Example {
  const blocks = [...section.matchAll(/(?:^`([^`\n]+)`:\n\n)?^```.+\n([\s\S]*?)\n```$/gm)];
  const isFile = ['yaml', 'project', 'dsl', 'email'].includes(kind);
  const texts = blocks.map(([, path, text = '']) => [path, visible(text) + (isFile ? '\n' : '')] as const);
  const [first] = texts;
  if (first?.[0] === undefined) return first?.[1] ?? '';
  return Object.fromEntries(texts);
}

/** Replaces the pictures of control characters and of the space, such as `␉`, by what they show. */
function visible(text: string): string {
  return text.replaceAll(/[\u2400-\u2420]/g, (picture) => String.fromCharCode(picture.charCodeAt(0) - 0x2400));
}

const header = '// Generated from spec/diagnostics/codes/*.md by `npm run generate`. Do not edit.\n';

export function codeTable(files: CodeFile[]): string {
  const rows = files.map(({ code, table }) => `  ${code}: ${JSON.stringify(table)},\n`);
  return `${header}\n/** Every code that a finding can have. A code is never used again with another meaning. */\nexport const codes = {\n${rows.join('')}} as const;\n`;
}

export function explanationTable(files: CodeFile[]): string {
  const rows = files.map(({ code, explanation }) => `  ${code}: ${JSON.stringify(explanation)},\n`);
  const imports = "import type { Code } from './codes.ts';\nimport type { Explanation } from './explanation.ts';\n";
  return `${header}${imports}\n/** The reason and the examples of every code: large, so load it where it is shown. */\nexport const explanations: Readonly<Record<Code, Explanation>> = {\n${rows.join('')}};\n`;
}

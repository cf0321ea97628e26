import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

// The pages of the documentation, and what is in them to be checked.

export const repository = join(import.meta.dirname, '../..');

/** A block between two fences. */
export interface Block {
  page: string;
  line: number;
  language: string;
  /** The rest of the line of the fence: a path, how it ends, or why it is not run. */
  info: string;
  text: string;
}

/** A piece of code in a sentence. */
export interface Inline {
  page: string;
  line: number;
  text: string;
}

const folders = [
  '',
  'docs',
  'docs/contributing',
  'docs/decisions',
  'docs/reference',
  'editors/vscode',
  'sample',
  'test/fixtures',
];

/** Returns the paths of all pages, from the root of the repository. */
export async function pagesOfDocs(): Promise<string[]> {
  const found = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(repository, folder)))
        .filter((name) => name.endsWith('.md'))
        .map((name) => (folder === '' ? name : `${folder}/${name}`)),
    ),
  );
  return found.flat().sort();
}

export function textOf(page: string): string {
  return readFileSync(join(repository, page), 'utf8');
}

const fenced = /^( *)```([^\s`]*)[ \t]*([^\n`]*)\n(.*?)^\1```[ \t]*$/gms;

export function blocksOf(page: string, text = textOf(page)): Block[] {
  return [...text.matchAll(fenced)].map(({ index, 1: indent = '', 2: language = '', 3: info = '', 4: body = '' }) => ({
    ...{ page, line: lineAt(text, index), language, info: info.trim() },
    text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** Returns a page with other texts in the blocks at these lines. */
export function rewritten(page: string, texts: Map<number, string>): string {
  const text = textOf(page);
  return text.replaceAll(
    fenced,
    (whole: string, indent: string, language: string, info: string, _: string, index: number) => {
      const own = texts.get(lineAt(text, index));
      return own === undefined
        ? whole
        : `${indent}\`\`\`${[language, info].filter(Boolean).join(' ')}\n${own}${indent}\`\`\``;
    },
  );
}

/** Returns a page whose blocks are blank: a place in it is the same as in the page. */
export function proseOf(page: string, text = textOf(page)): string {
  return text.replaceAll(fenced, blanked);
}

/** Returns the code in sentences and in cells of tables. */
export function inlineOf(page: string, text = textOf(page)): Inline[] {
  return [...proseOf(page, text).matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(({ index, 1: code = '' }) => ({
    ...{ page, line: lineAt(text, index) },
    text: code.replaceAll(/\s+/g, ' ').replaceAll('\\|', '|'),
  }));
}

/** Returns the lines of code that has no fence, where a page has such code. */
export function unfencedOf(page: string, text = textOf(page)): number[] {
  const lines = proseOf(page, text).split('\n');
  let listed = false;
  return lines.flatMap((line, index) => {
    if (/^ *([-*]|\d+\.) /.test(line)) listed = true;
    else if (/^\S/.test(line)) listed = false;
    return !listed && /^( {4}|\t)\s*\S/.test(line) && (lines[index - 1] ?? '').trim() === '' ? [index + 1] : [];
  });
}

function blanked(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { codeTable, explanationsPath, explanationTable, readCodeFile, readCodeFiles, tablePath } from './code-files.ts';
import { codesPage, codesPath } from './codes.ts';

const files = readCodeFiles();

test.each([
  [tablePath, codeTable(files)],
  [explanationsPath, explanationTable(files)],
  [codesPath, codesPage(files)],
])('%s is what the files of the codes generate', async (path, text) => {
  expect(await readFile(path, 'utf8'), 'run `npm run generate`').toBe(text);
});

test('a file of a code has two languages, a wrong example and a right one', () => {
  const text = [
    '---\ngroup: files\n---',
    '# A tab',
    'Why.',
    '# Табуляция',
    'Почему.',
    '## Wrong',
    '```yaml\n␉a: 1\n```',
    '## Right',
    '```yaml\na: 1\n```\n',
  ];
  expect(readCodeFile('CRM1002', text.join('\n\n'))).toEqual({
    code: 'CRM1002',
    table: { group: 'files', title: 'A tab' },
    explanation: {
      why: 'Why.',
      kind: 'yaml',
      wrong: '\ta: 1\n',
      right: 'a: 1\n',
      ru: { title: 'Табуляция', why: 'Почему.' },
    },
  });
  for (const i of text.keys()) expect(() => readCodeFile('CRM1002', text.toSpliced(i, 1).join('\n\n'))).toThrow('form');
});

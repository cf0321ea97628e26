import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allCodes } from './codes.ts';

const root = join(import.meta.dirname, '../..');

function textOf(paths: string[]): string {
  return paths.map((path) => readFileSync(join(root, path), 'utf8')).join('\n');
}

const golden = textOf(globSync('test/golden/diagnostics/*/expected.txt', { cwd: root }));
const sources = textOf(globSync('spec/**/*.ts', { cwd: root }).filter((path) => !/\.(test|generated)\.ts$/.test(path)));

describe('the table of codes', () => {
  it('has every code that is shown', () => {
    const shown = new Set(golden.match(/CRM\d{4}/g));
    expect([...shown].filter((code) => !allCodes.some((one) => one === code))).toEqual([]);
  });

  it('has no code that the sources do not use', () => {
    expect(allCodes.filter((code) => !/^CRM5/.test(code) && !sources.includes(`'${code}'`))).toEqual([]);
  });

  it('has an example of every code of structure and linking', () => {
    // Invisible characters would not survive an editor: their case is made by the test of limits. Environments are asked for
    // on the command line.
    const elsewhere = ['CRM1005', 'CRM4062'];
    const ours = allCodes.filter((code) => /^CRM[14]/.test(code) && !elsewhere.includes(code));
    expect(ours.filter((code) => !golden.includes(code))).toEqual([]);
  });
});

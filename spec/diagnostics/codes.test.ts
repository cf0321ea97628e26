import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codes } from './codes.ts';

const root = join(import.meta.dirname, '../..');

function textOf(pattern: string): string {
  return globSync(pattern, { cwd: root })
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
}

const golden = textOf('test/golden/diagnostics/*/expected.txt');
const sources = textOf('spec/{*.ts,{words,document,yaml,dsl,constructs}/**/*.ts}');

describe('the registry of codes', () => {
  it('knows every code that is shown', () => {
    const shown = new Set(golden.match(/CRM\d{4}/g));
    expect([...shown].filter((code) => !(code in codes))).toEqual([]);
  });

  it('knows every code that the sources name, and the sources use every code of theirs', () => {
    const named = sources.match(/'CRM\d{4}'/g) ?? [];
    const used = new Set(named.map((code) => code.slice(1, -1)));
    expect([...used].filter((code) => !(code in codes))).toEqual([]);
    const ours = Object.keys(codes).filter((code) => /^CRM[14]/.test(code));
    expect(ours.filter((code) => !used.has(code))).toEqual([]);
  });

  it('has an example of every code of structure and linking', () => {
    // Invisible characters would not survive an editor: their case is made by the test of limits. Environments are asked for
    // on the command line.
    const elsewhere = ['CRM1005', 'CRM4062'];
    const ours = Object.keys(codes).filter((code) => /^CRM[14]/.test(code) && !elsewhere.includes(code));
    expect(ours.filter((code) => !golden.includes(code))).toEqual([]);
  });
});

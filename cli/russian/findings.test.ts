import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Diagnostic, SourceFile } from '../../spec/diagnostic.ts';
import type { Example, ExampleKind } from '../../spec/explain/explanation.ts';
import { explanations } from '../../spec/explain/explanations.ts';
import { worldOf } from '../../spec/explain/world.fixture.ts';
import { useLanguage } from '../../spec/text/language.ts';
import { untranslated } from '../../test/untranslated.ts';
import { checked } from '../checked.ts';
import { renderDiagnostics } from '../views/diagnostics.ts';
import { catalogue } from './index.ts';

beforeEach(() => useLanguage('ru', catalogue));
afterEach(() => useLanguage('en'));

function found(kind: ExampleKind, example: Example): Diagnostic[] {
  const environment = kind === 'shell' ? String(example).split(' ').at(-1) : undefined;
  return checked(worldOf(kind, example), environment).diagnostics;
}

/** Examples, which are all of a text or end a sentence, are as they are in every language. */
function leftIn(text: string): string[] {
  if (/^\{\{.*\}\}$/.test(text)) return [];
  const sentence = text.replaceAll(/(?<=[:,;] )[a-z][^а-яё]*$/g, '…');
  return /[а-яё]/i.test(text) ? untranslated(sentence) : [text];
}

const ours = Object.entries(explanations).filter(([code]) => /^CRM[235]/.test(code));

describe.each(ours)('%s in Russian', (code, { kind, wrong }) => {
  it('says what is wrong and what to do', () => {
    const findings = found(kind, wrong).filter((one) => /^CRM[235]/.test(one.code));
    expect(findings.map((one) => one.code)).toContain(code);
    const texts = findings.flatMap(({ message, help, fix }) => [message, help ?? message, fix?.title ?? message]);
    expect(texts.flatMap(leftIn)).toEqual([]);
  });
});

const goldens = join(import.meta.dirname, '../../test/golden');

describe('what a person reads in Russian about', () => {
  it.each(['lint/yaml', 'diagnostics/expressions', 'diagnostics/templates'])('%s', (name) => {
    const files = filesOf(join(goldens, name));
    const { diagnostics } = checked(files, undefined);
    const text = `${renderDiagnostics(diagnostics, files, { color: false, width: 100 })}\n`;
    const path = join(goldens, 'russian', `${name.replace('/', '-')}.txt`);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });
});

function filesOf(root: string): SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path !== 'expected.txt' && statSync(join(root, path)).isFile())
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(root, path), 'utf8') }));
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../spec/diagnostics/diagnostic.ts';
import type { Example, ExampleKind } from '../../spec/diagnostics/explanation.ts';
import { explanations } from '../../spec/diagnostics/explanations.generated.ts';
import { worldOf } from '../../spec/diagnostics/world.fixture.ts';
import { presets } from '../../spec/presets/presets.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { translated } from '../../spec/words/t.ts';
import { untranslated } from '../../test/untranslated.ts';
import { checked } from '../checked.ts';
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

describe.each(Object.entries(explanations))('%s in Russian', (code, { kind, wrong }) => {
  it('says what is wrong and what to do', () => {
    const findings = found(kind, wrong);
    expect(findings.map((one) => one.code)).toContain(code);
    const texts = findings.flatMap(({ message, help, fix }) => [message, help ?? message, fix?.title ?? message]);
    expect(texts.flatMap(leftIn)).toEqual([]);
  });
});

it('presets have their titles in Russian', () => {
  const titles = Object.values(presets).map(({ title }) => translated(title));
  expect(titles).toContain('Mailchimp: подписанные контакты аудитории');
  expect(titles.filter((title) => !/[а-яё]/.test(title))).toEqual([]);
});

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar, type IRawGrammar } from 'vscode-textmate';
import { keywords } from '../spec/dsl/walk.ts';
import { textmateGrammar, textmatePath } from './textmate.ts';

let grammar: IGrammar;
beforeAll(async () => {
  const wasm = await readFile(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => oniguruma.createOnigScanner(patterns),
      createOnigString: (text) => oniguruma.createOnigString(text),
    }),
    loadGrammar: async () => JSON.parse(await readFile(textmatePath, 'utf8')) as IRawGrammar,
  });
  const loaded = await registry.loadGrammar('source.crm');
  if (!loaded) throw new Error('the grammar cannot be loaded');
  grammar = loaded;
});

/** Returns `word scope` for every word with a colour; the scope without `.crm`. */
function coloured(line: string): string[] {
  return grammar.tokenizeLine(line, null).tokens.flatMap(({ startIndex, endIndex, scopes }) => {
    const scope = scopes.at(-1)?.replace(/\.crm$/, '') ?? '';
    return scope === 'source' ? [] : [`${line.slice(startIndex, endIndex).trim()} ${scope}`];
  });
}

it('the grammar of the extension is made of the present language', async () => {
  expect(await readFile(textmatePath, 'utf8'), 'run `npm run generate`').toBe(textmateGrammar());
});

describe('the grammar colours', () => {
  it('statements and their names', () => {
    expect(coloured('segment sleeping "Asleep" { # why')).toEqual([
      'segment storage.type',
      'sleeping entity.name.type',
      '" string.quoted.double',
      'Asleep string.quoted.double',
      '" string.quoted.double',
      '{ punctuation.section.block',
      '# why comment.line.number-sign',
    ]);
  });

  it('steps and their clauses', () => {
    expect(coloured('    email cart/email until clicked within 1 day')).toEqual([
      'until keyword.other',
      'within keyword.other',
      '1 day constant.numeric',
    ]);
    expect(coloured('  plain 45% { send email cart/reminder as first }')).toEqual([
      '45% constant.numeric',
      '{ punctuation.section.block',
      'send keyword.control',
      'as keyword.other',
      '} punctuation.section.block',
    ]);
  });

  it('expressions', () => {
    expect(
      coloured('  where count(order_paid in last 90 days) >= 3 and in segment vip-gold and event.total > 5'),
    ).toEqual([
      'where keyword.control',
      'count support.function',
      'in keyword.operator.word',
      'last keyword.operator.word',
      '90 days constant.numeric',
      '>= keyword.operator.comparison',
      '3 constant.numeric',
      'and keyword.operator.word',
      'in keyword.operator.word',
      'segment keyword.operator.word',
      'vip-gold entity.name.type',
      'and keyword.operator.word',
      'event variable.other.object',
      'total variable.other.property',
      '> keyword.operator.comparison',
      '5 constant.numeric',
    ]);
  });

  it('no words inside other words, texts and comments', () => {
    expect(coloured('  directory out/send')).toEqual(['directory keyword.control']);
    expect(coloured('# send where')).toEqual(['# send where comment.line.number-sign']);
    expect(coloured('"send # where"').every((one) => one.endsWith('string.quoted.double'))).toBe(true);
  });

  it('every word of the language, somewhere', () => {
    const pale = [...keywords].filter((word) => {
      const lines = [`${word} x`, `  x ${word} y`];
      return !lines.some((line) => coloured(line).some((one) => one.startsWith(`${word} `)));
    });
    expect(pale).toEqual([]);
  });
});

import { globSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import * as cli from '../cli/russian/index.ts';
import * as engine from '../engine/russian/index.ts';
import * as spec from '../spec/russian/index.ts';
import { useLanguage } from '../spec/words/language.ts';
import { translated } from '../spec/words/t.ts';
import { textsOf, textsOfFiles, untagged } from './texts.ts';

const files = globSync('{spec,engine,cli,language-server}/**/*.ts').filter(
  (path) => !/\.test(-helper)?\.ts$/.test(path),
);
const found = files.map(textsOf);
const texts = new Set([...found.flatMap((one) => one.texts), ...textsOfFiles()]);
const stored = new Set(found.flatMap((one) => one.stored));
const nouns = new Set(found.flatMap((one) => one.nouns));

const { catalogue } = cli;

afterEach(() => useLanguage('en'));

/** The reference, what programs read, catalogues, columns of other products, and what the schema is made of. */
const apart = /^cli\/(exit\.ts|views\/sarif\.ts)|^spec\/presets\/|\/russian\/|\.(fixture|generated)\.ts$/;

test('every sentence of the program can be translated', () => {
  const left = files.filter((path) => !apart.test(path)).map((path) => [path, untagged(path)] as const);
  expect(Object.fromEntries(left.filter(([, sentences]) => sentences.length > 0))).toEqual({});
});

describe('the Russian texts', () => {
  test('are there for every English one', () => {
    expect([...texts].filter((text) => !catalogue.texts.has(text))).toEqual([]);
    expect([...stored].filter((text) => !catalogue.stored.has(text))).toEqual([]);
    expect([...nouns].filter((noun) => !catalogue.nouns.has(noun))).toEqual([]);
  });

  test('are those of an English one', () => {
    expect([...catalogue.texts.keys()].filter((text) => !texts.has(text))).toEqual([]);
    expect([...catalogue.stored.keys()].filter((text) => !stored.has(text))).toEqual([]);
    expect([...catalogue.nouns.keys()].filter((noun) => !nouns.has(noun))).toEqual([]);
  });

  test('are there once', () => {
    const keys = [...spec.texts, ...engine.texts, ...cli.texts].flatMap((one) => Object.keys(one));
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });

  test('show every value of the English one', () => {
    const values = (text: string) => [...new Set(text.match(/\{\d+\}/g))].toSorted();
    const differing = [...catalogue.texts, ...catalogue.stored].filter(([text, translation]) => {
      // A function gets values that no text has, and must show them.
      const shown = typeof translation === 'string' ? translation : translation(...values(text));
      return values(shown).join() !== values(text).join();
    });
    expect(differing.map(([text]) => text)).toEqual([]);
  });

  test('are in Russian', () => {
    const strange = [...catalogue.texts.values(), ...catalogue.stored.values()].filter(
      (one) => typeof one === 'string' && !/[а-яё]/i.test(one),
    );
    expect(strange).toEqual([]);
  });

  test('of a stored text are found again by the text with its values', () => {
    useLanguage('ru', catalogue);
    const written = (text: string) => text.replaceAll(/\{(\d+)\}/g, (_, n) => `'v${n}'`);
    const lost = [...catalogue.stored].filter(([text, translation]) => {
      const values = [...new Set(text.match(/\{\d+\}/g))].map(written);
      const russian = typeof translation === 'string' ? written(translation) : translation(...values);
      return translated(written(text)) !== russian;
    });
    expect(lost.map(([text]) => text)).toEqual([]);
  });
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checked } from '../../cli/checked.ts';
import { validate } from '../../cli/commands/validate.ts';
import { catalogue } from '../../cli/russian/index.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { testIo } from '../io.ts';
import { untranslated } from '../untranslated.ts';
import type { BadInput, Files } from './input.ts';
import { conditions } from './inputs/conditions.ts';
import { encodings } from './inputs/encodings.ts';
import { journeys } from './inputs/journeys.ts';
import { large } from './inputs/large.ts';
import { names } from './inputs/names.ts';
import { slips } from './inputs/slips.ts';
import { structure } from './inputs/structure.ts';
import { shop } from './shop.ts';

/** Far above what each takes, for machines that are busy with other things; what takes for ever does not pass. */
const patience = 10_000;

const surfaces = { yaml: { title: 'YAML', path: 'bad.crm.yaml' }, dsl: { title: 'the DSL', path: 'bad.crm' } };
const inputs: BadInput[] = [...structure, ...slips, ...encodings, ...names, ...journeys, ...conditions, ...large];
const cases = inputs.flatMap((input) =>
  (['yaml', 'dsl'] as const).flatMap((surface) => {
    const files = input[surface];
    const { title, path } = surfaces[surface];
    return files === undefined
      ? []
      : [{ title: `${input.name}, in ${title}`, input, surface, files: filesOf(files, path) }];
  }),
);

function filesOf(files: Files, path: string): Record<string, string | Uint8Array> {
  const own = typeof files === 'string' || files instanceof Uint8Array ? { [path]: files } : files;
  const { 'crm.yaml': _, ...rest } = shop;
  return { ...('project.crm' in own ? rest : shop), ...own };
}

let root: string;
const told = new Map<string, string>();
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-bad-'));
});
afterAll(() => rm(root, { recursive: true }));

let made = 0;

async function said({ input, surface, files }: (typeof cases)[number]): Promise<string> {
  const folder = join(root, String(made++));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const io = testIo(folder);
  const code = await validate(io, { ...(input.env !== undefined && { env: input.env }) });
  expect(code, io.said.out).toBe(input.fine === true || input.fine === surface ? 0 : 1);
  return io.said.out + io.said.err;
}

describe('a bad input', () => {
  it.each(cases)(
    '$title',
    async (one) => {
      const text = await said(one);
      told.set(one.title, text);
      expect(text).not.toMatch(/oneOf|anyOf|#\/|undefined|\[object|NaN|\n {4}at |Error:/);
      // Nothing but line breaks steers the terminal.
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
      expect(text.length).toBeLessThan(100_000);
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(600);
    },
    patience,
  );

  it('is as often one of YAML as one of the DSL', () => {
    for (const surface of ['yaml', 'dsl'] as const) {
      expect(inputs.filter((input) => input[surface] && input.fine === undefined).length).toBeGreaterThan(60);
    }
  });

  it('is told in words that have been looked at', async () => {
    const short = [...told].map(([title, text]) => `━━ ${title}\n\n${abridged(text)}`);
    await expect(short.join('\n')).toMatchFileSnapshot('expected.txt');
  });
});

const small = cases.filter(({ input }) => input.fine === undefined && !large.includes(input));

describe('a bad input, in Russian', () => {
  beforeAll(() => useLanguage('ru', catalogue));
  afterAll(() => useLanguage('en'));

  it.each(small)('$title', ({ files }) => {
    const texts = Object.entries(files).flatMap(([path, text]) => (typeof text === 'string' ? [{ path, text }] : []));
    const { diagnostics } = checked(texts, undefined);
    const told = diagnostics.flatMap(({ message, help = message }) => [message, help]);
    expect(told.filter((text) => !/[а-яё]/i.test(text) && !/^\{\{.*\}\}$/.test(text))).toEqual([]);
    expect(told.flatMap(untranslated)).toEqual([]);
  });
});

/** The first of ten thousand findings show the form of all. */
function abridged(text: string): string {
  const parts = text.split('\n\n');
  return parts.length <= 30
    ? text
    : `${parts.slice(0, 3).join('\n\n')}\n\n… ${parts.length - 4} more\n\n${parts.at(-1)}`;
}

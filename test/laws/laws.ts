import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writtenModel, writtenTree } from '../../spec/constructs/written.ts';
import { convertFile } from '../../spec/convert.ts';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { printCrm } from '../../spec/dsl/print.ts';
import { formatFile } from '../../spec/format.ts';
import { loadProject } from '../../spec/load.ts';
import type { Model } from '../../spec/model/model.ts';
import { printYaml } from '../../spec/yaml/print.ts';
import { worldsOf } from '../extent.ts';
import { type Noise, noise, noisy } from './noise.ts';
import { model, templates } from './random-model.ts';

/** Another number replays other models; fast-check prints the one of a failure. */
const seed = Number(process.env.LAW_SEED ?? 20_260_302);
const some = worldsOf(250, 5_000, 100);
/** The number of models that `npm test` has checked, which are skipped here. */
const first = process.env.LAW_RUNS === undefined ? some.first : 0;
const numRuns = Number(process.env.LAW_RUNS ?? first + some.worlds);
const shrinks = process.env.SHRINK !== undefined;
/** For all laws of a surface; on two processors they take about two minutes, milliseconds. */
const patience = 900_000;

const surfaces = {
  YAML: { path: 'crm.yaml', print: printYaml, other: printCrm, from: seed },
  'the DSL': { path: 'project.crm', print: printCrm, other: printYaml, from: seed + 1 },
};

function notes(text: string): string[] {
  return (text.match(/note \d+\./g) ?? []).sort();
}

/** The formatted texts of the current Model: the laws format the same texts several times. */
const known = new Map<string, string>();

function formatted(file: SourceFile): string {
  const key = `${file.path}\n${file.text}`;
  const result = known.get(key) ?? formatFile(file).text ?? expect.unreachable(file.text);
  known.set(key, result);
  return result;
}

function converted(file: SourceFile): SourceFile {
  return convertFile(file).file ?? expect.unreachable(file.text);
}

/** Removes the noise; formatting joins what the noise had spread over lines. */
function bare({ path, text }: SourceFile): string {
  const still = text.replaceAll(/^ *# note \d+\.\n/gm, '').replaceAll(/ # note \d+\.$/gm, '');
  return dense(formatted({ path, text: still }));
}

/** Without blank lines. */
function dense(text: string): string {
  return text.replaceAll(/\n{2,}/g, '\n');
}

/** Declares the laws of one surface. Each has a test file of its own, so that two workers share the work. */
export function lawsOf(name: keyof typeof surfaces): void {
  const { path, print, other, from } = surfaces[name];
  describe(`every Model in ${name}`, () => {
    it(
      'is read as what was printed, and survives formatting and conversion with all its comments',
      () => {
        let runs = 0;
        const holds = (one: Model, some: Noise) => {
          runs++;
          // Each surface has models of its own.
          const survives = shrinks || (runs > first / 2 && runs <= numRuns / 2);
          if (runs <= first && !survives) return;
          known.clear();
          const tree = writtenTree(writtenModel(one));
          const file = { path, text: print(tree) };
          if (runs > first || shrinks) readAsPrinted(one, file);
          if (!survives) return;
          // The law above shows that the printed text is equal to the Model.
          const { text, comments } = noisy(file.text, some);
          const rough = { path, text };
          survivesFormatting(file, rough, comments.sort());
          survivesConversion(file, rough, comments.sort(), other(tree));
        };
        withPlainEnvironment(() => {
          fc.assert(fc.property(model, noise, holds), { seed: from, numRuns, endOnFailure: !shrinks });
        });
      },
      patience,
    );
  });
}

/** The YAML library asks the environment about each token, and the process is much slower to answer than an object. */
function withPlainEnvironment(work: () => void): void {
  const { env } = process;
  process.env = { ...env };
  try {
    work();
  } finally {
    process.env = env;
  }
}

function readAsPrinted(one: Model, file: SourceFile): void {
  const { model: read, diagnostics } = loadProject([...templates, file]);
  expect(diagnostics, file.text).toEqual([]);
  expect(read, file.text).toEqual(one);
  expect(formatted(file)).toBe(file.text);
}

/** Formatting twice is formatting once. `rough`: the same with noise. */
function survivesFormatting({ path, text }: SourceFile, rough: SourceFile, comments: string[]): void {
  const once = { path, text: formatted(rough) };
  expect(notes(once.text), rough.text).toEqual(comments);
  expect(formatted(once), rough.text).toBe(once.text);
  expect(bare(once), rough.text).toBe(dense(text));
}

/** Conversion, and the way back. `inOther`: the Model on the other surface. */
function survivesConversion({ path, text }: SourceFile, rough: SourceFile, comments: string[], inOther: string): void {
  const there = converted(rough);
  expect(notes(there.text), rough.text).toEqual(comments);
  expect(formatted(there), rough.text).toBe(there.text);
  expect(bare(there), rough.text).toBe(dense(inOther));
  const back = converted(there);
  expect(back.path).toBe(path);
  expect(notes(back.text), there.text).toEqual(comments);
  expect(bare(back), there.text).toBe(dense(text));
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertFile } from '../../spec/convert.ts';
import type { SourceFile } from '../../spec/diagnostic.ts';
import { formatFile } from '../../spec/format.ts';
import { loadProject } from '../../spec/load.ts';
import type { Model } from '../../spec/model/model.ts';
import { printCrm } from '../../spec/print/crm.ts';
import { writtenModel, writtenTree } from '../../spec/print/written.ts';
import { printYaml } from '../../spec/print/yaml.ts';
import { type Noise, type Noisy, noise, noisy } from './noise.ts';
import { model, templates } from './random-model.ts';

/** Another number replays other models; fast-check prints the one of a failure. */
const seed = Number(process.env.LAW_SEED ?? 20_260_302);
const numRuns = Number(process.env.LAW_RUNS ?? 5_000);
const shrinks = process.env.SHRINK !== undefined;
const patience = 600_000;

const surfaces = {
  YAML: { path: 'crm.yaml', print: printYaml, other: printCrm, from: seed },
  'the DSL': { path: 'project.crm', print: printCrm, other: printYaml, from: seed + 1 },
};

function notes(text: string): string[] {
  return (text.match(/note \d+\./g) ?? []).sort();
}

/** The texts of the Model at hand that have been formatted: the laws come upon the same texts again and again. */
const known = new Map<string, string>();

function formatted(path: string, text: string): string {
  const key = `${path}\n${text}`;
  const result = known.get(key) ?? formatFile({ path, text }).text ?? expect.unreachable(text);
  known.set(key, result);
  return result;
}

function converted(path: string, text: string): SourceFile {
  return convertFile({ path, text }).file ?? expect.unreachable(text);
}

/** Without the noise; what it had spread over lines comes together again when it is formatted. */
function bare(path: string, text: string): string {
  const still = text.replaceAll(/^ *# note \d+\.\n/gm, '').replaceAll(/ # note \d+\.$/gm, '');
  return dense(formatted(path, still));
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
          known.clear();
          const tree = writtenTree(writtenModel(one));
          const text = print(tree);
          readAsPrinted(one, path, text);
          // Each surface with models of its own, so that both together see all of them.
          runs++;
          if (runs > numRuns / 2 && !shrinks) return;
          // The printed text, which the law above is about, stands for the Model.
          const rough = noisy(text, some);
          survivesFormatting(path, text, rough);
          survivesConversion(path, text, rough, other(tree));
        };
        fc.assert(fc.property(model, noise, holds), { seed: from, numRuns, endOnFailure: !shrinks });
      },
      patience,
    );
  });
}

function readAsPrinted(one: Model, path: string, text: string): void {
  const { model: read, diagnostics } = loadProject([...templates, { path, text }]);
  expect(diagnostics, text).toEqual([]);
  expect(read, text).toEqual(one);
  expect(formatted(path, text)).toBe(text);
}

/** Formatting twice is formatting once. */
function survivesFormatting(path: string, plain: string, { text, comments }: Noisy): void {
  const once = formatted(path, text);
  expect(notes(once), text).toEqual(comments.sort());
  expect(formatted(path, once), text).toBe(once);
  expect(bare(path, once), text).toBe(dense(plain));
}

/** Conversion, and the way back. `inOther`: the Model on the other surface. */
function survivesConversion(path: string, plain: string, { text, comments }: Noisy, inOther: string): void {
  const there = converted(path, text);
  expect(notes(there.text), text).toEqual(comments.sort());
  expect(formatted(there.path, there.text), text).toBe(there.text);
  expect(bare(there.path, there.text), text).toBe(dense(inOther));
  const back = converted(there.path, there.text);
  expect(back.path).toBe(path);
  expect(notes(back.text), there.text).toEqual(comments.sort());
  expect(bare(path, back.text), there.text).toBe(dense(plain));
}

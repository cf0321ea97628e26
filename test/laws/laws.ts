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
import { type Noise, noise, noisy } from './noise.ts';
import { model, templates } from './random-model.ts';

/** Another number replays other models; fast-check prints the one of a failure. */
const seed = Number(process.env.LAW_SEED ?? 20_260_302);
const numRuns = Number(process.env.LAW_RUNS ?? 5_000);
const patience = 300_000;

type Print = typeof printYaml;

const surfaces = {
  YAML: { path: 'crm.yaml', print: printYaml, other: printCrm, from: seed },
  'the DSL': { path: 'project.crm', print: printCrm, other: printYaml, from: seed + 1 },
};

function law(runs: number, from: number, holds: (one: Model, noise: Noise) => void): void {
  const endOnFailure = process.env.SHRINK === undefined;
  fc.assert(fc.property(model, noise, holds), { seed: from, numRuns: runs, endOnFailure });
}

function notes(text: string): string[] {
  return (text.match(/note \d+\./g) ?? []).sort();
}

function formatted(path: string, text: string): string {
  return formatFile({ path, text }).text ?? expect.unreachable(text);
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
  describe(`every Model in ${name}`, () => laws(path, print, other, from));
}

function laws(path: string, print: Print, other: Print, from: number): void {
  const written = (one: Model) => print(writtenTree(writtenModel(one)));

  it(
    'is read as what was printed',
    () => {
      law(numRuns, from, (one) => {
        const text = written(one);
        const { model: read, diagnostics } = loadProject([...templates, { path, text }]);
        expect(diagnostics, text).toEqual([]);
        expect(read, text).toEqual(one);
        expect(formatted(path, text)).toBe(text);
      });
    },
    patience,
  );

  // From here on the printed text, which the law above is about, stands for the Model.

  it(
    'survives formatting with all its comments, and formatting twice is formatting once',
    () => {
      // Each surface with models of its own, so that both together see all of them.
      law(numRuns / 2, from, (one, some) => {
        const { text, comments } = noisy(written(one), some);
        const once = formatted(path, text);
        expect(notes(once), text).toEqual(comments.sort());
        expect(formatted(path, once), text).toBe(once);
        expect(bare(path, once), text).toBe(dense(written(one)));
      });
    },
    patience,
  );

  it(
    'survives conversion and the way back with all its comments',
    () => {
      // Each surface with models of its own, so that both together see all of them.
      law(numRuns / 2, from, (one, some) => {
        const { text, comments } = noisy(written(one), some);
        const there = converted(path, text);
        expect(notes(there.text), text).toEqual(comments.sort());
        expect(formatted(there.path, there.text), text).toBe(there.text);
        expect(bare(there.path, there.text), text).toBe(dense(other(writtenTree(writtenModel(one)))));
        const back = converted(there.path, there.text);
        expect(back.path).toBe(path);
        expect(notes(back.text), there.text).toEqual(comments.sort());
        expect(bare(path, back.text), there.text).toBe(dense(written(one)));
      });
    },
    patience,
  );
}

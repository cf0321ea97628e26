import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from '../../engine/compile/compile.ts';
import { documented } from '../../engine/document/document.ts';
import { compareDeployments } from '../../engine/plan/diff.ts';
import { documentFiles, runningPart } from '../../spec/document-files.ts';
import { loadProject } from '../../spec/load.ts';
import { worldsOf } from '../extent.ts';
import { model } from './random-model.ts';

/** Another number replays other models; fast-check prints the one of a failure. */
const some = worldsOf(100, 300);
const seed = Number(process.env.LAW_SEED ?? 20_260_302 + some.first);
const numRuns = Number(process.env.LAW_RUNS ?? some.worlds);

const surfaces = fc.constantFrom('yaml' as const, 'dsl' as const);

it('the document of every Model gives an equal Program', () => {
  fc.assert(
    fc.property(model, surfaces, (one, surface) => {
      const files = documentFiles(one, surface);
      const { model: read, diagnostics } = loadProject(files);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(read).toEqual(runningPart(one));
      expect(read && compile(read).hash).toBe(compile(runningPart(one)).hash);
    }),
    { seed, numRuns },
  );
});

it('a document has no differences from itself, and every other Program is shown to be another', () => {
  fc.assert(
    fc.property(model, model, surfaces, (one, other, surface) => {
      const [first, second] = [one, other].map((each) => documented(each, compile(runningPart(each)), surface));
      if (!first || !second) return;
      expect(compareDeployments(first, { program: first.program, document: first })).toEqual([]);
      const changes = compareDeployments(second, { program: first.program, document: first });
      expect(changes.length > 0).toBe(first.program.hash !== second.program.hash);
      // Each resource that has changed shows it in its text, or names the resources through which it has.
      const silent = changes.filter(
        ({ action, fields, because }) => action === 'change' && fields.length + because.length === 0,
      );
      expect(silent).toEqual([]);
    }),
    { seed, numRuns },
  );
});

it('what is shown tells two documents apart: the same differences lead to the same document', () => {
  fc.assert(
    fc.property(model, model, model, surfaces, (base, one, other, surface) => {
      const [from, first, second] = [base, one, other].map((each) =>
        documented(each, compile(runningPart(each)), surface),
      );
      if (!from || !first || !second || first.program.hash === second.program.hash) return;
      const applied = { program: from.program, document: from };
      expect(compareDeployments(first, applied)).not.toEqual(compareDeployments(second, applied));
    }),
    { seed, numRuns },
  );
});

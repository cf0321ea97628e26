import type { Diagnostic, Edit, Fix, SourceFile } from '../diagnostics/diagnostic.ts';

export interface Fixed {
  /** The files whose texts are new. */
  files: SourceFile[];
  /** The findings that were corrected, in that order. */
  done: Diagnostic[];
}

/** The most rounds: a fix can uncover another finding, but hardly so often. */
const rounds = 100;

/**
 * Fixes what lint has a fix for, again and again, until nothing is left that can be fixed. `findingsOf`: of a project,
 * undefined where it has errors. A fix that would leave errors behind is not made.
 */
export function fixAll(files: SourceFile[], findingsOf: (files: SourceFile[]) => Diagnostic[] | undefined): Fixed {
  let current = files;
  const done: Diagnostic[] = [];
  const changed = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const fixable = (findingsOf(current) ?? []).filter(({ fix }) => fix);
    const next = attempts(fixable)
      .map((chosen) => applyFixes(current, chosen))
      .find((fixed) => findingsOf(merged(current, fixed.files)));
    if (!next || next.done.length === 0) break;
    current = merged(current, next.files);
    done.push(...next.done);
    for (const { path } of next.files) changed.add(path);
  }
  return { files: current.filter(({ path }) => changed.has(path)), done };
}

/** Yields all fixable findings together, then, if that fails, one after the other. */
function* attempts(fixable: Diagnostic[]): Generator<Diagnostic[]> {
  yield fixable;
  for (const one of fixable) yield [one];
}

function merged(files: SourceFile[], changed: SourceFile[]): SourceFile[] {
  const texts = new Map(changed.map(({ path, text }) => [path, text]));
  return files.map((file) => ({ ...file, text: texts.get(file.path) ?? file.text }));
}

/**
 * Applies the fixes of the findings, each wholly or not at all: one that overlaps with an earlier one waits for another
 * time. Offsets of the ranges are those of the texts given.
 */
export function applyFixes(files: SourceFile[], diagnostics: Diagnostic[]): Fixed {
  const taken = new Map<string, Edit[]>();
  const done = diagnostics.filter(({ fix }) => {
    if (!fix || collides(fix, taken)) return false;
    for (const edit of fix.edits) taken.set(edit.range.file, [...(taken.get(edit.range.file) ?? []), edit]);
    return true;
  });
  const changed = files.flatMap((file) => {
    const edits = taken.get(file.path);
    return edits ? [{ path: file.path, text: edited(file.text, edits) }] : [];
  });
  return { files: changed, done };
}

function collides({ edits }: Fix, taken: ReadonlyMap<string, Edit[]>): boolean {
  return edits.some(({ range }) =>
    taken.get(range.file)?.some(({ range: other }) => {
      const apart = range.end.offset < other.start.offset || other.end.offset < range.start.offset;
      return !apart;
    }),
  );
}

function edited(text: string, edits: Edit[]): string {
  const ordered = edits.toSorted((a, b) => b.range.start.offset - a.range.start.offset);
  return ordered.reduce(
    (result, { range, text: put }) => result.slice(0, range.start.offset) + put + result.slice(range.end.offset),
    text,
  );
}

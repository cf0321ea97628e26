import type { Diagnostic, Edit, Fix, SourceFile } from '../diagnostic.ts';

export interface Fixed {
  /** The files whose texts are new. */
  files: SourceFile[];
  /** What was done, in the order of the findings. */
  done: Diagnostic[];
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

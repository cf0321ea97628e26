import { type CodeAction, CodeActionKind, type Diagnostic, type Range, type TextEdit } from 'vscode-languageserver';
import type { Fix } from '../spec/diagnostics/diagnostic.ts';
import { rangeIn } from './positions.ts';
import type { Project } from './project.ts';

/** Returns the fixes for the problems within a range. `shown`: the diagnostics that the editor shows there. */
export function actions(
  project: Project,
  path: string,
  range: Range,
  shown: readonly Diagnostic[],
  uriOf: (path: string) => string,
): CodeAction[] {
  const file = project.file(path);
  if (!file) return [];
  return project.diagnostics().flatMap(({ code, fix, range: place }): CodeAction[] => {
    if (!fix || place?.file !== path) return [];
    const { start, end } = rangeIn(file, place.start.offset, place.end.offset);
    if (end.line < range.start.line || start.line > range.end.line) return [];
    const diagnostics = shown.filter((one) => one.code === code && one.range.start.line === start.line);
    return [
      {
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        edit: { changes: changesOf(fix, project, uriOf) },
      },
    ];
  });
}

function changesOf({ edits }: Fix, project: Project, uriOf: (path: string) => string): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const { range, text } of edits) {
    const file = project.file(range.file);
    if (!file) continue;
    const list = changes[uriOf(range.file)] ?? [];
    list.push({ range: rangeIn(file, range.start.offset, range.end.offset), newText: text });
    changes[uriOf(range.file)] = list;
  }
  return changes;
}

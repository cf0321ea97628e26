import type { Diagnostic } from './diagnostic.ts';

/** Returns the findings by file and position, each once: several campaigns may use the same wrong template. */
export function distinct(diagnostics: Diagnostic[]): Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const found of diagnostics) {
    const { range } = found;
    const key = JSON.stringify([found.code, range?.file, range?.start.offset, range?.end.offset, found.message]);
    if (!seen.has(key)) seen.set(key, found);
  }
  return [...seen.values()].sort(byPosition);
}

/** Shortens long words: a finding quotes the text of a file, which may be a megabyte without a space. */
export function short(diagnostic: Diagnostic): Diagnostic {
  const { message, help } = diagnostic;
  if (message.length <= longest && (help?.length ?? 0) <= longest) return diagnostic;
  return { ...diagnostic, message: cut(message), ...(help !== undefined && { help: cut(help) }) };
}

const longest = 480;

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest / 2)}…${text.slice(-longest / 4)}`;
}

function byPosition(one: Diagnostic, other: Diagnostic): number {
  const [a, b] = [one.range, other.range];
  if (!a || !b) return Number(a !== undefined) - Number(b !== undefined);
  if (a.file !== b.file) return rank(a.file) - rank(b.file) || (a.file < b.file ? -1 : 1);
  return a.start.offset - b.start.offset || a.end.offset - b.end.offset;
}

/** Orders the project's own file first, templates last. */
function rank(file: string): number {
  if (file === 'crm.yaml' || file === 'project.crm') return 0;
  return file.endsWith('.hbs') ? 2 : 1;
}

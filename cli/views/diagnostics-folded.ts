import type { Diagnostic } from '../../spec/diagnostics/diagnostic.ts';

/**
 * Groups errors with the same text, and findings of one lint rule with the same remedy whose texts differ only in names.
 * The groups are in the order of their first diagnostics.
 */
export function foldDiagnostics(diagnostics: Diagnostic[]): [Diagnostic, ...Diagnostic[]][] {
  const groups = new Map<string, [Diagnostic, ...Diagnostic[]]>();
  for (const found of diagnostics) {
    const { severity, code, rule, message, help, fix } = found;
    const key = JSON.stringify([severity, code, rule ?? ['', message], help, fix?.title]);
    const group = groups.get(key);
    if (group) group.push(found);
    else groups.set(key, [found]);
  }
  return [...groups.values()];
}

const name = /`[^`]*`/g;

/** Returns the names in backticks by which a message differs from another; undefined if they differ in more than names. */
export function otherNames(message: string, other: string): string[] | undefined {
  if (message.replaceAll(name, '``') !== other.replaceAll(name, '``')) return undefined;
  const names = other.match(name) ?? [];
  return (message.match(name) ?? []).filter((one, i) => one !== names[i]);
}

import type { Diagnostic } from '../../spec/diagnostics/diagnostic.ts';

/**
 * Puts together what a reader would read again: errors that say the same, and findings of one lint rule with the same remedy,
 * whose words differ in names. In the order of the first of each.
 */
export function folded(diagnostics: Diagnostic[]): [Diagnostic, ...Diagnostic[]][] {
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

/** Returns the names in backticks that a message has in place of another one's; undefined where more is different. */
export function otherNames(message: string, other: string): string[] | undefined {
  if (message.replaceAll(name, '``') !== other.replaceAll(name, '``')) return undefined;
  const names = other.match(name) ?? [];
  return (message.match(name) ?? []).filter((one, i) => one !== names[i]);
}

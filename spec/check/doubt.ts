import type { SourceFile } from '../diagnostic.ts';

/**
 * Names of which nothing can be said, because what declares them is wrong and reported there: whatever refers to
 * them is not reported again.
 */
export interface Doubt {
  /** Because its declaration cannot be used. */
  add(name: string): void;
  /** Whether a piece of text holds such a name. */
  about(text: string): boolean;
}

/** `unreadable`: files whose YAML is broken; any key in them may be the declaration of that name. */
export function createDoubt(unreadable: SourceFile[]): Doubt {
  const names = new Set<string>();
  for (const { text } of unreadable) {
    for (const [, name = ''] of text.matchAll(/([A-Za-z_][A-Za-z0-9_-]*)["']?[ \t]*:/g)) names.add(name);
  }
  return {
    add: (name) => names.add(name),
    about: (text) => words(text).some((word) => names.has(word)),
  };
}

/** With hyphens for segments, and without for what stands on both sides of a minus. */
function words(text: string): string[] {
  return [...(text.match(/[A-Za-z_][A-Za-z0-9_-]*/g) ?? []), ...(text.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [])];
}

import type { SourceFile } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';

/**
 * Names about which nothing is known, because their declaration is wrong and reported there: whatever refers to
 * them is not reported again.
 */
export interface Doubt {
  /** Because its declaration cannot be used. */
  add(name: string): void;
  /** Returns true if a piece of text holds such a name. */
  about(text: string): boolean;
  /** Returns true if a whole section of the data is in doubt, so that no use of data can be judged. */
  aboutData(): boolean;
}

const longest = 5_000_000;
/** Bounded, so that a long line without a colon takes no time without end. */
const keys = /(?<![A-Za-z0-9_-])([A-Za-z_][A-Za-z0-9_-]{0,62})["']?[ \t]{0,99}:/g;
const dataSections = ['data', 'customers', 'attributes', 'events', 'fields'];
const sections = [...dataSections, 'segments', 'channels', 'cascades', 'campaigns'];

/**
 * `unreadable`: files whose YAML is broken; any key in them may be the declaration of that name. `dropped`: keys
 * whose values could not be used; sections among them leave open what they would have declared. `misnamed`: what was
 * probably meant by names that cannot be names.
 */
export function createDoubt(
  unreadable: SourceFile[],
  { dropped, misnamed }: Pick<Report, 'dropped' | 'misnamed'>,
): Doubt {
  const names = new Set([...misnamed, ...sections.filter((section) => dropped.has(section))]);
  for (const { text } of unreadable) {
    for (const [, name = ''] of text.slice(0, longest).matchAll(keys)) names.add(name);
  }
  return {
    add: (name) => names.add(name),
    aboutData: () => dataSections.some((section) => names.has(section)),
    about: (text) => names.size > 0 && words(text).some((word) => names.has(word)),
  };
}

/** Returns the names in a text: with hyphens, as segments have them, and without, as operands of a minus. */
function words(text: string): string[] {
  return [...(text.match(/[A-Za-z_][A-Za-z0-9_-]*/g) ?? []), ...(text.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [])];
}

import { hash } from '../../engine/program/hash.ts';
import { t } from '../../spec/words/t.ts';
import { line } from '../views/markdown.ts';

/** Whose comment it is. */
export interface Subject {
  project: string;
  environment: string | undefined;
}

/** Returns the hidden mark of a comment: a hash, since a name could end it. */
export function markOf({ project, environment }: Subject): string {
  return `<!-- kaskad-plan ${hash([project, environment ?? null])} -->`;
}

/** Returns the name under which a commit has the plan's sentence. */
export function statusName({ project, environment }: Subject): string {
  return ['kaskad', project, ...(environment === undefined ? [] : [environment])].join('/');
}

/** What became of a pull request. */
export type Closed = 'merged' | 'closed';

/** Returns the text of a comment with its mark. */
export function marked(text: string, mark: string): string {
  return `${text.trimEnd()}\n\n${mark}`;
}

/** Returns a comment that says at its head what became of the pull request. A comment that says so already stays as it is. */
export function closedText(body: string, closed: Closed, mark: string, budget: number): string {
  const words =
    closed === 'merged' ? t`Merged. The plan below is that of the last commit.` : t`Closed without being merged.`;
  return headed(body, 'closed', line(words), mark, budget);
}

/**
 * Returns a comment with a sentence at its head in place of an earlier one of the same kind. Where it would be too long, nothing but the
 * first paragraph of the plan stays.
 */
export function headed(body: string, kind: 'closed' | 'applied', words: string, mark: string, budget: number): string {
  const sign = `<!-- kaskad-${kind} -->`;
  const rest = body
    .replaceAll('\r\n', '\n')
    .split('\n\n')
    .filter((part) => !(part.startsWith('> ') && part.endsWith(sign)));
  const head = `> **${words}** ${sign}`;
  const text = [head, ...rest].join('\n\n');
  return text.length <= budget ? text : marked([head, ...rest.slice(0, 1)].join('\n\n'), mark);
}

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
  const rest = body.replaceAll('\r\n', '\n').replace(/^> .*<!-- kaskad-closed -->\n\n/, '');
  const text = `> **${line(words)}** <!-- kaskad-closed -->\n\n${rest}`;
  if (text.length <= budget) return text;
  const [first = ''] = rest.split('\n\n');
  return marked(`> **${line(words)}** <!-- kaskad-closed -->\n\n${first}`, mark);
}

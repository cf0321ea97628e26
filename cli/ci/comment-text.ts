import { hash } from '../../engine/program/hash.ts';
import { t } from '../../spec/words/t.ts';
import { fence, html, line } from '../views/markdown.ts';

/** Identifies the project and the environment that a comment belongs to. */
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

/** The end of a pull request. */
export type Closed = 'merged' | 'closed';

/** Returns the text of a comment with its mark. */
export function marked(text: string, mark: string): string {
  return `${text.trimEnd()}\n\n${mark}`;
}

/** Returns a comment that says at its head what became of the pull request, or that its newest commit has no plan. */
export function withHead(body: string, head: Closed | 'failed', mark: string, budget: number): string {
  const words: Record<typeof head, string> = {
    merged: t`Merged. The plan below is that of the last commit.`,
    closed: t`Closed without being merged.`,
    failed: t`The newest commit has no plan: its job failed. The plan below is that of an earlier commit.`,
  };
  return headed(body, head === 'failed' ? 'failed' : 'closed', line(words[head]), mark, budget);
}

/**
 * Returns a comment with a sentence at its head in place of an earlier one of the same kind. Where it would be too long, nothing but the
 * first paragraph of the plan stays.
 */
export function headed(
  body: string,
  kind: 'closed' | 'applied' | 'failed',
  words: string,
  mark: string,
  budget: number,
): string {
  const sign = `<!-- kaskad-${kind} -->`;
  const rest = body
    .replaceAll('\r\n', '\n')
    .split('\n\n')
    .filter((part) => !(part.startsWith('> ') && part.endsWith(sign)));
  const head = `> **${words}** ${sign}`;
  const text = [head, ...rest].join('\n\n');
  return text.length <= budget ? text : marked([head, ...rest.slice(0, 1)].join('\n\n'), mark);
}

const block = /<!-- kaskad-since -->[\s\S]*?<!-- \/kaskad-since -->\n*/;

/**
 * Returns a comment with what came of its forecast at the end, in place of what has stood there. Where it would be too long, lines from the
 * end of that are left out, and of the plan all but the first paragraph.
 */
export function withSince(body: string, title: string, lines: string[], mark: string, budget: number): string {
  const rest = body.replaceAll('\r\n', '\n').replace(block, '').replace(mark, '').trimEnd();
  const page = (plan: string, shown: string[]) => {
    const fold = `<details><summary>${html(title)}</summary>\n\n${fence(shown)}\n\n</details>`;
    const parts = [...(plan === '' ? [] : [plan]), `<!-- kaskad-since -->\n${fold}\n<!-- /kaskad-since -->`];
    return marked(parts.join('\n\n'), mark);
  };
  const whole = page(rest, lines);
  if (whole.length <= budget) return whole;
  const [first = ''] = rest.split('\n\n');
  let most = lines.length;
  while (most > 0 && page(first, lines.slice(0, most)).length > budget) most = Math.floor(most * 0.9);
  return page(first, lines.slice(0, most));
}

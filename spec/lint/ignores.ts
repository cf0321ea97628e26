import { lintRules } from '../diagnostics/codes.ts';
import type { Range, SourceFile } from '../diagnostics/diagnostic.ts';
import { rangeAt } from '../diagnostics/position.ts';
import { nameHelp } from '../words/names.ts';
import { t } from '../words/t.ts';
import type { Finding } from './rule.ts';

/** A rule's name in a comment that silences it in the line below. */
export interface Ignore {
  file: string;
  rule: string;
  /** 1-based: the first line below that is no comment. */
  line: number;
  /** The range of the rule's name. */
  range: Range;
  /** The range of the whole line, where the comment names no other rule. */
  whole?: Range;
}

const comment = /^[ \t]*(?:#|\{\{!(?:--)?)[ \t]*kaskad-ignore\b[ \t:]*(.*?)[ \t]*(?:(?:--)?\}\})?\r?$/;
const anyComment = /^\uFEFF?[ \t]*(?:#|\{\{!.*\}\}[ \t]*\r?$)/;

/**
 * `# kaskad-ignore rule, rule: because …` on a line of its own, and `{{! kaskad-ignore rule }}` in a template: counts
 * for the next line that is no comment.
 */
export function ignoresIn({ path, text }: SourceFile): Ignore[] {
  if (!text.includes('kaskad-ignore')) return [];
  const lines = text.split('\n');
  let offset = 0;
  return lines.flatMap((line, index) => {
    const start = offset;
    offset += line.length + 1;
    const names = comment.exec(line)?.[1];
    if (names === undefined) return [];
    const [list = ''] = names.split(':');
    const found = [...list.matchAll(/[^\s,]+/g)];
    const below = lines.findIndex((one, at) => at > index && !anyComment.test(one));
    const from = start + line.indexOf(names, line.indexOf('kaskad-ignore') + 'kaskad-ignore'.length);
    const whole = rangeAt(path, text, start, Math.min(text.length, offset));
    return found.map(([rule], nth) => ({
      file: path,
      rule,
      line: below === -1 ? lines.length + 1 : below + 1,
      range: rangeAt(path, text, from + (found[nth]?.index ?? 0), from + (found[nth]?.index ?? 0) + rule.length),
      ...(found.length === 1 && { whole }),
    }));
  });
}

/** Returns the finding about a comment that silenced nothing. */
export function unusedIgnore({ rule, range, whole }: Ignore): Finding {
  const known = Object.hasOwn(lintRules, rule);
  return {
    range,
    message: known ? t`There is no finding of \`${rule}\` here to ignore` : t`There is no lint rule \`${rule}\``,
    help: known
      ? t`Remove the comment, so that it hides nothing one day.`
      : nameHelp(rule, Object.keys(lintRules), 'rules'),
    // A misspelt name is to be corrected, not removed.
    ...(known && whole && { fix: { title: t`Remove the comment`, edits: [{ range: whole, text: '' }] } }),
  };
}

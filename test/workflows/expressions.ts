/** What an expression of a workflow can name: `github`, `inputs`, `steps`, `env`. */
export type Contexts = Record<string, unknown>;

/** Returns a text with the values of its `${{ … }}`. */
export function filled(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => shown(evaluate(expression, contexts)));
}

/** Evaluates a condition of a step or a job; without `always()` or the like it holds only while nothing has failed. */
export function holds(condition: string | undefined, contexts: Contexts, failed = false): boolean {
  const text = condition?.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1') ?? 'success()';
  const named = /\b(always|success|failure|cancelled)\(\)/.test(text);
  const value = evaluate(text, { ...contexts, failed });
  return isTrue(value) && (named || !failed);
}

/** Evaluates an expression of GitHub's workflows: names, texts, numbers, `==`, `!=`, `!`, `&&`, `||`, parentheses, states. */
export function evaluate(text: string, contexts: Contexts): unknown {
  const words =
    text.match(/'(?:[^']|'')*'|[A-Za-z_][\w-]*(?:\.[A-Za-z_*][\w-]*)*(?:\(\))?|\d+|==|!=|&&|\|\||[!()]|\S/g) ?? [];
  let at = 0;
  const next = () => words[at++] ?? '';
  const either = (): unknown => {
    let value = both();
    while (words[at] === '||') {
      next();
      const other = both();
      value = isTrue(value) ? value : other;
    }
    return value;
  };
  const both = (): unknown => {
    let value = compared();
    while (words[at] === '&&') {
      next();
      const other = compared();
      value = isTrue(value) ? other : value;
    }
    return value;
  };
  const compared = (): unknown => {
    const value = single();
    if (words[at] !== '==' && words[at] !== '!=') return value;
    const is = next() === '==';
    return (shown(value).toLowerCase() === shown(single()).toLowerCase()) === is;
  };
  const single = (): unknown => {
    const word = next();
    if (word === '!') return !isTrue(single());
    if (word === '(') {
      const value = either();
      if (next() !== ')') throw new Error(`a parenthesis is not closed: ${text}`);
      return value;
    }
    if (word.startsWith("'")) return word.slice(1, -1).replaceAll("''", "'");
    if (/^\d+$/.test(word)) return Number(word);
    return named(word, contexts);
  };
  const value = either();
  if (at !== words.length) throw new Error(`not understood: ${text}`);
  return value;
}

function named(word: string, contexts: Contexts): unknown {
  const states: Record<string, unknown> = {
    'always()': true,
    'success()': contexts.failed !== true,
    'failure()': contexts.failed === true,
    'cancelled()': false,
    true: true,
    false: false,
    null: null,
  };
  if (word in states) return states[word];
  const [first = ''] = word.split('.');
  if (!(first in contexts)) throw new Error(`unknown: ${word}`);
  return word
    .split('.')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], contexts);
}

function isTrue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== '';
}

function shown(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

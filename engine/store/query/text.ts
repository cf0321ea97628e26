import sql, { raw } from 'sql-template-tag';
import { type Pattern, parsePattern } from '../../../spec/expression/pattern.ts';
import { guard, type Nodes } from './writer.ts';

export const text: Nodes<'text'> = {
  text: {
    condition: ({ op, operand, value }, { context: { dialect }, scalar }, loose) => {
      const subject = scalar(operand);
      if (op !== 'matches') return guard(dialect.hasText(op, subject, scalar(value)), loose);
      const pattern = value.kind === 'literal' ? patternText(String(value.value)) : '';
      return guard(dialect.hasPattern(subject, sql`${pattern}::${raw(dialect.types.text)}`), loose);
    },
  },
};

/** Returns a pattern in the syntax that RE2 and PostgreSQL share: classes are written out, groups capture nothing. */
export function patternText(text: string): string {
  const read = parsePattern(text);
  if ('refusal' in read) throw new Error(read.refusal);
  return write(read.pattern);
}

function write(node: Pattern): string {
  switch (node.kind) {
    case 'start':
      return '^';
    case 'end':
      return '$';
    case 'set':
      return writeSet(node);
    case 'repeat':
      return `${grouped(node.of)}${count(node)}`;
    case 'sequence':
      return node.parts.map((part) => (part.kind === 'choice' ? grouped(part) : write(part))).join('');
    case 'choice':
      return node.options.map(write).join('|');
  }
}

function grouped(node: Pattern): string {
  return node.kind === 'set' ? write(node) : `(?:${write(node)})`;
}

function count({ min, max }: Extract<Pattern, { kind: 'repeat' }>): string {
  if (max === undefined) return min < 2 ? (['*', '+'][min] ?? '') : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function writeSet({ negated, ranges }: Extract<Pattern, { kind: 'set' }>): string {
  const [first, ...more] = ranges;
  if (first && more.length === 0 && first[0] === first[1] && !negated) return character(first[0]);
  const members = ranges.map(([from, to]) => (from === to ? character(from) : `${character(from)}-${character(to)}`));
  return `[${negated ? '^' : ''}${members.join('')}]`;
}

function character(code: number): string {
  const text = String.fromCodePoint(code);
  return /[\\^$.|?*+()[\]{}-]/.test(text) ? `\\${text}` : text;
}

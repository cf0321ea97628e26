import { later, laterAll, t, translated } from '../words/t.ts';
import type { Token, TokenType } from '../words/tokens.ts';
import { spanOf } from './nodes.ts';
import { type Problem, problem } from './problem.ts';
import {
  CurlyText,
  Dot,
  ForeignAnd,
  ForeignCompare,
  ForeignNot,
  ForeignOr,
  Null,
  OpenText,
  type Unknown,
} from './tokens.ts';

const typographic = later`Quotes are straight: "text" or 'text'.`;
const characters: Record<string, string> = laterAll({
  ...Object.fromEntries([...'“”„«»‘’`'].map((quote) => [quote, typographic])),
  '–': 'A minus sign is "-".',
  '—': 'A minus sign is "-".',
  '−': 'A minus sign is "-".',
  '≤': 'Write "<=".',
  '≥': 'Write ">=".',
  '≠': 'Write "!=".',
  '×': 'Write "*".',
  '÷': 'Write "/".',
  '%': 'Write a share as a fraction: 0.1 for 10 %.',
  '{': 'Names stand alone, without braces.',
  '}': 'Names stand alone, without braces.',
  $: 'A variable is written $name; money is a plain number in the project’s currency.',
  '[': 'A list is written ("a", "b").',
  ']': 'A list is written ("a", "b").',
  ';': 'Join conditions with "and" or "or".',
  '?': 'There is no "a ? b : c" here.',
});

/** Finds habits of other languages and of word processors. */
export function foreign(tokens: Token[], unknown: Unknown[], text: string): Problem[] {
  return [...unknown.map((part) => meaningless(part, text)), ...habits(tokens)];
}

function meaningless({ offset, length }: Unknown, text: string): Problem {
  const part = text.slice(offset, offset + length);
  const [character = ''] = part;
  return problem(
    'CRM2002',
    { start: offset, end: offset + length },
    t`${JSON.stringify(part)} has no meaning here.`,
    translated(characters[character] ?? '') || undefined,
  );
}

function habits(tokens: Token[]): Problem[] {
  // After a point any word is a name.
  return tokens.flatMap((token, index) => (tokens[index - 1]?.tokenType === Dot ? [] : (habit(token) ?? [])));
}

function habit(token: Token): Problem | undefined {
  if (token.tokenType === OpenText) {
    return problem(
      'CRM2003',
      spanOf(token),
      t`The string ${token.image} is not closed.`,
      t`Add ${token.image.charAt(0)} at its end.`,
    );
  }
  if (token.tokenType === CurlyText) {
    const quotes = `${token.image[0]}…${token.image.at(-1)}`;
    return problem('CRM2002', spanOf(token), t`${quotes} has no meaning here.`, translated(typographic));
  }
  const own = ownWord(token);
  if (own === undefined) return undefined;
  const message = token.tokenType === Null ? t`There is no null.` : t`"${token.image}" is not an operator here.`;
  return problem('CRM2005', spanOf(token), message, own);
}

const ownWords = laterAll(
  new Map<TokenType, string>([
    [ForeignAnd, 'Write "and".'],
    [ForeignOr, 'Write "or".'],
    [ForeignNot, 'Write "not".'],
    [Null, 'Ask for a value that is absent by "x is missing" or "x is not missing".'],
  ]),
);

function ownWord({ tokenType, image }: Token): string | undefined {
  if (tokenType !== ForeignCompare) {
    const word = ownWords.get(tokenType);
    return word && translated(word);
  }
  if (image === '<>' || image === '!==') return t`Write "!=".`;
  if (image === '=<') return t`Write "<=".`;
  if (image === '=>') return t`Write ">=".`;
  return t`Use "==" to compare.`;
}

import type { Variables } from '../document/variables.ts';
import { t } from '../words/t.ts';
import type { Token } from '../words/tokens.ts';
import { foreign } from './foreign.ts';
import { ExpressionParser } from './grammar.ts';
import { type Problem, problem } from './problem.ts';
import { depth, type Syntax } from './syntax.ts';
import { syntaxProblem } from './syntaxError.ts';
import { LParen, RParen, tokenizeExpression } from './tokens.ts';

/** The longest expression, in UTF-16 code units. */
const longest = 10_000;
const deepest = 200;

/**
 * The syntax of `text`, as far as there is one: where something could not be understood it holds `broken` nodes, and
 * `problems` has the reasons. Without `syntax` only the problems are known. Never throws.
 */
export function parseExpression(text: string, variables?: Variables): { syntax?: Syntax; problems: Problem[] } {
  const whole = { start: 0, end: text.length };
  if (text.length > longest) {
    const message = t`The expression has ${text.length} characters; ${longest} are the limit.`;
    return {
      problems: [problem('CRM2006', whole, message, t`Split it into segments and combine them by "in segment".`)],
    };
  }
  if (text.trim() === '') return { problems: [problem('CRM2009', whole, t`The expression is empty.`)] };

  const { tokens, unknown } = tokenizeExpression(text);
  const problems = foreign(tokens, unknown, text);
  const tooDeep = () => problem('CRM2006', whole, t`The expression is nested more than ${deepest} levels deep.`);
  if (tokens.length === 0) return { problems };
  if (nesting(tokens) > deepest) return { problems: [...problems, tooDeep()] };

  const parser = new ExpressionParser(tokens, variables);
  const syntax = attempt(parser);
  if (!syntax) return { problems: [...problems, tooDeep()] };
  problems.push(...parser.problems);
  // `problems` has every other mistake in the text.
  if (parser.failure) problems.push(syntaxProblem(parser.failure, tokens, text.length));
  if (depth(syntax) > deepest) return { problems: [...problems, tooDeep()] };
  return { syntax, problems };
}

/** Undefined: the stack was too short, since how much of it is left is up to the caller. */
function attempt(parser: ExpressionParser): Syntax | undefined {
  try {
    return parser.parse();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function nesting(tokens: Token[]): number {
  let open = 0;
  let most = 0;
  for (const { tokenType } of tokens) {
    if (tokenType === LParen) most = Math.max(most, ++open);
    else if (tokenType === RParen) open--;
  }
  return most;
}

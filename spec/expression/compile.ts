import type { Variables } from '../document/variables.ts';
import type { Expression } from '../model/expression.ts';
import { checkExpression, type Expected } from './check.ts';
import { parseExpression } from './parse.ts';
import type { Problem } from './problem.ts';
import type { Scope } from './scope.ts';

/** Compiles a text to a checked Expression, or returns all of its problems in their order. Never throws. */
export function compileExpression(
  text: string,
  scope: Scope,
  expected: Expected,
): { expression?: Expression; problems: Problem[] } {
  const { syntax, problems } = parseExpression(text, scope.variables ?? none);
  const checked = syntax ? checkExpression(syntax, scope, expected) : { problems: [] };
  // After a syntax error, an unknown name is still reported, but a problem of types may only follow from that error.
  const doubtful = problems.some(({ code }) => misread.has(code));
  const echo = ({ code, start, end }: Problem) => aboutTypes.test(code) || ends.test(text.slice(start, end));
  const further = checked.problems.filter((problem) => !doubtful || !echo(problem));
  const all = [...problems, ...further].sort((one, other) => one.start - other.start);
  const { expression } = checked;
  return expression && all.length === 0 ? { expression, problems: all } : { problems: all };
}

const none: Variables = { values: new Map(), doubtful: () => false };
const misread = new Set(['CRM2001', 'CRM2002', 'CRM2003', 'CRM2004', 'CRM2010']);
const aboutTypes = /^CRM204[0-4]$/;
/** The words of a share, which a syntax error turns into names. */
const ends = /^(top|bottom)$/;

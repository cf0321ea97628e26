export { explainDuration, parseDuration, printDuration } from '../words/durations.ts';
export { checkExpression, type Expected } from './check.ts';
export { compileExpression } from './compile.ts';
export { parseExpression } from './parse.ts';
export { printExpression } from './print.ts';
export type { Problem } from './problem.ts';
export type { Scope } from './scope.ts';
export type { Name, Syntax } from './syntax.ts';

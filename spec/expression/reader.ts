import { EmbeddedActionsParser, type IToken, type ParserMethod, type TokenType } from 'chevrotain';
import type { ExpressionCode } from '../diagnostics/codes.ts';
import type { Variables } from '../document/variables.ts';
import { explainDuration, parseDuration } from '../words/durations.ts';
import { between, spanOf } from './nodes.ts';
import type { Reading } from './operators/literals.ts';
import { type Problem, problem, type Span } from './problem.ts';
import type { Syntax } from './syntax.ts';
import { syntaxMessages } from './syntaxError.ts';
import * as kinds from './tokens.ts';

export type Rule = ParserMethod<[], Syntax>;

/** The base of all rules of the grammar. The last class of the line has to call `performSelfAnalysis`. */
export abstract class SyntaxReader extends EmbeddedActionsParser {
  /** Findings that did not stop the parse; empty it before each. */
  problems: Problem[] = [];
  /** Absent: nothing is known of them, and nothing said. */
  variables: Variables | undefined;

  constructor(validate: boolean) {
    super(kinds.allTokens, {
      recoveryEnabled: true,
      maxLookahead: 2,
      skipValidations: !validate,
      errorMessageProvider: syntaxMessages,
    });
  }

  protected read<T>(type: TokenType, reader: (image: string) => Reading<T>, node: (value: T) => NodeBody): Syntax {
    const token = this.CONSUME(type);
    const reading = reader(token.image);
    if ('value' in reading) return { ...node(reading.value), ...spanOf(token) };
    // A string without its end has been reported as that.
    if (token.tokenType === kinds.OpenText) return { kind: 'string', value: '', ...spanOf(token) };
    return this.refuse('CRM2007', spanOf(token), reading.refusal, reading.help);
  }

  protected milliseconds(token: IToken): number | undefined {
    const ms = parseDuration(token.image);
    if (ms === undefined) this.refuse('CRM2008', spanOf(token), explainDuration(token.image));
    return ms;
  }

  protected refuse(code: ExpressionCode, at: Span, message: string, help?: string): Syntax {
    this.problems.push(problem(code, at, message, help));
    return { kind: 'broken', ...between(at, at) };
  }

  protected level(name: string, rule: () => Syntax): Rule {
    // The end of the text has no place of its own, so what stands before it is pointed at.
    const recoveryValueFunc = ({ token }: { token: IToken }): Syntax => ({
      kind: 'broken',
      ...spanOf(token.startOffset < 0 ? this.LA(0) : token),
    });
    return this.RULE(name, rule, { recoveryValueFunc });
  }

  /** Only a closing parenthesis may be taken for written: anything else would be invented. */
  protected override canTokenTypeBeInsertedInRecovery(type: TokenType): boolean {
    return type === kinds.RParen;
  }
}

/** A literal without its place. */
type NodeBody = { [K in Syntax['kind']]: Omit<Extract<Syntax, { kind: K }>, 'start' | 'end'> }[
  | 'string'
  | 'money'
  | 'number'
  | 'date'
  | 'instant'];

import type { ExpressionCode } from '../diagnostics/codes.ts';
import type { Variables } from '../document/variables.ts';
import { explainDuration, parseDuration } from '../words/durations.ts';
import { endType, type Token, type TokenType, tokenMatcher } from '../words/tokens.ts';
import { between, spanOf } from './nodes.ts';
import type { Reading } from './operators/literals.ts';
import { type Problem, problem, type Span } from './problem.ts';
import type { Syntax } from './syntax.ts';
import type { Failure } from './syntaxError.ts';
import * as kinds from './tokens.ts';

/** The tokens that are allowed after a rule where it is used. `required`: one of them must follow. */
export interface Follow {
  types: readonly TokenType[];
  required: boolean;
}

export const before = (...types: TokenType[]): Follow => ({ types, required: true });
export const beforeOptional = (...types: TokenType[]): Follow => ({ types, required: false });

/** Thrown where a rule cannot go on, and caught by the rule around that can. */
const unexpected = new Error('a rule was left');
const end: Token = { image: '', tokenType: endType, startOffset: -1 };

/** The base of all rules of the grammar: reads tokens, and goes on behind a mistake. */
export abstract class SyntaxReader {
  /** Findings that did not stop the parse. */
  readonly problems: Problem[] = [];
  /** The first mistake; further ones are mostly echoes of it. */
  failure: Failure | undefined;

  private readonly tokens: readonly Token[];
  /** Absent where they are unknown: then nothing is reported. */
  protected readonly variables: Variables | undefined;
  private at = 0;
  private readonly follows: Follow[] = [];
  private failed = end;

  constructor(tokens: readonly Token[], variables: Variables | undefined) {
    this.tokens = tokens;
    this.variables = variables;
  }

  /** Returns the token at a distance: 0 is the one read last, 1 the next one. */
  protected ahead(distance: number): Token {
    return this.tokens[this.at + distance - 1] ?? end;
  }

  protected nextIs(type: TokenType): boolean {
    return tokenMatcher(this.ahead(1), type);
  }

  protected accept(type: TokenType): Token | undefined {
    if (!this.nextIs(type)) return undefined;
    this.at++;
    return this.ahead(0);
  }

  /**
   * Reads a token that must be there. Of two in its place the second may be it; a closing parenthesis is taken for
   * written where what follows is allowed after it. Anything else would be invented.
   */
  protected take(type: TokenType): Token {
    const next = this.ahead(1);
    if (!tokenMatcher(next, type)) {
      this.report(next, { expected: type });
      if (type === kinds.RParen && this.mayFollow(next)) {
        return { image: '', tokenType: type, startOffset: -1, isInserted: true };
      }
      if (!tokenMatcher(this.ahead(2), type)) throw unexpected;
      this.at++;
    }
    this.at++;
    return this.ahead(0);
  }

  protected fail(expected: 'value' | 'values' | 'list'): never {
    this.report(this.ahead(1), { expected });
    throw unexpected;
  }

  /**
   * Skips what is not allowed after a repetition, up to what ends it or goes on with it, if that comes before what
   * the rules around wait for.
   */
  protected skipTo(last: TokenType, again: TokenType): void {
    const next = this.ahead(1);
    if (tokenMatcher(next, last) || tokenMatcher(next, again)) return;
    if (tokenMatcher(this.ahead(2), last) || (last === kinds.RParen && this.mayFollow(next))) return;
    const from = this.at;
    while (!this.nextIs(last) && !this.nextIs(again)) {
      if (this.awaited(this.ahead(1))) {
        this.at = from;
        return;
      }
      this.at++;
    }
    this.report(next, { expected: last });
  }

  /** Reads by a rule. Where it is left early and what follows it is found, it is an unknown part. */
  protected level(rule: () => Syntax, follow: Follow): Syntax {
    const { follows } = this;
    follows.push(follow);
    try {
      return rule.call(this);
    } catch (error) {
      if (error !== unexpected) throw error;
      while (!this.awaited(this.ahead(1))) this.at++;
      if (!follow.types.some((type) => this.nextIs(type))) throw error;
      // The end of the text has no place, so the problem is at what precedes it.
      return { kind: 'broken', ...spanOf(this.failed === end ? this.ahead(0) : this.failed) };
    } finally {
      follows.pop();
    }
  }

  /** Returns true if the token is allowed after the rules that are being read. */
  private mayFollow(token: Token): boolean {
    if (token === end) return false;
    for (let i = this.follows.length - 1; i >= 0; i--) {
      const { types = [], required } = this.follows[i] ?? {};
      if (types.some((type) => tokenMatcher(token, type))) return true;
      if (required) return false;
    }
    return false;
  }

  /** Returns true if one of the rules that are being read waits for the token. */
  private awaited(token: Token): boolean {
    return this.follows.some(({ types }) => types.some((type) => tokenMatcher(token, type)));
  }

  private report(token: Token, { expected }: Pick<Failure, 'expected'>): void {
    this.failed = token;
    this.failure ??= { token, expected };
  }

  protected read<T>(type: TokenType, reader: (image: string) => Reading<T>, node: (value: T) => NodeBody): Syntax {
    const token = this.take(type);
    const reading = reader(token.image);
    if ('value' in reading) return { ...node(reading.value), ...spanOf(token) };
    // A string without its end has been reported as that.
    if (token.tokenType === kinds.OpenText) return { kind: 'string', value: '', ...spanOf(token) };
    return this.refuse('CRM2007', spanOf(token), reading.refusal, reading.help);
  }

  protected milliseconds(token: Token): number | undefined {
    const ms = parseDuration(token.image);
    if (ms === undefined) this.refuse('CRM2008', spanOf(token), explainDuration(token.image));
    return ms;
  }

  protected refuse(code: ExpressionCode, at: Span, message: string, help?: string): Syntax {
    this.problems.push(problem(code, at, message, help));
    return { kind: 'broken', ...between(at, at) };
  }
}

/** A literal without its place. */
type NodeBody = { [K in Syntax['kind']]: Omit<Extract<Syntax, { kind: K }>, 'start' | 'end'> }[
  | 'string'
  | 'money'
  | 'number'
  | 'date'
  | 'instant'];

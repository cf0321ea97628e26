import type { TextOp } from '../model/expression.ts';
import { t } from '../words/t.ts';
import { endType, type Token, type TokenType, tokenMatcher } from '../words/tokens.ts';
import { arithmetic, between, closedBy, comparison, logic, prefixed, spanOf } from './nodes.ts';
import { PrimaryReader } from './primary.ts';
import { before, beforeOptional } from './reader.ts';
import type { Syntax } from './syntax.ts';
import * as kinds from './tokens.ts';

const beforeLogic = beforeOptional(kinds.LogicOperator);
const beforeArithmetic = beforeOptional(kinds.ArithmeticOperator);
const textOperators: [TokenType, TextOp][] = [
  [kinds.Contains, 'contains'],
  [kinds.Matches, 'matches'],
  [kinds.Starts, 'starts with'],
  [kinds.Ends, 'ends with'],
];
const beforeLink = beforeOptional(
  ...[kinds.CompareOperator, kinds.Is, kinds.Not, kinds.In, kinds.Between, kinds.Then],
  ...textOperators.map(([type]) => type),
);
const [beforeItem, beforeAnd, beforeWithin] = [
  before(kinds.Comma, kinds.RParen),
  before(kinds.And),
  before(kinds.Within),
];

/**
 * Tokens → Syntax. Three tiers: logic, comparison, arithmetic. Inside a tier operands and operators are read flat and
 * then joined by precedence: a rule for each level would cost so much stack that nesting had to end earlier.
 */
export class ExpressionParser extends PrimaryReader {
  /** Reads all tokens. */
  parse(): Syntax {
    return this.level(this.whole, before(endType));
  }

  private whole(): Syntax {
    const syntax = this.logicUpTo(endType);
    this.take(endType);
    return syntax;
  }

  protected override expression(): Syntax {
    return this.logicUpTo();
  }

  /** `last`: the token at which it must end; what precedes that is skipped. */
  private logicUpTo(last?: TokenType): Syntax {
    const operands = [this.level(this.comparison, beforeLogic)];
    const operators: Token[] = [];
    for (;;) {
      if (last) this.skipTo(last, kinds.LogicOperator);
      const operator = this.accept(kinds.LogicOperator);
      if (!operator) return logic(operands, operators);
      operators.push(operator);
      operands.push(this.level(this.comparison, beforeLogic));
    }
  }

  private comparison(): Syntax {
    const nots: Token[] = [];
    for (let not = this.accept(kinds.Not); not; not = this.accept(kinds.Not)) nots.push(not);
    let left = this.level(this.sum, beforeLink);
    for (let links = 1; this.links(); links++) {
      const operator = this.ahead(1);
      left = this.link(left);
      // A condition that is not allowed before "then" is reported by the checker.
      if (links === 2 && operator.tokenType !== kinds.Then) this.chained(operator);
    }
    return prefixed('not', nots, left);
  }

  /** Returns true if a comparison goes on; `in last …` belongs to the aggregate around. */
  private links(): boolean {
    if (this.ahead(1).tokenType === kinds.In && this.ahead(2).tokenType === kinds.Last) return false;
    return beforeLink.types.some((type) => this.nextIs(type));
  }

  private link(left: Syntax): Syntax {
    const negated = this.nextIs(kinds.Not);
    const word = this.ahead(negated ? 2 : 1);
    if (textOperators.some(([type]) => tokenMatcher(word, type))) return this.textual(left);
    if (tokenMatcher(word, kinds.In)) return this.included(left);
    if (tokenMatcher(word, kinds.Between)) return this.ranged(left);
    if (negated) return this.fail('list');
    if (tokenMatcher(word, kinds.CompareOperator)) return this.compare(left);
    return tokenMatcher(word, kinds.Is) ? this.missing(left) : this.sequence(left);
  }

  private compare(left: Syntax): Syntax {
    const op = comparison(this.take(kinds.CompareOperator).image);
    const right = this.level(this.sum, beforeLink);
    return { kind: 'compare', op, left, right, ...between(left, right) };
  }

  private missing(operand: Syntax): Syntax {
    this.take(kinds.Is);
    const negated = this.accept(kinds.Not) !== undefined;
    const last = this.take(kinds.Missing);
    return { kind: 'missing', operand, negated, ...between(operand, spanOf(last)) };
  }

  private included(operand: Syntax): Syntax {
    const negated = this.accept(kinds.Not) !== undefined;
    this.take(kinds.In);
    if (this.accept(kinds.Segment)) {
      const name = this.take(kinds.Kebab);
      const help = t`Write "in segment ${name.image}" alone.`;
      const where = between(operand, spanOf(name));
      return this.refuse('CRM2001', where, t`Nothing can stand before "in segment": it asks about the customer.`, help);
    }
    const open = this.accept(kinds.LParen) ?? this.fail('list');
    const values: Syntax[] = [];
    if (!this.beginsValue()) this.fail('values');
    do {
      values.push(this.level(this.sum, beforeItem));
      this.skipTo(kinds.RParen, kinds.Comma);
    } while (this.accept(kinds.Comma));
    const end = closedBy(this.take(kinds.RParen), values.at(-1) ?? spanOf(open));
    return { kind: 'in', operand, values, negated, ...between(operand, end) };
  }

  private ranged(operand: Syntax): Syntax {
    const negated = this.accept(kinds.Not) !== undefined;
    this.take(kinds.Between);
    const low = this.level(this.sum, beforeAnd);
    this.take(kinds.And);
    const high = this.level(this.sum, beforeLink);
    return { kind: 'between', operand, low, high, negated, ...between(operand, high) };
  }

  private textual(operand: Syntax): Syntax {
    const negated = this.accept(kinds.Not) !== undefined;
    const [type, op] = textOperators.find(([one]) => this.nextIs(one)) ?? this.fail('list');
    this.take(type);
    if (op.endsWith('with')) this.take(kinds.With);
    const value = this.level(this.sum, beforeLink);
    return { kind: 'text', op, operand, value, negated, ...between(operand, value) };
  }

  private sequence(first: Syntax): Syntax {
    this.take(kinds.Then);
    const negated = this.accept(kinds.Not) !== undefined;
    const second = this.level(this.primary, beforeWithin);
    this.take(kinds.Within);
    const span = this.take(kinds.DurationLiteral);
    let last: Token | undefined;
    if (this.nextIs(kinds.In) && tokenMatcher(this.ahead(2), kinds.Last)) {
      this.take(kinds.In);
      this.take(kinds.Last);
      last = this.take(kinds.DurationLiteral);
    }
    const where = between(first, spanOf(last ?? span));
    const within = this.milliseconds(span);
    const since = last && this.milliseconds(last);
    if (within === undefined || (last && since === undefined)) return { kind: 'broken', ...where };
    return {
      ...{ kind: 'sequence', first, second, negated, within, ...where },
      ...(since !== undefined && { since }),
    };
  }

  protected override sum(): Syntax {
    const operands = [this.level(this.primary, beforeArithmetic)];
    const operators: Token[] = [];
    for (;;) {
      const operator = this.accept(kinds.ArithmeticOperator);
      if (!operator) return arithmetic(operands, operators);
      operators.push(operator);
      operands.push(this.level(this.primary, beforeArithmetic));
    }
  }

  private chained(operator: Token): void {
    const help = t`For a range write "x between 1 and 5"; join conditions with "and".`;
    this.refuse('CRM2010', spanOf(operator), t`Comparisons cannot be chained.`, help);
  }
}

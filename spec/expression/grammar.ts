import type { IToken } from 'chevrotain';
import type { TextOp } from './expression.ts';
import { arithmetic, between, closedBy, comparison, logic, prefixed, spanOf } from './nodes.ts';
import { PrimaryReader } from './primary.ts';
import type { Rule } from './reader.ts';
import type { Syntax } from './syntax.ts';
import * as t from './tokens.ts';

/**
 * Tokens → Syntax. Three tiers: logic, comparison, arithmetic. Inside a tier operands and operators are read flat and
 * then joined by precedence: a rule for each level would cost so much stack that nesting had to end earlier.
 */
export class ExpressionParser extends PrimaryReader {
  /** `validate`: also check the grammar itself, which takes longer than building the parser and is for tests. */
  constructor(validate = false) {
    super(validate);
    this.performSelfAnalysis();
  }

  readonly expression: Rule = this.level('expression', () => {
    const operands = [this.SUBRULE(this.comparison)];
    const operators: IToken[] = [];
    this.MANY(() => {
      operators.push(this.CONSUME(t.LogicOperator));
      operands.push(this.SUBRULE2(this.comparison));
    });
    return logic(operands, operators);
  });

  private readonly comparison: Rule = this.level('comparison', () => {
    const nots: IToken[] = [];
    this.MANY(() => nots.push(this.CONSUME4(t.Not)));
    let left = this.SUBRULE(this.sum);
    let links = 0;
    this.MANY2({
      // `in last …` belongs to the aggregate around.
      GATE: () => this.LA(1).tokenType !== t.In || this.LA(2).tokenType !== t.Last,
      DEF: () => {
        const operator = this.LA(1);
        left = this.OR([
          { ALT: () => this.compare(left) },
          { ALT: () => this.missing(left) },
          { ALT: () => this.included(left) },
          { ALT: () => this.ranged(left) },
          { ALT: () => this.textual(left) },
          { ALT: () => this.sequence(left) },
        ]);
        // A condition that cannot stand before "then" is told by the checker.
        if (++links === 2 && operator.tokenType !== t.Then) this.chained(operator);
      },
    });
    return prefixed('not', nots, left);
  });

  private compare(left: Syntax): Syntax {
    const op = comparison(this.CONSUME(t.CompareOperator).image);
    const right = this.SUBRULE2(this.sum);
    return { kind: 'compare', op, left, right, ...between(left, right) };
  }

  private missing(operand: Syntax): Syntax {
    this.CONSUME(t.Is);
    const negated = this.OPTION(() => this.CONSUME(t.Not)) !== undefined;
    const last = this.CONSUME(t.Missing);
    return { kind: 'missing', operand, negated, ...between(operand, spanOf(last)) };
  }

  private included(operand: Syntax): Syntax {
    const negated = this.OPTION2(() => this.CONSUME2(t.Not)) !== undefined;
    this.CONSUME(t.In);
    return this.OR2([
      {
        ALT: (): Syntax => {
          const values: Syntax[] = [];
          const open = this.CONSUME(t.LParen);
          this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => values.push(this.SUBRULE3(this.sum)) });
          const close = this.CONSUME(t.RParen);
          const end = closedBy(close, values.at(-1) ?? spanOf(open));
          return { kind: 'in', operand, values, negated, ...between(operand, end) };
        },
      },
      {
        ALT: (): Syntax => {
          this.CONSUME(t.Segment);
          const name = this.CONSUME(t.Kebab);
          const where = between(operand, spanOf(name));
          const help = `Write "in segment ${name.image}" alone.`;
          return this.refuse(
            'CRM2001',
            where,
            'Nothing can stand before "in segment": it asks about the customer.',
            help,
          );
        },
      },
    ]);
  }

  private ranged(operand: Syntax): Syntax {
    const negated = this.OPTION3(() => this.CONSUME3(t.Not)) !== undefined;
    this.CONSUME(t.Between);
    const low = this.SUBRULE4(this.sum);
    this.CONSUME(t.And);
    const high = this.SUBRULE5(this.sum);
    return { kind: 'between', operand, low, high, negated, ...between(operand, high) };
  }

  private textual(operand: Syntax): Syntax {
    const negated = this.OPTION4(() => this.CONSUME5(t.Not)) !== undefined;
    const op = this.OR3([
      { ALT: () => this.operator('contains', this.CONSUME(t.Contains)) },
      { ALT: () => this.operator('matches', this.CONSUME(t.Matches)) },
      { ALT: () => this.operator('starts with', this.CONSUME(t.Starts), this.CONSUME(t.With)) },
      { ALT: () => this.operator('ends with', this.CONSUME(t.Ends), this.CONSUME2(t.With)) },
    ]);
    const value = this.SUBRULE6(this.sum);
    return { kind: 'text', op, operand, value, negated, ...between(operand, value) };
  }

  /** Reads as the call does: the words are consumed for the operator. */
  private operator(op: TextOp, ..._words: IToken[]): TextOp {
    return op;
  }

  private sequence(first: Syntax): Syntax {
    this.CONSUME(t.Then);
    const negated = this.OPTION5(() => this.CONSUME6(t.Not)) !== undefined;
    const second = this.SUBRULE(this.primary);
    this.CONSUME(t.Within);
    const span = this.CONSUME(t.DurationLiteral);
    const last = this.OPTION6(() => {
      this.CONSUME3(t.In);
      this.CONSUME(t.Last);
      return this.CONSUME2(t.DurationLiteral);
    });
    return this.ACTION((): Syntax => {
      const where = between(first, spanOf(last ?? span));
      const within = this.milliseconds(span);
      const since = last && this.milliseconds(last);
      if (within === undefined || (last && since === undefined)) return { kind: 'broken', ...where };
      return {
        ...{ kind: 'sequence', first, second, negated, within, ...where },
        ...(since !== undefined && { since }),
      };
    });
  }

  readonly sum: Rule = this.level('sum', () => {
    const operands = [this.SUBRULE(this.primary)];
    const operators: IToken[] = [];
    this.MANY(() => {
      operators.push(this.CONSUME(t.ArithmeticOperator));
      operands.push(this.SUBRULE2(this.primary));
    });
    return arithmetic(operands, operators);
  });

  private chained(operator: IToken): void {
    const help = 'For a range write "x between 1 and 5"; join conditions with "and".';
    this.refuse('CRM2010', spanOf(operator), 'Comparisons cannot be chained.', help);
  }
}

import type { IToken } from 'chevrotain';
import type { TextOp } from '../model/expression.ts';
import { t } from '../words/t.ts';
import { arithmetic, between, closedBy, comparison, logic, prefixed, spanOf } from './nodes.ts';
import { PrimaryReader } from './primary.ts';
import type { Rule } from './reader.ts';
import type { Syntax } from './syntax.ts';
import * as kinds from './tokens.ts';

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
      operators.push(this.CONSUME(kinds.LogicOperator));
      operands.push(this.SUBRULE2(this.comparison));
    });
    return logic(operands, operators);
  });

  private readonly comparison: Rule = this.level('comparison', () => {
    const nots: IToken[] = [];
    this.MANY(() => nots.push(this.CONSUME4(kinds.Not)));
    let left = this.SUBRULE(this.sum);
    let links = 0;
    this.MANY2({
      // `in last …` belongs to the aggregate around.
      GATE: () => this.LA(1).tokenType !== kinds.In || this.LA(2).tokenType !== kinds.Last,
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
        if (++links === 2 && operator.tokenType !== kinds.Then) this.chained(operator);
      },
    });
    return prefixed('not', nots, left);
  });

  private compare(left: Syntax): Syntax {
    const op = comparison(this.CONSUME(kinds.CompareOperator).image);
    const right = this.SUBRULE2(this.sum);
    return { kind: 'compare', op, left, right, ...between(left, right) };
  }

  private missing(operand: Syntax): Syntax {
    this.CONSUME(kinds.Is);
    const negated = this.OPTION(() => this.CONSUME(kinds.Not)) !== undefined;
    const last = this.CONSUME(kinds.Missing);
    return { kind: 'missing', operand, negated, ...between(operand, spanOf(last)) };
  }

  private included(operand: Syntax): Syntax {
    const negated = this.OPTION2(() => this.CONSUME2(kinds.Not)) !== undefined;
    this.CONSUME(kinds.In);
    return this.OR2([
      {
        ALT: (): Syntax => {
          const values: Syntax[] = [];
          const open = this.CONSUME(kinds.LParen);
          this.AT_LEAST_ONE_SEP({ SEP: kinds.Comma, DEF: () => values.push(this.SUBRULE3(this.sum)) });
          const close = this.CONSUME(kinds.RParen);
          const end = closedBy(close, values.at(-1) ?? spanOf(open));
          return { kind: 'in', operand, values, negated, ...between(operand, end) };
        },
      },
      {
        ALT: (): Syntax => {
          this.CONSUME(kinds.Segment);
          const name = this.CONSUME(kinds.Kebab);
          const where = between(operand, spanOf(name));
          const help = t`Write "in segment ${name.image}" alone.`;
          return this.refuse(
            'CRM2001',
            where,
            t`Nothing can stand before "in segment": it asks about the customer.`,
            help,
          );
        },
      },
    ]);
  }

  private ranged(operand: Syntax): Syntax {
    const negated = this.OPTION3(() => this.CONSUME3(kinds.Not)) !== undefined;
    this.CONSUME(kinds.Between);
    const low = this.SUBRULE4(this.sum);
    this.CONSUME(kinds.And);
    const high = this.SUBRULE5(this.sum);
    return { kind: 'between', operand, low, high, negated, ...between(operand, high) };
  }

  private textual(operand: Syntax): Syntax {
    const negated = this.OPTION4(() => this.CONSUME5(kinds.Not)) !== undefined;
    const op = this.OR3([
      { ALT: () => this.operator('contains', this.CONSUME(kinds.Contains)) },
      { ALT: () => this.operator('matches', this.CONSUME(kinds.Matches)) },
      { ALT: () => this.operator('starts with', this.CONSUME(kinds.Starts), this.CONSUME(kinds.With)) },
      { ALT: () => this.operator('ends with', this.CONSUME(kinds.Ends), this.CONSUME2(kinds.With)) },
    ]);
    const value = this.SUBRULE6(this.sum);
    return { kind: 'text', op, operand, value, negated, ...between(operand, value) };
  }

  /** Reads as the call does: the words are consumed for the operator. */
  private operator(op: TextOp, ..._words: IToken[]): TextOp {
    return op;
  }

  private sequence(first: Syntax): Syntax {
    this.CONSUME(kinds.Then);
    const negated = this.OPTION5(() => this.CONSUME6(kinds.Not)) !== undefined;
    const second = this.SUBRULE(this.primary);
    this.CONSUME(kinds.Within);
    const span = this.CONSUME(kinds.DurationLiteral);
    const last = this.OPTION6(() => {
      this.CONSUME3(kinds.In);
      this.CONSUME(kinds.Last);
      return this.CONSUME2(kinds.DurationLiteral);
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
      operators.push(this.CONSUME(kinds.ArithmeticOperator));
      operands.push(this.SUBRULE2(this.primary));
    });
    return arithmetic(operands, operators);
  });

  private chained(operator: IToken): void {
    const help = t`For a range write "x between 1 and 5"; join conditions with "and".`;
    this.refuse('CRM2010', spanOf(operator), t`Comparisons cannot be chained.`, help);
  }
}

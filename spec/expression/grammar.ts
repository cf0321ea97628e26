import { EmbeddedActionsParser, type IToken, type ParserMethod, type TokenType, tokenMatcher } from 'chevrotain';
import { explainDuration, parseDuration } from './durations.ts';
import type { TextOp } from './expression.ts';
import { type Reading, readDate, readInstant, readMoney, readNumber, readString } from './literals.ts';
import { arithmetic, between, closedBy, comparison, logic, nameOf, prefixed, spanOf } from './nodes.ts';
import { type ExpressionCode, type Problem, problem, type Span } from './problem.ts';
import type { CallSyntax, ItemsSyntax, Name, Syntax } from './syntax.ts';
import { syntaxMessages } from './syntaxError.ts';
import * as t from './tokens.ts';

type Rule = ParserMethod<[], Syntax>;

/**
 * Tokens → Syntax. Three tiers: logic, comparison, arithmetic. Inside a tier operands and operators are read flat and
 * then joined by precedence: a rule for each level would cost so much stack that nesting had to end earlier.
 */
export class ExpressionParser extends EmbeddedActionsParser {
  /** Findings that did not stop the parse; empty it before each. */
  problems: Problem[] = [];

  /** `validate`: also check the grammar itself, which takes longer than building the parser and is for tests. */
  constructor(validate = false) {
    super(t.allTokens, {
      recoveryEnabled: true,
      maxLookahead: 2,
      skipValidations: !validate,
      errorMessageProvider: syntaxMessages,
    });
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
        // What cannot stand before "then" is told by the checker.
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

  private readonly sum: Rule = this.level('sum', () => {
    const operands = [this.SUBRULE(this.primary)];
    const operators: IToken[] = [];
    this.MANY(() => {
      operators.push(this.CONSUME(t.ArithmeticOperator));
      operands.push(this.SUBRULE2(this.primary));
    });
    return arithmetic(operands, operators);
  });

  private readonly primary: Rule = this.level('primary', () => {
    const signs: IToken[] = [];
    this.MANY(() => signs.push(this.CONSUME(t.Minus)));
    const operand = this.OR([
      { ALT: () => this.read(t.Text, readString, (value) => ({ kind: 'string', value })) },
      { ALT: () => this.read(t.InstantLiteral, readInstant, (ms) => ({ kind: 'instant', ms })) },
      { ALT: () => this.read(t.DateLiteral, readDate, (value) => ({ kind: 'date', value })) },
      { ALT: () => this.read(t.MoneyLiteral, readMoney, (value) => ({ kind: 'money', ...value })) },
      { ALT: () => this.number() },
      { ALT: () => this.duration() },
      { ALT: (): Syntax => ({ kind: 'boolean', value: true, ...spanOf(this.CONSUME(t.True)) }) },
      { ALT: (): Syntax => ({ kind: 'boolean', value: false, ...spanOf(this.CONSUME(t.False)) }) },
      { ALT: (): Syntax => ({ kind: 'ago', ms: 0, ...spanOf(this.CONSUME(t.Now)) }) },
      { ALT: () => this.member() },
      { GATE: () => this.LA(2).tokenType === t.LParen, ALT: () => this.SUBRULE(this.reachable) },
      { GATE: () => this.LA(2).tokenType === t.Percent, ALT: () => this.share() },
      { GATE: () => this.quantifies(), ALT: () => this.quantified() },
      { ALT: () => this.SUBRULE(this.named) },
      { ALT: () => this.parenthesised() },
    ]);
    return prefixed('negate', signs, operand);
  });

  private read<T>(type: TokenType, reader: (image: string) => Reading<T>, node: (value: T) => NodeBody): Syntax {
    const token = this.CONSUME(type);
    const reading = reader(token.image);
    if ('value' in reading) return { ...node(reading.value), ...spanOf(token) };
    // A string without its end has been reported as that.
    if (token.tokenType === t.OpenText) return { kind: 'string', value: '', ...spanOf(token) };
    return this.refuse('CRM2007', spanOf(token), reading.refusal, reading.help);
  }

  private number(): Syntax {
    const number = this.read(t.NumberLiteral, readNumber, (value) => ({ kind: 'number', ...value }));
    const ago = this.OPTION(() => this.CONSUME(t.Ago));
    return this.ACTION(() =>
      ago
        ? this.refuse('CRM2008', between(number, spanOf(ago)), '"ago" needs a duration with a unit: "45 days ago".')
        : number,
    );
  }

  private duration(): Syntax {
    const token = this.CONSUME(t.DurationLiteral);
    const ago = this.OPTION2(() => this.CONSUME2(t.Ago));
    return this.ACTION((): Syntax => {
      const where = between(spanOf(token), spanOf(ago ?? token));
      const ms = this.milliseconds(token);
      return ms === undefined ? { kind: 'broken', ...where } : { kind: ago ? 'ago' : 'duration', ms, ...where };
    });
  }

  private milliseconds(token: IToken): number | undefined {
    const ms = parseDuration(token.image);
    if (ms === undefined) this.refuse('CRM2008', spanOf(token), explainDuration(token.image));
    return ms;
  }

  private member(): Syntax {
    const word = this.CONSUME(t.In);
    this.CONSUME(t.Segment);
    const name = nameOf(this.CONSUME(t.Kebab));
    return { kind: 'segment', name, ...between(spanOf(word), name) };
  }

  private parenthesised(): Syntax {
    const open = this.CONSUME(t.LParen);
    const inner = this.SUBRULE(this.expression);
    const where = this.OPTION4(() => {
      this.CONSUME(t.Where);
      return this.SUBRULE2(this.expression);
    });
    const close = this.CONSUME(t.RParen);
    if (where) {
      return { kind: 'filtered', event: inner, where, start: open.startOffset, end: closedBy(close, where).end };
    }
    return { ...inner, start: open.startOffset, end: closedBy(close, inner).end };
  }

  private share(): Syntax {
    const word = this.CONSUME(t.EndWord);
    const percent = this.CONSUME(t.Percent);
    this.CONSUME(t.By);
    const by = this.SUBRULE(this.sum);
    const share = Number.parseFloat(percent.image);
    const which = word.tokenType === t.Top ? 'top' : 'bottom';
    return { kind: 'share', which, share, by, ...between(spanOf(word), by) };
  }

  private quantified(): Syntax {
    const fn = nameOf(this.CONSUME(t.Quantifier));
    const item = nameOf(this.CONSUME(t.Word));
    const word = this.CONSUME2(t.In);
    const list = this.SUBRULE2(this.named);
    const where = this.OPTION5(() => {
      this.CONSUME2(t.Where);
      return this.SUBRULE3(this.expression);
    });
    // Without its name, the list stands where "in" does.
    const end = where ?? (list.kind === 'broken' ? spanOf(word) : list);
    return { kind: 'items', fn, item, list, ...between(fn, end), ...(where && { where }) };
  }

  /** `any item in …`: two words in a row mean nothing else. */
  private quantifies(): boolean {
    return tokenMatcher(this.LA(2), t.Word) && this.LA(3).tokenType === t.In;
  }

  private readonly reachable: Rule = this.level('reachable', () => {
    const word = this.CONSUME(t.ChannelWord);
    this.CONSUME(t.LParen);
    const channel = nameOf(this.CONSUME(t.Kebab));
    const close = this.CONSUME(t.RParen);
    const kind = word.tokenType === t.Consent ? 'consent' : 'reachable';
    return { kind, channel, ...between(spanOf(word), closedBy(close, channel)) };
  });

  private readonly named: Rule = this.level('named', () => {
    const first = nameOf(this.CONSUME(t.Word));
    const more = this.OPTION3(() =>
      this.OR([
        {
          ALT: (): Syntax => {
            this.CONSUME(t.Dot);
            const name = nameOf(this.CONSUME(t.AnyWord));
            return { kind: 'path', owner: first, name, ...between(first, name) };
          },
        },
        { ALT: () => this.call(first) },
      ]),
    );
    return more ?? { kind: 'name', name: first, ...between(first, first) };
  });

  private call(fn: Name): CallSyntax | ItemsSyntax {
    const open = this.CONSUME(t.LParen);
    const args: Syntax[] = [];
    const item = this.OR2([
      { GATE: () => this.itemised(), ALT: () => this.item(), IGNORE_AMBIGUITIES: true },
      {
        ALT: (): undefined => {
          this.MANY_SEP({ SEP: t.Comma, DEF: () => args.push(this.SUBRULE(this.expression)) });
        },
      },
    ]);
    const where = this.OPTION(() => {
      this.CONSUME(t.Where);
      return this.SUBRULE2(this.expression);
    });
    const last = this.OPTION2(() => {
      this.CONSUME(t.In);
      this.CONSUME(t.Last);
      return this.CONSUME(t.DurationLiteral);
    });
    const close = this.CONSUME(t.RParen);
    return this.ACTION((): CallSyntax | ItemsSyntax => {
      const within = last && this.milliseconds(last);
      const inner = last ? spanOf(last) : (where ?? item?.list ?? args.at(-1) ?? spanOf(open));
      const whole = between(fn, closedBy(close, inner));
      if (item) {
        const help = 'The items of a list have no time; "in last" is about events.';
        if (last) this.refuse('CRM2001', spanOf(last), 'A list cannot be asked about a time.', help);
        return { kind: 'items', fn, ...item, ...whole, ...(where && { where }) };
      }
      return {
        ...{ kind: 'call', fn, args, ...whole },
        ...(where && { where }),
        ...(within !== undefined && { within }),
      };
    });
  }

  /** `item in event.items`, while `order_paid in last 90 days` and `city in ("a")` are something else. */
  private itemised(): boolean {
    const [word, after, list] = [this.LA(1), this.LA(2), this.LA(3)];
    if (!tokenMatcher(word, t.Word) || after.tokenType !== t.In || !tokenMatcher(list, t.Word)) return false;
    return list.tokenType !== t.Segment && list.tokenType !== t.Last;
  }

  private item(): { item: Name; list: Syntax } {
    const item = nameOf(this.CONSUME2(t.Word));
    this.CONSUME2(t.In);
    return { item, list: this.SUBRULE(this.named) };
  }

  private chained(operator: IToken): void {
    const help = 'For a range write "x between 1 and 5"; join conditions with "and".';
    this.refuse('CRM2010', spanOf(operator), 'Comparisons cannot be chained.', help);
  }

  private refuse(code: ExpressionCode, at: Span, message: string, help?: string): Syntax {
    this.problems.push(problem(code, at, message, help));
    return { kind: 'broken', ...between(at, at) };
  }

  private level(name: string, rule: () => Syntax): Rule {
    // The end of the text has no place of its own, so what stands before it is pointed at.
    const recoveryValueFunc = ({ token }: { token: IToken }): Syntax => ({
      kind: 'broken',
      ...spanOf(token.startOffset < 0 ? this.LA(0) : token),
    });
    return this.RULE(name, rule, { recoveryValueFunc });
  }

  /** Only a closing parenthesis may be taken for written: anything else would be invented. */
  protected override canTokenTypeBeInsertedInRecovery(type: TokenType): boolean {
    return type === t.RParen;
  }
}

/** A literal without its place. */
type NodeBody = { [K in Syntax['kind']]: Omit<Extract<Syntax, { kind: K }>, 'start' | 'end'> }[
  | 'string'
  | 'money'
  | 'number'
  | 'date'
  | 'instant'];

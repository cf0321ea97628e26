import { type IToken, tokenMatcher } from 'chevrotain';
import { nameHelp } from '../words/names.ts';
import { t } from '../words/t.ts';
import { between, closedBy, nameOf, numeral, prefixed, spanOf } from './nodes.ts';
import { readDate, readInstant, readMoney, readNumber, readString } from './operators/literals.ts';
import { type Rule, SyntaxReader } from './reader.ts';
import type { CallSyntax, ItemsSyntax, Name, Syntax } from './syntax.ts';
import * as kinds from './tokens.ts';

/** The rules of what stands between operators: literals, names, calls, questions, and what is in parentheses. */
export abstract class PrimaryReader extends SyntaxReader {
  protected abstract readonly expression: Rule;
  protected abstract readonly sum: Rule;

  protected readonly primary: Rule = this.level('primary', () => {
    const signs: IToken[] = [];
    this.MANY(() => signs.push(this.CONSUME(kinds.Minus)));
    const operand = this.OR([
      { ALT: () => this.read(kinds.Text, readString, (value) => ({ kind: 'string', value })) },
      { ALT: () => this.read(kinds.InstantLiteral, readInstant, (ms) => ({ kind: 'instant', ms })) },
      { ALT: () => this.read(kinds.DateLiteral, readDate, (value) => ({ kind: 'date', value })) },
      { ALT: () => this.read(kinds.MoneyLiteral, readMoney, (value) => ({ kind: 'money', ...value })) },
      { ALT: () => this.variable() },
      { ALT: () => this.number() },
      { ALT: () => this.duration() },
      { ALT: (): Syntax => ({ kind: 'boolean', value: true, ...spanOf(this.CONSUME(kinds.True)) }) },
      { ALT: (): Syntax => ({ kind: 'boolean', value: false, ...spanOf(this.CONSUME(kinds.False)) }) },
      { ALT: (): Syntax => ({ kind: 'ago', ms: 0, ...spanOf(this.CONSUME(kinds.Now)) }) },
      { ALT: () => this.member() },
      { GATE: () => this.LA(2).tokenType === kinds.LParen, ALT: () => this.SUBRULE(this.reachable) },
      { GATE: () => this.LA(2).tokenType === kinds.Percent, ALT: () => this.share() },
      { GATE: () => this.quantifies(), ALT: () => this.quantified() },
      { ALT: () => this.SUBRULE(this.named) },
      { ALT: () => this.parenthesised() },
    ]);
    return prefixed('negate', signs, operand);
  });

  private number(): Syntax {
    const number = this.read(kinds.NumberLiteral, readNumber, (value) => ({ kind: 'number', ...value }));
    const ago = this.OPTION(() => this.CONSUME(kinds.Ago));
    return this.ACTION(() =>
      ago
        ? this.refuse('CRM2008', between(number, spanOf(ago)), t`"ago" needs a duration with a unit: "45 days ago".`)
        : number,
    );
  }

  /** Its value, as if that were written here. */
  private variable(): Syntax {
    const token = this.CONSUME(kinds.Variable);
    return this.ACTION((): Syntax => {
      const at = spanOf(token);
      const name = token.image.slice(1);
      const value = this.variables?.values.get(name);
      if (typeof value === 'string') return { kind: 'string', value, ...at };
      if (typeof value === 'boolean') return { kind: 'boolean', value, ...at };
      if (typeof value === 'number') return numeral(value, at);
      if (!this.variables || this.variables.values.has(name) || this.variables.doubtful(name)) {
        return { kind: 'broken', ...at };
      }
      const help = nameHelp(name, this.variables.values.keys(), 'variables');
      return this.refuse('CRM2032', at, t`There is no variable \`${name}\`.`, help);
    });
  }

  private duration(): Syntax {
    const token = this.CONSUME(kinds.DurationLiteral);
    const ago = this.OPTION2(() => this.CONSUME2(kinds.Ago));
    return this.ACTION((): Syntax => {
      const where = between(spanOf(token), spanOf(ago ?? token));
      const ms = this.milliseconds(token);
      return ms === undefined ? { kind: 'broken', ...where } : { kind: ago ? 'ago' : 'duration', ms, ...where };
    });
  }

  private member(): Syntax {
    const word = this.CONSUME(kinds.In);
    this.CONSUME(kinds.Segment);
    const name = nameOf(this.CONSUME(kinds.Kebab));
    return { kind: 'segment', name, ...between(spanOf(word), name) };
  }

  private parenthesised(): Syntax {
    const open = this.CONSUME(kinds.LParen);
    const inner = this.SUBRULE(this.expression);
    const where = this.OPTION4(() => {
      this.CONSUME(kinds.Where);
      return this.SUBRULE2(this.expression);
    });
    const close = this.CONSUME(kinds.RParen);
    if (where) {
      return { kind: 'filtered', event: inner, where, start: open.startOffset, end: closedBy(close, where).end };
    }
    return { ...inner, start: open.startOffset, end: closedBy(close, inner).end };
  }

  private share(): Syntax {
    const word = this.CONSUME(kinds.EndWord);
    const percent = this.CONSUME(kinds.Percent);
    this.CONSUME(kinds.By);
    const by = this.SUBRULE(this.sum);
    const share = Number.parseFloat(percent.image);
    const which = word.tokenType === kinds.Top ? 'top' : 'bottom';
    return { kind: 'share', which, share, by, ...between(spanOf(word), by) };
  }

  private quantified(): Syntax {
    const fn = nameOf(this.CONSUME(kinds.Quantifier));
    const item = nameOf(this.CONSUME(kinds.Word));
    const word = this.CONSUME2(kinds.In);
    const list = this.SUBRULE2(this.named);
    const where = this.OPTION5(() => {
      this.CONSUME2(kinds.Where);
      return this.SUBRULE3(this.expression);
    });
    // Without its name, the list stands where "in" does.
    const end = where ?? (list.kind === 'broken' ? spanOf(word) : list);
    return { kind: 'items', fn, item, list, ...between(fn, end), ...(where && { where }) };
  }

  /** `any item in …`: two words in a row mean nothing else. */
  private quantifies(): boolean {
    return tokenMatcher(this.LA(2), kinds.Word) && this.LA(3).tokenType === kinds.In;
  }

  private readonly reachable: Rule = this.level('reachable', () => {
    const word = this.CONSUME(kinds.ChannelWord);
    this.CONSUME(kinds.LParen);
    const channel = nameOf(this.CONSUME(kinds.Kebab));
    const close = this.CONSUME(kinds.RParen);
    const kind = word.tokenType === kinds.Consent ? 'consent' : 'reachable';
    return { kind, channel, ...between(spanOf(word), closedBy(close, channel)) };
  });

  private readonly named: Rule = this.level('named', () => {
    const first = nameOf(this.CONSUME(kinds.Word));
    const more = this.OPTION3(() =>
      this.OR([
        {
          ALT: (): Syntax => {
            this.CONSUME(kinds.Dot);
            const name = nameOf(this.CONSUME(kinds.AnyWord));
            return { kind: 'path', owner: first, name, ...between(first, name) };
          },
        },
        { ALT: () => this.call(first) },
      ]),
    );
    return more ?? { kind: 'name', name: first, ...between(first, first) };
  });

  private call(fn: Name): CallSyntax | ItemsSyntax {
    const open = this.CONSUME(kinds.LParen);
    const args: Syntax[] = [];
    const item = this.OR2([
      { GATE: () => this.itemised(), ALT: () => this.item(), IGNORE_AMBIGUITIES: true },
      {
        ALT: (): undefined => {
          this.MANY_SEP({ SEP: kinds.Comma, DEF: () => args.push(this.SUBRULE(this.expression)) });
        },
      },
    ]);
    const where = this.OPTION(() => {
      this.CONSUME(kinds.Where);
      return this.SUBRULE2(this.expression);
    });
    const last = this.OPTION2(() => {
      this.CONSUME(kinds.In);
      this.CONSUME(kinds.Last);
      return this.CONSUME(kinds.DurationLiteral);
    });
    const close = this.CONSUME(kinds.RParen);
    return this.ACTION((): CallSyntax | ItemsSyntax => {
      const within = last && this.milliseconds(last);
      const inner = last ? spanOf(last) : (where ?? item?.list ?? args.at(-1) ?? spanOf(open));
      const whole = between(fn, closedBy(close, inner));
      if (item) {
        const help = t`The items of a list have no time; "in last" is about events.`;
        if (last) this.refuse('CRM2001', spanOf(last), t`A list cannot be asked about a time.`, help);
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
    if (!tokenMatcher(word, kinds.Word) || after.tokenType !== kinds.In || !tokenMatcher(list, kinds.Word))
      return false;
    return list.tokenType !== kinds.Segment && list.tokenType !== kinds.Last;
  }

  private item(): { item: Name; list: Syntax } {
    const item = nameOf(this.CONSUME2(kinds.Word));
    this.CONSUME2(kinds.In);
    return { item, list: this.SUBRULE(this.named) };
  }
}

import { nameHelp } from '../words/names.ts';
import { t } from '../words/t.ts';
import { type Token, type TokenType, tokenMatcher } from '../words/tokens.ts';
import { between, closedBy, nameOf, numeral, prefixed, spanOf } from './nodes.ts';
import { readDate, readInstant, readMoney, readNumber, readString } from './operators/literals.ts';
import { before, beforeOptional, SyntaxReader } from './reader.ts';
import type { CallSyntax, ItemsSyntax, Name, Syntax } from './syntax.ts';
import * as kinds from './tokens.ts';

const beforeAnything = beforeOptional();
const beforeWhere = beforeOptional(kinds.Where);
const beforeClosing = before(kinds.RParen);
const beforeWhereOrClosing = before(kinds.Where, kinds.RParen);
const beforeLast = before(kinds.In, kinds.RParen);
const behindItem = before(kinds.Where, kinds.In, kinds.RParen);
const behindArgument = before(kinds.Comma, kinds.Where, kinds.In, kinds.RParen);

/** The rules of operands: literals, names, calls, questions, and what is in parentheses. */
export abstract class PrimaryReader extends SyntaxReader {
  protected abstract expression(): Syntax;
  protected abstract sum(): Syntax;

  /** The rules by the token that they begin with; of several the first. */
  private readonly values: [TokenType, () => Syntax][] = [
    [kinds.Text, () => this.read(kinds.Text, readString, (value) => ({ kind: 'string', value }))],
    [kinds.InstantLiteral, () => this.read(kinds.InstantLiteral, readInstant, (ms) => ({ kind: 'instant', ms }))],
    [kinds.DateLiteral, () => this.read(kinds.DateLiteral, readDate, (value) => ({ kind: 'date', value }))],
    [kinds.MoneyLiteral, () => this.read(kinds.MoneyLiteral, readMoney, (value) => ({ kind: 'money', ...value }))],
    [kinds.Variable, () => this.variable()],
    [kinds.NumberLiteral, () => this.number()],
    [kinds.DurationLiteral, () => this.duration()],
    [kinds.True, () => ({ kind: 'boolean', value: true, ...spanOf(this.take(kinds.True)) })],
    [kinds.False, () => ({ kind: 'boolean', value: false, ...spanOf(this.take(kinds.False)) })],
    [kinds.Now, () => ({ kind: 'ago', ms: 0, ...spanOf(this.take(kinds.Now)) })],
    [kinds.In, () => this.member()],
    [kinds.Word, () => this.worded()],
    [kinds.LParen, () => this.parenthesised()],
  ];

  protected primary(): Syntax {
    const signs: Token[] = [];
    for (let sign = this.accept(kinds.Minus); sign; sign = this.accept(kinds.Minus)) signs.push(sign);
    const [, rule] = this.values.find(([type]) => this.nextIs(type)) ?? this.fail('value');
    return prefixed('negate', signs, rule());
  }

  protected beginsValue(): boolean {
    return this.nextIs(kinds.Minus) || this.values.some(([type]) => this.nextIs(type));
  }

  private worded(): Syntax {
    const after = this.ahead(2).tokenType;
    if (this.nextIs(kinds.ChannelWord) && after === kinds.LParen) return this.level(this.reachable, beforeAnything);
    if (this.nextIs(kinds.EndWord) && after === kinds.Percent) return this.share();
    return this.quantifies() ? this.quantified() : this.level(this.named, beforeAnything);
  }

  private number(): Syntax {
    const number = this.read(kinds.NumberLiteral, readNumber, (value) => ({ kind: 'number', ...value }));
    const ago = this.accept(kinds.Ago);
    if (!ago) return number;
    return this.refuse('CRM2008', between(number, spanOf(ago)), t`"ago" needs a duration with a unit: "45 days ago".`);
  }

  /** Its value, as if that were written here. */
  private variable(): Syntax {
    const token = this.take(kinds.Variable);
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
  }

  private duration(): Syntax {
    const token = this.take(kinds.DurationLiteral);
    const ago = this.accept(kinds.Ago);
    const where = between(spanOf(token), spanOf(ago ?? token));
    const ms = this.milliseconds(token);
    return ms === undefined ? { kind: 'broken', ...where } : { kind: ago ? 'ago' : 'duration', ms, ...where };
  }

  private member(): Syntax {
    const word = this.take(kinds.In);
    this.take(kinds.Segment);
    const name = nameOf(this.take(kinds.Kebab));
    return { kind: 'segment', name, ...between(spanOf(word), name) };
  }

  private parenthesised(): Syntax {
    const open = this.take(kinds.LParen);
    const inner = this.level(this.expression, beforeWhereOrClosing);
    const where = this.accept(kinds.Where) && this.level(this.expression, beforeClosing);
    const close = this.take(kinds.RParen);
    const start = open.startOffset;
    if (where) return { kind: 'filtered', event: inner, where, start, end: closedBy(close, where).end };
    return { ...inner, start, end: closedBy(close, inner).end };
  }

  private share(): Syntax {
    const word = this.take(kinds.EndWord);
    const percent = this.take(kinds.Percent);
    this.take(kinds.By);
    const by = this.level(this.sum, beforeAnything);
    const share = Number.parseFloat(percent.image);
    const which = word.tokenType === kinds.Top ? 'top' : 'bottom';
    return { kind: 'share', which, share, by, ...between(spanOf(word), by) };
  }

  private quantified(): Syntax {
    const fn = nameOf(this.take(kinds.Quantifier));
    const item = nameOf(this.take(kinds.Word));
    const word = this.take(kinds.In);
    const list = this.level(this.named, beforeWhere);
    const where = this.accept(kinds.Where) && this.level(this.expression, beforeAnything);
    // Without its name, the list has the place of "in".
    const end = where ?? (list.kind === 'broken' ? spanOf(word) : list);
    return { kind: 'items', fn, item, list, ...between(fn, end), ...(where && { where }) };
  }

  /** Returns true at `any item in …`: two words in a row mean nothing else. */
  private quantifies(): boolean {
    return (
      this.nextIs(kinds.Quantifier) && tokenMatcher(this.ahead(2), kinds.Word) && this.ahead(3).tokenType === kinds.In
    );
  }

  private reachable(): Syntax {
    const word = this.take(kinds.ChannelWord);
    this.take(kinds.LParen);
    const channel = nameOf(this.take(kinds.Kebab));
    const close = this.take(kinds.RParen);
    const kind = word.tokenType === kinds.Consent ? 'consent' : 'reachable';
    return { kind, channel, ...between(spanOf(word), closedBy(close, channel)) };
  }

  private named(): Syntax {
    const first = nameOf(this.take(kinds.Word));
    if (this.accept(kinds.Dot)) {
      const name = nameOf(this.take(kinds.AnyWord));
      return { kind: 'path', owner: first, name, ...between(first, name) };
    }
    return this.nextIs(kinds.LParen) ? this.call(first) : { kind: 'name', name: first, ...between(first, first) };
  }

  private call(fn: Name): CallSyntax | ItemsSyntax {
    const open = this.take(kinds.LParen);
    const item = this.itemised() ? this.item() : undefined;
    const args = item ? [] : this.arguments();
    const where = this.accept(kinds.Where) && this.level(this.expression, beforeLast);
    let last: Token | undefined;
    if (this.accept(kinds.In)) {
      this.take(kinds.Last);
      last = this.take(kinds.DurationLiteral);
    }
    const close = this.take(kinds.RParen);
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
  }

  private arguments(): Syntax[] {
    const args: Syntax[] = [];
    const ends = this.nextIs(kinds.In) && this.ahead(2).tokenType === kinds.Last;
    if (ends || this.ahead(1).tokenType === kinds.Where || !this.beginsValue()) return args;
    do args.push(this.level(this.expression, behindArgument));
    while (this.accept(kinds.Comma));
    return args;
  }

  /** Returns true at `item in event.items`, while `order_paid in last 90 days` and `city in ("a")` are something else. */
  private itemised(): boolean {
    const [word, after, list] = [this.ahead(1), this.ahead(2), this.ahead(3)];
    if (!tokenMatcher(word, kinds.Word) || after.tokenType !== kinds.In || !tokenMatcher(list, kinds.Word))
      return false;
    return list.tokenType !== kinds.Segment && list.tokenType !== kinds.Last;
  }

  private item(): { item: Name; list: Syntax } {
    const item = nameOf(this.take(kinds.Word));
    this.take(kinds.In);
    return { item, list: this.level(this.named, behindItem) };
  }
}

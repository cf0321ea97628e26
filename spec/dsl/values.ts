import type { Node, Scalar as ScalarNode } from 'yaml';
import type { Scalar, Step } from '../document/forms.ts';
import { endType, tokenMatcher } from '../words/tokens.ts';
import { expressionEnd, phraseEnd } from './extent.ts';
import type { Notes } from './notes.ts';
import { literal, numeral, plain, typed, worded } from './scalars.ts';
import * as t from './tokens.ts';
import * as tree from './tree.ts';
import { leftover, noWord, unknownWord } from './wrong.ts';

/** Words of the statement around, at which a value ends. */
export type Stops = ReadonlySet<string>;
export const noStops: Stops = new Set();

/** Leads to a place of the document: keys, indexes, and the steps of which a map is one. */
export type Way = readonly (string | number | Step)[];

/** Notes what is allowed at a place, which is the end of the tokens. */
export interface Listener {
  /** True once all is known. */
  done: boolean;
  readonly value?: unknown;
  /** `way`: leads to what the word is about; absent: it needs no explanation. */
  takeWord(word: string, way?: Way): void;
  takeValue(kind: Scalar, way: Way, start: number): void;
  /** A name of the writer's own choice in a map. */
  takeName(kind: Scalar, way: Way): void;
  /** Called with what is written before. */
  takeText(way: Way, text: string): void;
}

const start = t.placeAt(0, 0);

/** The part of the parser that does not depend on the language's table: single values, and what is not understood. */
export abstract class ValueParser {
  /** The findings besides the tree. */
  protected readonly notes: Notes;
  protected readonly listener: Listener | undefined;
  /** The place of the parser in the document. */
  protected readonly way: (string | number | Step)[] = [];
  /** The token with which a value may begin although it is on a new line. */
  protected lineStart: t.CrmToken | undefined;

  private readonly tokens: readonly t.CrmToken[];
  private readonly end: t.CrmToken;
  private at = 0;

  /** `tokens`: their braces are balanced. `end` follows them; for a listener, it is the place asked about. */
  constructor(
    tokens: readonly t.CrmToken[],
    notes: Notes,
    end = t.placeAt(notes.text.length, -1),
    listener?: Listener,
  ) {
    this.tokens = tokens;
    this.notes = notes;
    this.end = end;
    this.listener = listener;
  }

  // The position of the parser.

  protected get next(): t.CrmToken {
    return this.tokens[this.at] ?? this.end;
  }

  protected get afterNext(): t.CrmToken {
    return this.tokens[this.at + 1] ?? this.end;
  }

  protected get last(): t.CrmToken {
    return this.tokens[this.at - 1] ?? start;
  }

  protected take(): t.CrmToken {
    const { next } = this;
    if (next !== this.end) this.at++;
    return next;
  }

  protected nextIs(type: t.CrmToken['tokenType']): boolean {
    return tokenMatcher(this.next, type);
  }

  /** Returns true if the next token is on the line of the last one. */
  protected sameLine(): boolean {
    return this.next !== this.end && this.next.line === this.last.line;
  }

  /** Returns true if there is one more token between the braces. */
  protected inside(): boolean {
    const { tokenType } = this.next;
    return tokenType !== endType && tokenType !== t.RCurly;
  }

  /** Returns true if a value may begin with the next token. */
  protected ready(): boolean {
    return this.next === this.lineStart || this.next.line === this.last.line;
  }

  /** Returns the listener at the place asked about, where it does not know all yet. */
  protected get asked(): Listener | undefined {
    return this.next === this.end && !this.listener?.done ? this.listener : undefined;
  }

  /** The listener, where the place asked about is on the line of the last token. */
  protected get askedHere(): Listener | undefined {
    return this.end.line === this.last.line ? this.asked : undefined;
  }

  /** Notes that nothing else is allowed at the place asked about. */
  protected answered(): void {
    if (this.listener) this.listener.done = true;
  }

  /** Returns the beginning of a value, or the place of a missing one. */
  protected here(): number {
    return this.next === this.lineStart || this.sameLine() ? this.next.startOffset : this.last.startOffset;
  }

  // Single values.

  protected scalar(kind: Scalar, stops: Stops): Node {
    if (kind === 'flag') return this.flag();
    if (this.asked && this.ready()) {
      this.asked.takeValue(kind, this.way, this.end.startOffset);
      this.answered();
      return tree.nothing(this.last);
    }
    switch (kind) {
      case 'phrase':
        return this.run(kind, phraseEnd, stops, plain);
      case 'expression':
        return this.run(kind, expressionEnd, stops);
      case 'given':
        return this.run(kind, expressionEnd, stops, typed);
      case 'number':
        return this.atom(numeral);
      case 'literal':
        return this.atom(worded);
      default:
        return this.atom(literal);
    }
  }

  protected atom(read: (token: t.CrmToken, notes: Notes) => ScalarNode): ScalarNode {
    if (!this.nextIs(t.Atom) || !this.ready()) return tree.nothing(this.last);
    const token = this.take();
    this.listener?.takeText(this.way, token.image);
    return read(token, this.notes);
  }

  private flag(): ScalarNode {
    const word = this.last;
    const said = this.sameLine() && /^(?:true|false|\$.*)$/.test(this.next.word ?? '') ? this.take() : undefined;
    if (said?.image.startsWith('$')) return plain(said.image, said.startOffset);
    const at = said ?? word;
    return tree.scalar(said?.image !== 'false', at.startOffset, t.endOf(at));
  }

  /** `bare`: how the run is read where it is more than a single text in quotes; absent: that too is read as it is. */
  private run(kind: Scalar, endOf: typeof phraseEnd, stops: Stops, bare?: typeof plain): Node {
    const { last: before, next: first, at: from } = this;
    // The place asked about may be a part of it.
    const tokens = this.listener ? [...this.tokens, { ...this.end, tokenType: t.Word }] : this.tokens;
    const whole = this.ready() ? endOf(tokens, from, stops) : from;
    const end = Math.min(whole, this.tokens.length);
    if (end === from) return tree.nothing(before);
    this.at = end;
    const { last } = this;
    const text = this.notes.text.slice(first.startOffset, t.endOf(last));
    this.listener?.takeText(this.way, text);
    if (whole > end && this.listener) {
      this.listener.takeValue(kind, this.way, first.startOffset);
      // It may be complete: the caller knows what can follow it.
      this.listener.done = this.end.line !== last.line;
    }
    if (bare && first === last && tokenMatcher(first, t.Text)) return literal(first, this.notes);
    return (bare ?? plain)(text, first.startOffset);
  }

  // Words that are not understood.

  /** `words`: those that are known; none: what is wrong is reported elsewhere. */
  protected unknown(title: string, words: string[]): void {
    if (words.length > 0) unknownWord(this.next, words, title, this.notes);
    this.skipLine(noStops);
  }

  protected rest(title: string, words: readonly string[]): void {
    leftover(this.next, words, title, this.notes);
    this.skipLine(new Set(words));
  }

  protected skipLine(stops: Stops): void {
    let depth = 0;
    do {
      const { tokenType, image } = this.take();
      if (tokenType === t.LCurly) depth++;
      else if (tokenType === t.RCurly) depth--;
      else this.notes.skipped.add(image);
    } while (
      this.next !== this.end &&
      (depth > 0 || (this.sameLine() && this.inside() && !stops.has(this.next.image)))
    );
  }

  /** Reads a word without alternatives, so that its absence is reported and nothing else. */
  protected word(word: string, after: t.CrmToken): void {
    if (this.askedHere) {
      this.askedHere.takeWord(word);
      this.answered();
    }
    if (this.sameLine() && this.next.word === word) this.take();
    else noWord(after, word, this.notes);
  }

  /** Remembers where comments may belong. */
  protected noted(node: Node, { startOffset, line }: t.CrmToken): void {
    const { last } = this;
    this.notes.entries.push({ node, start: startOffset, end: t.endOf(last), line, endLine: last.line });
  }
}

import { tokenMatcher } from 'chevrotain';
import type { Form, Part, Scalar, Step, Value } from '../../document/forms.ts';
import { expressionEnd, phraseEnd } from '../../dsl/extent.ts';
import { Atom, LCurly, RCurly, Text } from '../../dsl/tokens.ts';
import { clauseWords } from '../../dsl/walk.ts';
import { joined, meant } from '../schema-paths.ts';
import { Cursor } from './cursor.ts';
import { describeAll, follow, type Holder, isBlock, isLeading, partSpot, type Spot, wordsOf } from './spot.ts';

/** Words of the statement around, at which a value ends. */
export type Stops = ReadonlySet<string>;
export const none: Stops = new Set();

/** The part of the guide that follows single values, and maps whose parts follow one another. */
export abstract class FormGuide extends Cursor {
  protected abstract value(value: Value, spot: Spot, stops: Stops): boolean;
  protected abstract body(part: Extract<Part, { part: 'body' }>, holder: Holder): boolean;

  protected scalar(kind: Scalar, spot: Spot, stops: Stops): boolean {
    const token = this.next;
    if (kind === 'flag') {
      if (!this.there() && this.sameLine() && /^(true|false)$/.test(token.image)) this.at++;
      return false;
    }
    if (!this.ready()) return false;
    if (this.there()) return this.wanted(kind, spot, token.startOffset);
    if (kind === 'name' || kind === 'text' || kind === 'number') {
      if (!tokenMatcher(token, Atom)) return false;
      this.say(spot.path, token.image);
      this.at++;
      return false;
    }
    const end = (kind === 'phrase' ? phraseEnd : expressionEnd)(this.tokens, this.at, stops);
    const last = this.tokens.length - 1;
    const words = this.tokens.slice(this.at, Math.min(end, last));
    this.say(spot.path, words.map(({ image }) => image).join(' '));
    this.at = Math.min(end, last);
    if (end <= last) return false;
    this.wanted(kind, spot, token.startOffset);
    // It may be complete: what can follow it is told by whoever it is a part of.
    return !this.sameLine();
  }

  protected form(form: Form, holder: Holder, outer: Stops): boolean {
    const parts = form.parts();
    const lead = parts.findIndex((part) => !isLeading(part));
    const rest = new Set(lead === -1 ? [] : parts.slice(lead));
    const stops = () => new Set([...outer, ...wordsOf(rest)]);
    for (const part of parts.slice(0, parts.length - rest.size)) {
      if (this.part(part, holder, stops())) return true;
    }
    for (;;) {
      if (this.there()) return this.remaining(rest, holder);
      const { image } = this.next;
      if (outer.has(image) || this.is(RCurly)) return false;
      const part = [...rest].find((one) => this.begins(one));
      if (part) {
        rest.delete(part);
        if (part.part === 'clause') this.at++;
        if (this.part(part, holder, stops())) return true;
      } else if (this.sameLine()) this.skipPart();
      else return false;
    }
  }

  protected skipPart(): void {
    if (this.is(LCurly)) this.skipLine();
    else this.at++;
  }

  protected begins(part: Part): boolean {
    const token = this.next;
    if (part.part === 'clause') {
      const after = isBlock(part) && this.before?.tokenType === RCurly;
      return token.image === part.word && (this.ready() || after);
    }
    if (isBlock(part)) return token.tokenType === LCurly;
    if (part.part !== 'slot' || !this.ready()) return false;
    return part.value === 'text' ? tokenMatcher(token, Text) : tokenMatcher(token, Atom);
  }

  /** At the place asked about, what of a form is still to come. */
  protected remaining(rest: ReadonlySet<Part>, holder: Holder): boolean {
    const here = this.ready();
    for (const part of rest) {
      const closed = isBlock(part) && this.before?.tokenType === RCurly;
      if (part.part === 'clause' && (here || closed))
        this.word(part.word, describeAll(partSpot(part.key, holder).below));
      if (part.part === 'slot' && part.value === 'name' && here && !this.found.value) {
        this.wanted('name', partSpot(part.key, holder), this.next.startOffset);
      }
    }
    return here;
  }

  protected part(part: Part, holder: Holder, stops: Stops): boolean {
    switch (part.part) {
      case 'slot': {
        const spot = partSpot(part.key, holder);
        if (part.or && this.there() && this.sameLine())
          this.remaining(new Set(part.or.parts()), { path: spot.path, branches: joined(spot.below) });
        const other = part.or && clauseWords(part.or).includes(this.next.image);
        return this.value(other && part.or ? part.or : part.value, spot, stops);
      }
      case 'clause':
        return this.value(part.value, partSpot(part.key, holder), stops);
      case 'entry': {
        if (!this.ready()) return false;
        if (this.there()) return this.free('name', holder);
        if (!tokenMatcher(this.next, Atom)) return false;
        const { image } = this.next;
        this.at++;
        return this.value(part.value, follow(holder, [image]), none);
      }
      case 'body':
        return this.body(part, holder);
    }
  }

  protected step({ word, form, inner }: Step, holder: Holder): boolean {
    const branches = meant(holder.branches, [word]);
    return this.form(form, { path: holder.path, branches, ...(inner && { inner: { keys: inner.keys, word } }) }, none);
  }
}

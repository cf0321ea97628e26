import type { Node } from 'yaml';
import type { Body, Form, Part, Value } from '../document/forms.ts';
import { putIn } from './put.ts';
import { literal } from './scalars.ts';
import * as t from './tokens.ts';
import * as tree from './tree.ts';
import { noStops, type Stops, ValueParser } from './values.ts';
import { mend, noBlock, noName } from './wrong.ts';

/** Among the stops: a brace, which a part of the form around begins with. */
const brace = '{';

/** The part of the parser that reads maps whose parts follow one another. */
export abstract class FormParser extends ValueParser {
  protected abstract compound(value: Exclude<Value, string>, stops: Stops): Node;
  protected abstract body(form: Form, body: Body, map: tree.WrittenMap): void;

  protected value(value: Value, stops: Stops): Node {
    return typeof value === 'string' ? this.scalar(value, stops) : this.compound(value, stops);
  }

  protected form(form: Form, outer: Stops): Node {
    const parts = form.parts();
    const map = tree.mapFrom(this.here());
    const seen = new Set<Part>();
    const lead = parts.findIndex((part) => !isLeading(part));
    const leading = lead === -1 ? parts : parts.slice(0, lead);
    const others = parts.slice(leading.length);
    for (const part of leading) {
      seen.add(part);
      this.part(part, form, map, () => stopsOf(form, seen, outer));
    }
    while (others.length > 0 && this.goesOn(others, seen, outer)) this.anyOf(form, others, map, seen, outer);
    if (this.asked) this.remaining(others.filter((part) => !seen.has(part)));
    return this.closed(form, seen, map);
  }

  /** Reads a clause or an optional part: they may have any order, each at most once. */
  private anyOf(form: Form, others: Part[], map: tree.WrittenMap, seen: Set<Part>, outer: Stops): void {
    const clauses = clauseWords(form);
    const stops = () => stopsOf(form, seen, outer);
    const words = clauses.filter((word) => stops().has(word));
    const named = others.some((part) => isOptionalName(part) && !seen.has(part));
    if (!named) mend(this.next, words, form.title, this.notes);
    const part = others.find(
      (one) =>
        this.begins(one) &&
        (!seen.has(one) || one.part === 'clause') &&
        !(isOptionalName(one) && clauses.includes(this.next.image)),
    );
    if (part) {
      seen.add(part);
      this.part(part, form, map, stops);
    } else this.rest(form.title, words);
  }

  private begins(part: Part): boolean {
    if (part.part === 'clause') return this.next.word === part.word;
    if (isBlock(part)) return this.nextIs(t.LCurly);
    return this.nextIs(part.part === 'slot' && part.value === 'text' ? t.Text : t.Atom);
  }

  /** Returns true if the statement goes on: on the same line, with braces, or after them with `else`. */
  private goesOn(others: Part[], seen: ReadonlySet<Part>, outer: Stops): boolean {
    const { next, last } = this;
    if (!this.inside()) return false;
    // A word that both have is the inner one's.
    const own = others.some((part) => part.part === 'clause' && part.word === next.image && !seen.has(part));
    if (outer.has(next.image) && !own) return false;
    const waits = (part: Part) =>
      !seen.has(part) &&
      (next.tokenType === t.LCurly
        ? isBlock(part)
        : part.part === 'clause' && isBlock(part) && next.image === part.word && last.tokenType === t.RCurly);
    if (next.tokenType === t.LCurly && outer.has(brace)) return others.some(waits);
    return this.sameLine() || others.some(waits);
  }

  private closed(form: Form, seen: ReadonlySet<Part>, map: tree.WrittenMap): Node {
    const { last } = this;
    tree.through(map, last);
    for (const part of form.parts()) {
      const needed =
        (part.part === 'body' && !part.optional) || (part.part === 'slot' && !part.optional && isBlock(part));
      if (!needed || seen.has(part)) continue;
      noBlock(last, form.title, this.notes);
      this.notes.broken.add(map);
    }
    const alone = form.short !== undefined && map.items.length === 1 ? tree.get(map, form.short) : undefined;
    return alone ?? map;
  }

  private part(part: Part, form: Form, map: tree.WrittenMap, stops: () => Stops): void {
    if (part.part === 'body') this.body(form, part, map);
    else if (part.part === 'entry') this.entry(part, form, map);
    else if (part.part === 'clause') {
      const word = this.take();
      this.keyed(map, part.key, tree.keyAt(part.key, word), () => this.value(part.value, stops()));
    } else {
      const { key, or, value } = part;
      this.keyed(map, key, undefined, () => {
        if (or && this.askedHere) this.remaining(or.parts(), false);
        const other = or !== undefined && clauseWords(or).includes(this.next.image);
        return other ? this.form(or, stops()) : this.value(value, stops());
      });
    }
  }

  private keyed(map: tree.WrittenMap, key: string, written: tree.Key | undefined, read: () => Node): void {
    this.way.push(key);
    const value = read();
    this.way.pop();
    this.put(map, written ?? tree.keyOf(key, value), value);
  }

  private put(map: tree.WrittenMap, key: tree.Key, value: Node): void {
    if (this.notes.broken.has(value)) this.notes.broken.add(map);
    putIn(map, key, value, this.notes);
  }

  private entry(part: Extract<Part, { part: 'entry' }>, form: Form, map: tree.WrittenMap): void {
    this.askName(this.ready());
    const before = this.last;
    const key = this.atom(literal);
    const nameless = key.value === null && isBraced(part.value) && this.nextIs(t.LCurly);
    if (nameless && !this.askedHere) noName(before, form.title, this.notes);
    this.way.push(String(key.value));
    let value: Node;
    if (isBraced(part.value) && !this.nextIs(t.LCurly)) {
      value = tree.nothing(this.last);
      if (this.askedHere) this.answered();
      if (!part.optional) {
        noBlock(this.last, form.title, this.notes);
        this.notes.broken.add(value);
      }
    } else value = this.value(part.value, noStops);
    this.way.pop();
    if (key.value !== null) this.put(map, tree.keyOf(String(key.value), key), value);
    else if (nameless || this.notes.broken.has(value)) this.notes.broken.add(map);
  }

  /** Notes, at the place asked about, that any name is allowed there, in the map where the parser is. */
  protected askName(may: boolean | undefined): void {
    if (!may || !this.asked || !this.ready()) return;
    this.asked.takeName('name', this.way);
  }

  /** Returns true if a brace opens a block; else that is reported, and its line skipped. */
  protected opens(block: Node, title: string): boolean {
    if (this.nextIs(t.LCurly)) return true;
    if (this.askedHere) this.answered();
    noBlock(this.last, title, this.notes);
    this.notes.broken.add(block);
    if (this.inside() && this.sameLine()) this.skipLine(noStops);
    return false;
  }

  /** Notes, at the place asked about, the parts of a form that may follow. `last`: nothing else is allowed there. */
  private remaining(parts: Part[], last = true): void {
    const here = this.ready();
    for (const part of parts) {
      const closed = isBlock(part) && this.last.tokenType === t.RCurly;
      if (part.part === 'clause' && (here || closed)) this.asked?.takeWord(part.word, [...this.way, part.key]);
      if (part.part === 'slot' && part.value === 'name' && here && !this.asked?.value) {
        this.asked?.takeValue('name', [...this.way, part.key], this.next.startOffset);
      }
    }
    if (here && last) this.answered();
  }
}

/** The words that may follow on the line of a form. */
export function clauseWords(form: Form): readonly string[] {
  let words = wordsOf.get(form);
  if (!words) {
    words = form.parts().flatMap((part) => (part.part === 'clause' ? [part.word] : []));
    wordsOf.set(form, words);
  }
  return words;
}

const wordsOf = new Map<Form, string[]>();

function stopsOf(form: Form, seen: ReadonlySet<Part>, outer: Stops): Stops {
  let stops: Set<string> | undefined;
  for (const part of form.parts()) {
    if (seen.has(part) || !(part.part === 'clause' || isBlock(part))) continue;
    stops ??= new Set(outer);
    if (part.part === 'clause') stops.add(part.word);
    if (isBlock(part)) stops.add(brace);
  }
  return stops ?? outer;
}

export function isLeading(part: Part): boolean {
  return part.part === 'entry' || (part.part === 'slot' && !part.optional && !isBlock(part));
}

/** Returns true if it begins with a brace, after its word if it has one. */
function isBlock(part: Part): boolean {
  if (part.part === 'body') return true;
  return part.part !== 'entry' && isBraced(part.value);
}

function isBraced(value: Value): boolean {
  return typeof value === 'object' && value.kind !== 'form' && value.kind !== 'choice';
}

function isOptionalName(part: Part): boolean {
  return part.part === 'slot' && part.optional === true && part.value === 'name';
}

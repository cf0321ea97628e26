import { isMap, type Node } from 'yaml';
import type { Body, Choice, Form, Items, Names, Statement, Step, Value } from '../document/forms.ts';
import { later } from '../words/t.ts';
import { FormParser } from './form-parser.ts';
import { statements } from './language.ts';
import { gather, putIn, rekey } from './put.ts';
import { literal } from './scalars.ts';
import * as t from './tokens.ts';
import * as tree from './tree.ts';
import { noStops, type Stops } from './values.ts';
import { mend, noBlock, noName, noValue } from './wrong.ts';

type Sink = (item: tree.WrittenMap) => void;

/** Lines of names may be separated by commas as well. */
const comma: Stops = new Set([',']);

/**
 * Tokens → the tree of a file, by the language's table. What is not understood costs its line and no more. At the end
 * of the tokens a listener is called with what is allowed there, by which editors complete words.
 */
export class CrmParser extends FormParser {
  file(): tree.WrittenMap {
    const root = tree.mapFrom(0);
    const { length } = this.notes.text;
    root.range = [0, length, length];
    this.notes.blocks.push({ node: root, start: -1, end: length + 1 });
    this.lines({ statements, title: 'a file', map: root });
    // A listener's tokens may close more than they open.
    while (this.listener && !this.listener.done && this.take().image !== '')
      this.lines({ statements, title: 'a file', map: root });
    return root;
  }

  protected override compound(value: Exclude<Value, string>, stops: Stops): Node {
    switch (value.kind) {
      case 'form':
        return this.form(value, stops);
      case 'names':
        return this.names(value);
      case 'items':
        return this.items(value);
      case 'choice':
        return this.choice(value, stops);
    }
  }

  // Lines that begin with a word of the language.

  protected override body(form: Form, { statements: list, steps, names }: Body, map: tree.WrittenMap): void {
    this.braces(map, () => {
      this.lines({
        statements: list,
        title: form.title,
        map,
        ...(steps && {
          steps: steps.items.of() as Step[],
          list: steps.key,
          sink: (item: tree.WrittenMap) => this.append(map, steps.key, item),
        }),
        ...(names && { other: () => this.namedLine(names, map) }),
      });
    });
  }

  private lines({ statements: list, steps = [], title, map, list: key, sink, other }: Lines): void {
    const words = [...list.map((each) => each.words[0] ?? ''), ...steps.map(({ word }) => word)];
    const to = key === undefined ? [] : [key];
    for (let index = 0; this.inside(); ) {
      // Any other name may be meant.
      if (!other) mend(this.next, words, title, this.notes);
      const { word } = this.next;
      const step = steps.find((one) => one.word === word);
      const statement = list.find((one) => one.words[0] === word && this.isSaid(one, step));
      if (statement) this.statement(statement, map);
      else if (step) {
        const second = list.find(({ words: [first] }) => first === word)?.words[1];
        this.way.push(...to, index++);
        this.step(step, sink, second);
        this.way.length -= to.length + 1;
      } else if (other && this.nextIs(t.Atom)) other();
      else this.unknown(title, words);
      if (other && this.nextIs(t.Comma)) this.take();
    }
    const { asked, last } = this;
    if (!asked) return;
    if (!this.askedHere || last.tokenType === t.LCurly || last.tokenType === t.RCurly) {
      for (const {
        words: [first = ''],
        path,
        named,
      } of list)
        asked.takeWord(first, [...this.way, ...path, ...(named ? [''] : [])]);
      for (const step of steps) asked.takeWord(step.word, [...this.way, ...to, 0, step]);
    }
    this.answered();
  }

  /** If a step begins with the same word, the second one decides: `exit on …` and `exit …`. */
  private isSaid({ words: [, second] }: Statement, step: Step | undefined): boolean {
    if (second === undefined || !step) return true;
    return this.afterNext.word === second && this.afterNext.line === this.next.line;
  }

  private statement({ words, path, named, value: kind, many }: Statement, target: tree.WrittenMap | undefined): void {
    const first = this.take();
    if (words[1] !== undefined) this.word(words[1], first);
    this.way.push(...path);
    this.askName(named);
    const name = named ? this.atom(literal) : undefined;
    if (name) this.way.push(String(name.value));
    const value = this.value(kind, noStops);
    this.way.length -= path.length + (name ? 1 : 0);
    if (this.notes.broken.has(value)) this.notes.skipped.add(String(name?.value));
    else if (name && name.value === null) noName(first, titleOf(kind), this.notes);
    if (!target || this.notes.broken.has(value) || name?.value === null) return;
    const holder = tree.ensure(target, name ? path : path.slice(0, -1), first);
    const key = name ? tree.keyOf(String(name.value), name) : tree.keyAt(path.at(-1) ?? '', first);
    const placed = many === 'list' && isMap(value) ? tree.listOf(value) : value;
    putIn(holder, key, placed, this.notes, name ? 'name' : many ? 'many' : 'word');
    this.noted(many ? value : key, first);
  }

  /** `second`: a word that makes a statement of the step's. */
  private step(step: Step, sink: Sink | undefined, second?: string): void {
    const first = this.take();
    if (second !== undefined) this.askedHere?.takeWord(second);
    const map = this.stepOf(step, first, noStops);
    if (!map) return;
    sink?.(map);
    this.noted(map, first);
  }

  /** Reads what follows a step's word; undefined where it is broken. */
  private stepOf(step: Step, first: t.CrmToken, stops: Stops): tree.WrittenMap | undefined {
    const { word, form, inner } = step;
    this.way.push(step);
    const said = this.form(form, stops);
    this.way.pop();
    if (this.notes.broken.has(said)) return undefined;
    const map = said as tree.WrittenMap;
    if (!inner) return rekey(map, word, first);
    const gathered = gather(map, word, inner);
    if (!gathered) noBlock(first, form.title, this.notes);
    return gathered && rekey(gathered, word, first);
  }

  private append(map: tree.WrittenMap, key: string, item: tree.WrittenMap): void {
    const found = tree.get(map, key) as tree.WrittenList | undefined;
    const list = found ?? tree.listFrom(tree.startOf(item));
    if (!found) tree.add(map, tree.keyOf(key, item), list);
    list.items.push(item);
    tree.through(list, this.last);
  }

  // Names and lists between braces.

  private names(names: Names): Node {
    const map = tree.mapFrom(this.next.startOffset);
    if (!this.opens(map, names.title)) return map;
    this.braces(map, () => {
      while (this.inside()) {
        if (this.nextIs(t.Atom)) this.namedLine(names, map);
        else this.rest(names.title, []);
      }
      this.asked?.takeName(typeof names.of() === 'string' ? 'name' : 'text', this.way);
    });
    return map;
  }

  private namedLine(names: Names, map: tree.WrittenMap): void {
    const first = this.take();
    const node = literal(first, this.notes);
    if (names.infix !== undefined) {
      if (this.asked) {
        this.asked.takeWord(names.infix);
        this.answered();
      }
      this.word(names.infix, first);
    }
    this.way.push(String(node.value));
    const list = this.nextIs(t.LCurly) ? names.or?.() : undefined;
    // Else null would be read, which is a value too.
    if (names.or && !list && !(this.nextIs(t.Atom) && this.sameLine()) && !this.asked) noValue(first, this.notes);
    const value = list ? this.value(list, noStops) : this.value(names.of(), comma);
    this.way.pop();
    const key = tree.keyOf(String(node.value), node);
    putIn(map, key, value, this.notes, 'name');
    this.noted(key, first);
    if (this.nextIs(t.Comma)) this.take();
  }

  private items(items: Items): Node {
    const list = tree.listFrom(this.next.startOffset);
    const { or: only } = items;
    if (only) this.askedHere?.takeWord(only.word);
    if (only && this.sameLine() && this.next.word === only.word) {
      this.way.push(0);
      this.step(only, (item) => {
        list.items.push(item);
        tree.through(list, this.last);
      });
      this.way.pop();
      if (list.items.length === 0) this.notes.broken.add(list);
    } else if (this.opens(list, items.title)) this.braces(list, () => this.several(items, list));
    return list;
  }

  private several({ of: itemsOf, title, commas }: Items, list: tree.WrittenList): void {
    const of = itemsOf();
    if (Array.isArray(of)) {
      this.lines({ statements: [], title, steps: of, sink: (item) => list.items.push(item) });
      return;
    }
    for (let index = 0; this.inside() || this.asked; index++) {
      const first = this.next;
      this.lineStart = first;
      if (this.inside() && !this.nextIs(of.kind === 'form' ? t.Atom : t.LCurly)) {
        this.rest(title, []);
        continue;
      }
      this.way.push(index);
      const item = this.value(of, noStops);
      this.way.pop();
      if (this.next === first) {
        this.answered();
        continue;
      }
      list.items.push(item);
      this.noted(item, first);
      if (commas && this.nextIs(t.Comma)) this.take();
    }
  }

  /** A map that one of several words begins. */
  private choice(choice: Choice, outer: Stops): Node {
    const steps = choice.of();
    let made: Node = tree.mapFrom(this.here());
    if (this.askedHere) {
      for (const step of steps) this.asked?.takeWord(step.word, [...this.way, step]);
      this.answered();
    }
    if (this.sameLine() && this.inside()) {
      const words = steps.map(({ word }) => word);
      mend(this.next, words, choice.title, this.notes);
      const step = steps.find(({ word }) => word === this.next.word);
      if (step) made = this.stepOf(step, this.take(), outer) ?? this.brokenFrom(made);
      else this.unmeant(choice, made as tree.WrittenMap);
    }
    while (this.inside() && this.sameLine() && !this.nextIs(t.LCurly)) this.rest(choice.title, []);
    return made;
  }

  private brokenFrom(node: Node): Node {
    this.notes.broken.add(node);
    return node;
  }

  /** None of the words: whoever knows what is chosen here reports it by this one. */
  private unmeant({ title }: Choice, map: tree.WrittenMap): void {
    const first = this.next;
    this.unknown(title, []);
    putIn(map, tree.keyAt(first.image, first), tree.nothing(first), this.notes);
  }

  private braces(node: tree.WrittenMap | tree.WrittenList, inner: () => void): void {
    const open = this.take();
    inner();
    if (!this.nextIs(t.RCurly)) return;
    const close = this.take();
    tree.through(node, close);
    this.notes.blocks.push({ node, start: open.startOffset, end: close.startOffset });
  }
}

interface Lines {
  statements: Statement[];
  steps?: Step[];
  title: string;
  map?: tree.WrittenMap;
  /** The key of the list of the steps. */
  list?: string;
  sink?: Sink;
  /** Takes lines that none of the words begins. */
  other?: () => void;
}

function titleOf(value: Value): string {
  return typeof value === 'string' ? later`the value` : value.title;
}

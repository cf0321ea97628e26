import { EOF, type IToken, type ParserMethod } from 'chevrotain';
import { isMap, type Node } from 'yaml';
import type { Body, Form, Items, Names, Part, Scalar as ScalarKind, Statement, Step, Value } from './forms.ts';
import { statements } from './language.ts';
import type { Notes } from './notes.ts';
import { putIn, rekey } from './put.ts';
import { literal } from './scalars.ts';
import * as t from './tokens.ts';
import * as tree from './tree.ts';
import { noStops, type Rule, type Stops, ValueParser } from './values.ts';
import { clauseWords, compounds } from './walk.ts';
import { mend, noBlock, noName } from './wrong.ts';

type Sink = (item: tree.WrittenMap) => void;

/** Lines of names may be separated by commas as well. */
const comma: Stops = new Set([',']);

/**
 * Tokens → the tree of a file. The rules are made of the language's table. Braces have been balanced before, and what
 * is not understood has alternatives of its own, so that a mistake costs its line and no more.
 */
export class CrmParser extends ValueParser {
  private readonly compounds = new Map<Value, Rule>();
  private readonly bodies = new Map<Body, ParserMethod<[tree.WrittenMap], void>>();

  /** `validate`: also check the grammar itself, which is for tests. */
  constructor(validate = false) {
    super(validate);
    for (const compound of compounds) this.compounds.set(compound, this.define(compound));
    this.performSelfAnalysis();
  }

  /** The tree of a file's tokens, whose braces are balanced. Fills `notes`. */
  read(tokens: IToken[], notes: Notes): tree.WrittenMap {
    tokens.forEach((token, index) => {
      token.payload = index;
    });
    this.notes = notes;
    this.tokens = tokens;
    this.input = tokens;
    const root = tree.mapFrom(0);
    root.range = [0, notes.text.length, notes.text.length];
    notes.blocks.push({ node: root, start: -1, end: notes.text.length + 1 });
    this.file(root);
    return root;
  }

  private readonly file: ParserMethod<[tree.WrittenMap], void> = this.RULE('file', (root) => {
    this.lines({ statements, title: 'a file', map: () => root });
  });

  private define(compound: Exclude<Value, ScalarKind>): Rule {
    if (compound.kind === 'form') return this.defineForm(compound);
    return compound.kind === 'names' ? this.defineNames(compound) : this.defineItems(compound);
  }

  // Maps whose parts follow one another.

  private defineForm(form: Form): Rule {
    const parts = form.parts();
    const lead = parts.findIndex((part) => !isLeading(part));
    const rest = lead === -1 ? [] : parts.slice(lead);
    for (const part of parts) if (part.part === 'body') this.bodies.set(part, this.defineBody(form, part));
    return this.valueRule(form.name, (outer) => {
      const map = tree.mapFrom(this.RECORDING_PHASE ? 0 : this.here());
      const seen = new Set<Part>();
      const follow = (part: Part) => {
        this.ACTION(() => seen.add(part));
        this.part(parts.indexOf(part), part, map, () => this.stops(form, seen, outer));
      };
      parts.slice(0, parts.length - rest.length).forEach(follow);
      if (rest.length > 0) this.anyOf(form, rest, seen, outer, follow);
      return this.ACTION(() => this.closed(form, seen, map));
    });
  }

  /** Clauses and optional parts in any order, each at most once. */
  private anyOf(form: Form, rest: Part[], seen: Set<Part>, outer: Stops, follow: (part: Part) => void): void {
    const open = (part: Part) => !seen.has(part) || part.part === 'clause';
    const words = () => clauseWords(form).filter((word) => this.stops(form, seen, outer).has(word));
    this.many(0, {
      GATE: () => this.goesOn(rest, seen, outer),
      DEF: () => {
        this.ACTION(() => {
          const named = rest.some((part) => isOptionalName(part) && !seen.has(part));
          if (!named) mend(this.LA(1), words(), form.title, this.notes);
        });
        this.or(0, {
          IGNORE_AMBIGUITIES: true,
          DEF: [
            ...rest.map((part) => ({
              GATE: () => open(part) && !(isOptionalName(part) && clauseWords(form).includes(this.LA(1).image)),
              ALT: () => follow(part),
            })),
            { ALT: () => this.subrule(200, this.rest, { ARGS: [form.title, words] }) },
          ],
        });
      },
    });
  }

  /** Whether the statement goes on: on the same line, with braces, or after them with `else`. */
  private goesOn(rest: Part[], seen: ReadonlySet<Part>, outer: Stops): boolean {
    const next = this.LA(1);
    if (next.tokenType === EOF || next.tokenType === t.RCurly || outer.has(next.image)) return false;
    if (this.sameLine()) return true;
    const waits = (part: Part) =>
      !seen.has(part) &&
      (next.tokenType === t.LCurly
        ? isBlock(part)
        : part.part === 'clause' && isBlock(part) && next.image === part.word && this.LA(0).tokenType === t.RCurly);
    return rest.some(waits);
  }

  private stops(form: Form, seen: ReadonlySet<Part>, outer: Stops): Stops {
    const own = form.parts().flatMap((part) => (part.part === 'clause' && !seen.has(part) ? [part.word] : []));
    return own.length === 0 ? outer : new Set([...outer, ...own]);
  }

  private closed(form: Form, seen: ReadonlySet<Part>, map: tree.WrittenMap): Node {
    const last = this.LA(0);
    tree.through(map, last);
    for (const part of form.parts()) {
      const needed = part.part === 'body' || (part.part === 'slot' && !part.optional && isBlock(part));
      if (!needed || seen.has(part)) continue;
      noBlock(last, form.title, this.notes);
      this.notes.broken.add(map);
    }
    const alone = form.short !== undefined && map.items.length === 1 ? tree.get(map, form.short) : undefined;
    return alone ?? map;
  }

  private part(index: number, part: Part, map: tree.WrittenMap, stops: () => Stops): void {
    switch (part.part) {
      case 'slot': {
        const value = part.or ? this.either(index, part.or, part.value, stops) : this.value(index, part.value, stops);
        this.ACTION(() => {
          if (this.notes.broken.has(value)) this.notes.broken.add(map);
          putIn(map, tree.keyOf(part.key, value), value, this.notes);
        });
        return;
      }
      case 'clause': {
        const word = this.consume(index, t.keyword(part.word));
        const value = this.value(index, part.value, stops);
        this.ACTION(() => putIn(map, tree.keyAt(part.key, word), value, this.notes));
        return;
      }
      case 'entry': {
        const key = this.subrule(index, this.name, { ARGS: [noStops] });
        const value = this.subrule(index + 100, this.name, { ARGS: [noStops] });
        this.ACTION(() => {
          if (key.value !== null) putIn(map, tree.keyOf(String(key.value), key), value, this.notes);
        });
        return;
      }
      case 'body':
        this.subrule(index, found(this.bodies.get(part)), { ARGS: [map] });
    }
  }

  private either(index: number, form: Form, value: Value, stops: () => Stops): Node {
    return this.or(index + 100, {
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { GATE: () => clauseWords(form).includes(this.LA(1).image), ALT: () => this.value(index, form, stops) },
        { ALT: () => this.value(index + 50, value, stops) },
      ],
    });
  }

  private value(index: number, value: Value, stops: () => Stops): Node {
    const rule: Rule = typeof value === 'string' ? this[value] : found(this.compounds.get(value));
    return this.subrule(index, rule, { ARGS: [this.RECORDING_PHASE ? noStops : stops()] });
  }

  // What stands between braces.

  private defineBody(form: Form, body: Body): ParserMethod<[tree.WrittenMap], void> {
    return this.RULE(`${form.name}_body`, (map: tree.WrittenMap) => {
      this.braces(map, () => {
        this.lines({
          statements: body.statements,
          title: form.title,
          map: () => map,
          ...(body.steps && { steps: body.steps.items.of() as Step[] }),
          sink: (item) => this.append(map, body.steps?.key ?? '', item),
        });
      });
    });
  }

  private defineNames(names: Names): Rule {
    return this.valueRule(names.name, () => {
      const map = tree.mapFrom(this.RECORDING_PHASE ? 0 : this.LA(1).startOffset);
      this.braces(map, () => {
        this.many(0, {
          GATE: () => this.inside(),
          DEF: () => {
            this.or(0, {
              IGNORE_AMBIGUITIES: true,
              DEF: [
                { ALT: () => this.namedLine(names, map) },
                { ALT: () => this.subrule(200, this.rest, { ARGS: [names.title, () => []] }) },
              ],
            });
          },
        });
      });
      return map;
    });
  }

  private namedLine(names: Names, map: tree.WrittenMap): void {
    const first = this.consume(0, t.Atom);
    if (names.infix !== undefined) this.word(1, names.infix, first);
    const value = this.value(0, names.of() as Value, () => comma);
    this.ACTION(() => {
      const node = literal(first, this.notes);
      const key = tree.keyOf(String(node.value), node);
      putIn(map, key, value, this.notes, 'name');
      this.noted(key, first);
    });
    this.option(0, () => this.consume(2, t.Comma));
  }

  private defineItems(items: Items): Rule {
    return this.valueRule(items.name, () => {
      const list = tree.listFrom(this.RECORDING_PHASE ? 0 : this.LA(1).startOffset);
      const of = items.of();
      this.braces(list, () => {
        if (Array.isArray(of)) {
          this.lines({ statements: [], title: items.title, steps: of, sink: (item) => list.items.push(item) });
        } else {
          this.many(0, {
            GATE: () => this.inside(),
            DEF: () => {
              this.or(0, {
                IGNORE_AMBIGUITIES: true,
                DEF: [
                  { ALT: () => this.item(of, list) },
                  { ALT: () => this.subrule(200, this.rest, { ARGS: [items.title, () => []] }) },
                ],
              });
            },
          });
        }
      });
      return list;
    });
  }

  private item(form: Form, list: tree.WrittenList): void {
    const first = this.LA(1);
    this.ACTION(() => {
      this.lineStart = first;
    });
    const item = this.value(0, form, () => noStops);
    this.ACTION(() => {
      list.items.push(item);
      this.noted(item, first);
    });
  }

  private braces(node: tree.WrittenMap | tree.WrittenList, inner: () => void): void {
    const open = this.consume(0, t.LCurly);
    inner();
    const close = this.consume(1, t.RCurly);
    this.ACTION(() => {
      tree.through(node, close);
      this.notes.blocks.push({ node, start: open.startOffset, end: close.startOffset });
    });
  }

  // Lines that begin with a word of the language.

  private lines({ statements: list, steps = [], title, map, sink }: Lines): void {
    const words = [...list.map((each) => each.words[0] ?? ''), ...steps.map(({ word }) => word)];
    this.many(0, {
      GATE: () => this.inside(),
      DEF: () => {
        this.ACTION(() => mend(this.LA(1), words, title, this.notes));
        this.or(0, {
          IGNORE_AMBIGUITIES: true,
          DEF: [
            ...list.map((statement, i) => ({
              GATE: () => this.isSaid(statement, steps),
              ALT: () => this.statement(i, statement, map),
            })),
            ...steps.map((step, i) => ({ ALT: () => this.step(list.length + i, step, sink) })),
            { ALT: () => this.subrule(201, this.unknown, { ARGS: [title, words] }) },
          ],
        });
      },
    });
  }

  /** Where a step begins with the same word, the second one decides: `exit on …` and `exit …`. */
  private isSaid({ words }: Statement, steps: Step[]): boolean {
    if (words[1] === undefined || !steps.some(({ word }) => word === words[0])) return true;
    const [first, second] = [this.LA(1), this.LA(2)];
    return second.tokenType === t.keyword(words[1]) && second.startLine === first.startLine;
  }

  private statement(index: number, statement: Statement, map: Lines['map']): void {
    const { words, path, named, value: kind, many } = statement;
    const first = this.consume(index, t.keyword(words[0] ?? ''));
    if (words[1] !== undefined) this.word(index + 50, words[1], first);
    const name = named ? this.subrule(index, this.name, { ARGS: [noStops] }) : undefined;
    const value = this.value(index, kind, () => noStops);
    this.ACTION(() => {
      const target = map?.();
      if (this.notes.broken.has(value)) this.notes.skipped.add(String(name?.value));
      else if (name && name.value === null) noName(first, titleOf(kind), this.notes);
      if (!target || this.notes.broken.has(value) || name?.value === null) return;
      const holder = tree.ensure(target, name ? path : path.slice(0, -1), first);
      const key = name ? tree.keyOf(String(name.value), name) : tree.keyAt(path.at(-1) ?? '', first);
      const placed = many === 'list' && isMap(value) ? tree.listOf(value) : value;
      putIn(holder, key, placed, this.notes, name ? 'name' : many ? 'many' : 'word');
      this.noted(many ? value : key, first);
    });
  }

  private step(index: number, { word, form }: Step, sink: Sink | undefined): void {
    const first = this.consume(index, t.keyword(word));
    const item = this.value(index, form, () => noStops);
    this.ACTION(() => {
      if (this.notes.broken.has(item)) return;
      const map = rekey(item as tree.WrittenMap, word, first);
      sink?.(map);
      this.noted(map, first);
    });
  }

  private append(map: tree.WrittenMap, key: string, item: tree.WrittenMap): void {
    const found = tree.get(map, key) as tree.WrittenList | undefined;
    const list = found ?? tree.listFrom(tree.startOf(item));
    if (!found) tree.add(map, tree.keyOf(key, item), list);
    list.items.push(item);
    tree.through(list, this.LA(0));
  }
}

interface Lines {
  statements: Statement[];
  steps?: Step[];
  title: string;
  map?: () => tree.WrittenMap;
  sink?: Sink;
}

function titleOf(value: Value): string {
  return typeof value === 'string' ? 'the value' : value.title;
}

function isLeading(part: Part): boolean {
  return part.part === 'entry' || (part.part === 'slot' && !part.optional && !isBlock(part));
}

/** Whether it begins with a brace, after its word if it has one. */
function isBlock(part: Part): boolean {
  if (part.part === 'body') return true;
  if (part.part === 'entry') return false;
  return typeof part.value === 'object' && part.value.kind !== 'form';
}

function isOptionalName(part: Part): boolean {
  return part.part === 'slot' && part.optional === true && part.value === 'name';
}

function found<T>(rule: T | undefined): T {
  if (rule === undefined) throw new Error('a part of the language has no rule');
  return rule;
}

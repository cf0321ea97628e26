import type { IToken } from 'chevrotain';
import { isMap, type Node } from 'yaml';
import type { Statement, Step, Value } from '../document/forms.ts';
import { later } from '../words/t.ts';
import { gather, putIn, rekey } from './put.ts';
import * as t from './tokens.ts';
import * as tree from './tree.ts';
import { noStops, type Rule, type Stops, ValueParser } from './values.ts';
import { mend, noBlock, noName } from './wrong.ts';

type Sink = (item: tree.WrittenMap) => void;

/** The part of the parser that reads lines beginning with a word of the language. */
export class LineParser extends ValueParser {
  /** The rules of forms and blocks. */
  protected readonly compounds = new Map<Value, Rule>();

  protected value(index: number, value: Value, stops: () => Stops): Node {
    const rule: Rule = typeof value === 'string' ? this[value] : found(this.compounds.get(value));
    return this.subrule(index, rule, { ARGS: [this.RECORDING_PHASE ? noStops : stops()] });
  }

  protected braces(node: tree.WrittenMap | tree.WrittenList, inner: () => void): void {
    const open = this.consume(0, t.LCurly);
    inner();
    const close = this.consume(1, t.RCurly);
    this.ACTION(() => {
      tree.through(node, close);
      this.notes.blocks.push({ node, start: open.startOffset, end: close.startOffset });
    });
  }

  protected lines({ statements: list, steps = [], title, map, sink, other }: Lines): void {
    const words = [...list.map((each) => each.words[0] ?? ''), ...steps.map(({ word }) => word)];
    const alternatives = {
      IGNORE_AMBIGUITIES: true,
      DEF: [
        ...list.map((statement, i) => ({
          GATE: () => this.isSaid(statement, steps),
          ALT: () => this.statement(i, statement, map),
        })),
        ...steps.map((step, i) => ({ ALT: () => this.step(list.length + i, step, sink) })),
        ...(other ? [{ ALT: other }] : []),
        { ALT: () => this.subrule(201, this.unknown, { ARGS: [title, words] }) },
      ],
    };
    this.many(0, {
      GATE: () => this.inside(),
      DEF: () => {
        this.ACTION(() => {
          // Any other name may be meant.
          if (!other) mend(this.LA(1), words, title, this.notes);
        });
        this.or(0, alternatives);
        if (other) this.option(1, () => this.consume(3, t.Comma));
      },
    });
  }

  /** If a step begins with the same word, the second one decides: `exit on …` and `exit …`. */
  protected isSaid({ words }: Statement, steps: Step[]): boolean {
    if (words[1] === undefined || !steps.some(({ word }) => word === words[0])) return true;
    const [first, second] = [this.LA(1), this.LA(2)];
    return second.tokenType === t.keyword(words[1]) && second.startLine === first.startLine;
  }

  protected statement(index: number, statement: Statement, map: Lines['map']): void {
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

  protected step(index: number, step: Step, sink: Sink | undefined): void {
    const first = this.consume(index, t.keyword(step.word));
    const item = this.value(index, step.form, () => noStops);
    this.ACTION(() => {
      const map = this.stepOf(step, item, first);
      if (!map) return;
      sink?.(map);
      this.noted(map, first);
    });
  }

  /** Returns the step of the words behind a step's word; undefined where they are broken. */
  protected stepOf({ word, form, inner }: Step, said: Node, first: IToken): tree.WrittenMap | undefined {
    if (this.notes.broken.has(said)) return undefined;
    const map = said as tree.WrittenMap;
    if (!inner) return rekey(map, word, first);
    const gathered = gather(map, word, inner);
    if (!gathered) noBlock(first, form.title, this.notes);
    return gathered && rekey(gathered, word, first);
  }

  protected append(map: tree.WrittenMap, key: string, item: tree.WrittenMap): void {
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
  /** Takes lines that none of the words begins. */
  other?: () => void;
}

function titleOf(value: Value): string {
  return typeof value === 'string' ? later`the value` : value.title;
}

export function found<T>(rule: T | undefined): T {
  if (rule === undefined) throw new Error('a part of the language has no rule');
  return rule;
}

import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLSeq } from 'yaml';
import type { Body, Entry, Form, Items, Names, Part, Slot, Statement, Step, Value } from '../document/forms.ts';
import { Margins, type Paragraph, stacked } from '../document/margins.ts';
import { Remarks } from '../document/remarks.ts';
import { doubleQuoted } from '../words/quoted.ts';
import { sourceOfNumber } from '../yaml/print-scalar.ts';
import { joining } from './extent.ts';
import { clauseWords } from './form-parser.ts';
import { statements } from './language.ts';
import { crmExpression, crmGiven, crmLiteral, crmPhrase, crmWord } from './print-scalar.ts';
import { type MapNode, pairOf, several, single, spread, textOf, withInnerId } from './print-tree.ts';
import { keywords } from './walk.ts';

type Stops = ReadonlySet<string>;

const width = 100;
/** Most of a line, so that there is room for what precedes it. */
const short = 80;
const none: Stops = new Set();
const commas: Stops = new Set([',']);

/** A tree in the DSL: by the language's table, the same that the parser is made of. */
export function printCrm(root: Node | null, remarks = new Remarks()): string {
  const printer = new CrmPrinter(remarks);
  const header = remarks.header.map((text) => (text === '' ? '' : `#${text}`));
  const lines = root ? printer.file(root) : [];
  const text = [...header, ...(header.length > 0 && lines.length > 0 ? [''] : []), ...lines];
  return text.length === 0 ? '' : `${text.join('\n')}\n`;
}

class CrmPrinter {
  readonly #margins: Margins;

  constructor(remarks: Remarks) {
    this.#margins = new Margins(remarks);
  }

  file(root: Node): string[] {
    const printed = statements.flatMap((statement) => this.#print(statement, root));
    // If the places are known, the author's order is kept.
    if (printed.every(({ start }) => start !== undefined)) printed.sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
    const paragraphs = printed.map(({ statement, sections, key, node }) => {
      const name = statement.named && key ? [crmWord(textOf(key))] : [];
      const lines = this.#line([...statement.words, ...name], this.#value(statement.value, node, none, 0));
      return this.#margins.around([...sections, key, node], node, lines);
    });
    const lines = stacked(paragraphs, (above, below) => above.long || below.long);
    const end = this.#margins.left(root);
    return end.length > 0 && lines.length > 0 ? [...lines, '', ...end] : [...lines, ...end];
  }

  /** Returns every occurrence of a statement in a file. */
  #print(statement: Statement, root: Node): PrintedStatement[] {
    const holders = statement.named ? statement.path : statement.path.slice(0, -1);
    const sections: Node[] = [];
    let holder: Node | null | undefined = root;
    for (const name of holders) {
      const pair: Pair<Node, Node | null> | undefined = pairOf(holder, name);
      if (pair) sections.push(pair.key);
      holder = pair?.value;
    }
    if (!isMap(holder)) return [];
    const last = statement.path.at(-1) ?? '';
    const pairs = statement.named
      ? (holder as MapNode).items
      : [pairOf(holder, last)].filter((pair) => pair !== undefined);
    return pairs.flatMap(({ key, value }) =>
      several(statement, value).map((node, index): PrintedStatement => {
        const start = (index > 0 || statement.many ? node : key)?.range?.[0];
        return { statement, sections, key: index === 0 ? key : undefined, node, ...(start !== undefined && { start }) };
      }),
    );
  }

  /** The lines of a value: the first goes on where its statement has begun. */
  #value(value: Value, node: Node | null, stops: Stops, depth: number): string[] {
    if (typeof value !== 'string') {
      if (value.kind === 'form') return this.#form(value, node, stops, depth);
      if (value.kind === 'choice') return this.#step(value.of(), node, stops, depth);
      return value.kind === 'names' ? this.#names(value, node, depth) : this.#items(value, node, depth);
    }
    const plain = isScalar(node) ? node.value : null;
    const exact = sourceOfNumber(node);
    if (exact !== undefined) return [exact];
    if (value === 'literal') return [crmLiteral(plain)];
    if (plain === null || plain === undefined) return [];
    switch (value) {
      case 'text':
        return [doubleQuoted(String(plain))];
      case 'flag':
        return plain === true ? [] : [String(plain)];
      case 'given':
        return [typeof plain === 'string' ? crmGiven(plain, stops) : String(plain)];
      case 'phrase':
        return [crmPhrase(String(plain), stops)];
      case 'expression': {
        const [first = '', ...more] = crmExpression(String(plain), stops, width - 2 * depth - 20);
        return [first, ...more.map((line) => `    ${line}`)];
      }
      default:
        return [crmWord(String(plain))];
    }
  }

  #form(form: Form, written: Node | null, outer: Stops, depth: number): string[] {
    const node = isMap(written) || form.short === undefined ? written : single(form.short, written);
    const open = new Set(clauseWords(form));
    let lines: string[] = [''];
    for (const part of form.parts()) {
      // The parser, too, excludes only the words of this form that it has read.
      if (part.part === 'clause' && pairOf(node, part.key)) open.delete(part.word);
      lines = joined(lines, this.#part(part, form, node, new Set([...outer, ...open]), depth));
    }
    return lines;
  }

  #part(part: Part, form: Form, node: Node | null, stops: Stops, depth: number): string[] {
    if (part.part === 'body') return this.#body(part, form, node, depth);
    if (part.part === 'entry') return this.#entry(part, form, node, depth);
    const pair = pairOf(node, part.key);
    if (!pair) return [];
    if (part.part === 'slot') return this.#slot(part, pair.value, stops, depth);
    return this.#line([part.word], this.#value(part.value, pair.value, stops, depth));
  }

  #slot(slot: Slot, node: Node | null, stops: Stops, depth: number): string[] {
    if (slot.or && isMap(node)) return this.#form(slot.or, node, stops, depth);
    if (slot.optional && slot.value === 'name' && isScalar(node)) {
      return node.value === null ? [] : [crmWord(String(node.value), [...keywords])];
    }
    return this.#value(slot.value, node, stops, depth);
  }

  /** The key that is none of the form's own. */
  #entry({ value, optional }: Entry, form: Form, node: Node | null, depth: number): string[] {
    const own = form.parts().flatMap((part) => ('key' in part ? [part.key] : []));
    const pair = isMap(node) ? (node as MapNode).items.find(({ key }) => !own.includes(textOf(key))) : undefined;
    if (!pair) return [];
    const said = optional && !isMap(pair.value) ? [] : this.#value(value, pair.value, none, depth);
    return this.#line([crmWord(textOf(pair.key))], said);
  }

  // Prints the text between braces.

  #body(body: Body, form: Form, node: Node | null, depth: number): string[] {
    const words = body.statements.map((statement) => statement.words[0] ?? '');
    const paragraphs = body.statements.flatMap((statement) => {
      const pair = pairOf(node, statement.path[0] ?? '');
      return several(statement, pair?.value).flatMap((value, index): Paragraph[] => {
        if (!pair) return [];
        const lines = this.#line(statement.words, this.#value(statement.value, value, none, depth + 1));
        return [this.#margins.around([index === 0 ? pair.key : null, value], value, lines)];
      });
    });
    const bare = () => body.optional && paragraphs.length === 0 && !this.#margins.hasBelow(node);
    if (body.names) {
      const own = [...form.parts().flatMap((part) => ('key' in part ? [part.key] : [])), ...words];
      const others = isMap(node) ? (node as MapNode).items.filter(({ key }) => !own.includes(textOf(key))) : [];
      for (const { key, value } of others) paragraphs.push(this.#named(body.names, key, value, words, depth));
      if (bare()) return [];
      const short = this.#margins.hasBelow(node) ? undefined : inline(paragraphs, ', ', depth);
      if (short) return short;
    }
    if (bare()) return [];
    const pair = body.steps && pairOf(node, body.steps.key);
    if (isSeq(pair?.value) && body.steps) {
      const [first, ...more] = this.#steps(body.steps.items, pair.value as YAMLSeq<Node>, depth);
      // A comment on all the steps is above the first.
      if (first) {
        const above = this.#margins.above([pair.key, pair.value]);
        paragraphs.push({ ...first, lines: [...above, ...first.lines], blank: true });
      }
      paragraphs.push(...more);
    }
    return braced([...stacked(paragraphs), ...this.#margins.below(pair?.value), ...this.#margins.below(node)]);
  }

  #names(names: Names, node: Node | null, depth: number): string[] {
    const pairs = isMap(node) ? (node as MapNode).items : [];
    const remarked = this.#margins.hasInside(node);
    const of = names.of();
    // Behind an expression, such a word at the beginning of a line would go on with it.
    const taken = of === 'given' ? [...joining] : [];
    const paragraphs = pairs.map(({ key, value }) => this.#named(names, key, value, taken, depth));
    const short = names.inline && !remarked ? inline(paragraphs, ', ', depth) : undefined;
    return short ?? braced([...stacked(paragraphs), ...this.#margins.below(node)]);
  }

  #named(names: Names, key: Node, value: Node | null, taken: string[], depth: number): Paragraph {
    const infix = names.infix === undefined ? [] : [names.infix];
    const of = isSeq(value) && names.or ? names.or() : names.of();
    const lines = this.#line([crmWord(textOf(key), taken), ...infix], this.#value(of, value, commas, depth + 1));
    return this.#margins.around([key, value], value, lines);
  }

  #items(items: Items, node: Node | null, depth: number): string[] {
    const alone = items.or && this.#alone(items.or, node, depth);
    if (alone) return alone;
    const remarked = this.#margins.hasInside(node);
    const paragraphs = isSeq(node) ? this.#steps(items, node as YAMLSeq<Node>, depth) : [];
    const fits = items.inline && !remarked && (items.commas || paragraphs.length < 2);
    const short = fits ? inline(paragraphs, ', ', depth) : undefined;
    return short ?? braced([...stacked(paragraphs), ...this.#margins.below(node)]);
  }

  /** The only step of a list, where it can do without braces. */
  #alone(step: Step, list: Node | null, depth: number): string[] | undefined {
    const [item, ...more] = isSeq(list) ? (list as YAMLSeq<Node>).items : [];
    if (!item || more.length > 0 || !pairOf(item, step.word) || pairOf(item, 'id')) return undefined;
    if (this.#margins.hasAbove(item) || this.#margins.hasBelow(list)) return undefined;
    const { lines } = this.#margins.around([item], item, this.#step([step], item, none, depth + 1));
    // A comment from inside was moved above.
    return lines[0]?.startsWith('#') ? braced(lines) : lines;
  }

  #steps(items: Items, list: YAMLSeq<Node>, depth: number): Paragraph[] {
    const of = items.of();
    return list.items.map((item) => {
      const lines = Array.isArray(of) ? this.#step(of, item, none, depth + 1) : this.#value(of, item, none, depth + 1);
      return this.#margins.around([item], item, lines);
    });
  }

  #step(steps: Step[], item: Node | null, stops: Stops, depth: number): string[] {
    const step = item && steps.find(({ word }) => pairOf(item, word));
    if (!step) return [];
    const flat = step.inner ? spread(item, step.word, step.inner.short) : withInnerId(item);
    return this.#line([step.word], this.#form(step.form, flat, stops, depth));
  }

  #line(words: string[], lines: string[]): string[] {
    return joined([words.join(' ')], lines);
  }
}

interface PrintedStatement {
  statement: Statement;
  sections: Node[];
  key: Node | undefined;
  node: Node | null;
  start?: number;
}

/** Returns the lines with `more`, which goes on where the last line has ended. */
function joined(lines: string[], more: string[]): string[] {
  const [first, ...rest] = more;
  if (first === undefined) return lines;
  const last = lines.at(-1) ?? '';
  return [...lines.slice(0, -1), last === '' || first === '' ? last + first : `${last} ${first}`, ...rest];
}

function braced(lines: string[]): string[] {
  return ['{', ...lines.map((line) => (line === '' ? '' : `  ${line}`)), '}'];
}

/** Returns the paragraphs between braces on one line; undefined where they do not fit. */
function inline(paragraphs: Paragraph[], separator: string, depth: number): string[] | undefined {
  if (paragraphs.length === 0) return ['{}'];
  if (paragraphs.some(({ lines }) => lines.length !== 1)) return undefined;
  const text = `{ ${paragraphs.map(({ lines }) => lines[0]).join(separator)} }`;
  return text.length + 2 * depth <= short ? [text] : undefined;
}

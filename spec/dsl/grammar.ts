import { EOF, type IToken, type ParserMethod } from 'chevrotain';
import type { Node } from 'yaml';
import type { Body, Form, Part, Scalar as ScalarKind, Value } from '../document/forms.ts';
import { BlockParser } from './blocks.ts';
import { statements } from './language.ts';
import { found } from './lines.ts';
import type { Notes } from './notes.ts';
import { putIn } from './put.ts';
import * as t from './tokens.ts';
import * as tree from './tree.ts';
import { noStops, type Rule, type Stops } from './values.ts';
import { clauseWords, compounds } from './walk.ts';
import { mend, noBlock } from './wrong.ts';

/**
 * Tokens → the tree of a file. The rules are made of the language's table. Braces have been balanced before, and what
 * is not understood has alternatives of its own, so that a mistake costs its line and no more.
 */
export class CrmParser extends BlockParser {
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
    if (compound.kind === 'choice') return this.defineChoice(compound);
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
        this.part(parts.indexOf(part), part, map, form.title, () => this.stops(form, seen, outer));
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
    const alternatives = {
      IGNORE_AMBIGUITIES: true,
      DEF: [
        ...rest.map((part) => ({
          GATE: () => open(part) && !(isOptionalName(part) && clauseWords(form).includes(this.LA(1).image)),
          ALT: () => follow(part),
        })),
        { ALT: () => this.subrule(200, this.rest, { ARGS: [form.title, words] }) },
      ],
    };
    this.many(0, {
      GATE: () => this.goesOn(rest, seen, outer),
      DEF: () => {
        this.ACTION(() => {
          const named = rest.some((part) => isOptionalName(part) && !seen.has(part));
          if (!named) mend(this.LA(1), words(), form.title, this.notes);
        });
        this.or(0, alternatives);
      },
    });
  }

  /** Returns true if the statement goes on: on the same line, with braces, or after them with `else`. */
  private goesOn(rest: Part[], seen: ReadonlySet<Part>, outer: Stops): boolean {
    const next = this.LA(1);
    if (next.tokenType === EOF || next.tokenType === t.RCurly) return false;
    // A word that both have is the inner one's.
    const own = rest.some((part) => part.part === 'clause' && part.word === next.image && !seen.has(part));
    if (outer.has(next.image) && !own) return false;
    const waits = (part: Part) =>
      !seen.has(part) &&
      (next.tokenType === t.LCurly
        ? isBlock(part)
        : part.part === 'clause' && isBlock(part) && next.image === part.word && this.LA(0).tokenType === t.RCurly);
    if (next.tokenType === t.LCurly && outer.has(brace)) return rest.some(waits);
    return this.sameLine() || rest.some(waits);
  }

  private stops(form: Form, seen: ReadonlySet<Part>, outer: Stops): Stops {
    let stops: Set<string> | undefined;
    for (const part of form.parts()) {
      if (seen.has(part) || !(part.part === 'clause' || isBlock(part))) continue;
      stops ??= new Set(outer);
      if (part.part === 'clause') stops.add(part.word);
      if (isBlock(part)) stops.add(brace);
    }
    return stops ?? outer;
  }

  private closed(form: Form, seen: ReadonlySet<Part>, map: tree.WrittenMap): Node {
    const last = this.LA(0);
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

  private part(index: number, part: Part, map: tree.WrittenMap, title: string, stops: () => Stops): void {
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
        this.ACTION(() => {
          if (this.notes.broken.has(value)) this.notes.broken.add(map);
          putIn(map, tree.keyAt(part.key, word), value, this.notes);
        });
        return;
      }
      case 'entry': {
        const key = this.subrule(index, this.name, { ARGS: [noStops] });
        const value = part.optional
          ? (this.option(index + 100, () => this.value(index + 100, part.value, () => noStops)) ??
            tree.nothing(this.LA(0)))
          : isBraced(part.value)
            ? this.block(index, part.value, title)
            : this.value(index + 100, part.value, () => noStops);
        this.ACTION(() => {
          if (this.notes.broken.has(value)) this.notes.broken.add(map);
          if (key.value !== null) putIn(map, tree.keyOf(String(key.value), key), value, this.notes);
        });
        return;
      }
      case 'body':
        this.subrule(index, found(this.bodies.get(part)), { ARGS: [map] });
    }
  }

  /** Reads a block between braces; where those are missing, which is reported, an empty one. */
  private block(index: number, value: Value, title: string): Node {
    const before = this.LA(0);
    let inside: Node | undefined;
    this.option(index, {
      GATE: () => this.LA(1).tokenType === t.LCurly,
      DEF: () => {
        inside = this.value(index + 100, value, () => noStops);
      },
    });
    const node = inside ?? tree.nothing(before);
    this.ACTION(() => {
      if (inside) return;
      noBlock(before, title, this.notes);
      this.notes.broken.add(node);
    });
    return node;
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
}

/** Among the stops: a brace, which a part of the form around begins with. */
const brace = '{';

function isLeading(part: Part): boolean {
  return part.part === 'entry' || (part.part === 'slot' && !part.optional && !isBlock(part));
}

/** Returns true if it begins with a brace, after its word if it has one. */
function isBlock(part: Part): boolean {
  if (part.part === 'body') return true;
  if (part.part === 'entry') return false;
  return isBraced(part.value);
}

function isBraced(value: Value): boolean {
  return typeof value === 'object' && value.kind !== 'form' && value.kind !== 'choice';
}

function isOptionalName(part: Part): boolean {
  return part.part === 'slot' && part.optional === true && part.value === 'name';
}

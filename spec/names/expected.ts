import type { Scalar, Step } from '../document/forms.ts';
import { definitionOf } from '../document/schema.ts';
import { described } from '../document/wording.ts';
import { createNotes } from '../dsl/notes.ts';
import { CrmParser } from '../dsl/parser.ts';
import { type CrmToken, endOf, placeAt, Text, tokenize } from '../dsl/tokens.ts';
import type { Listener, Way } from '../dsl/values.ts';
import { tokenMatcher } from '../words/tokens.ts';
import {
  type Below,
  type Branches,
  branchesWithKeys,
  describe,
  inList,
  joined,
  under,
  underAny,
  wholeFile,
} from './schema-paths.ts';
import type { Path } from './tree.ts';

/** The words that are allowed at a place of a file of the DSL. */
export interface Expected {
  words: ExpectedWord[];
  /** A value, or a new name. */
  value?: ExpectedValue;
  /** Returns what is written before the place, by path: single words and phrases. */
  textBefore(path: Path): string | undefined;
}

export interface ExpectedWord {
  word: string;
  description?: string;
}

export interface ExpectedValue {
  part: 'key' | 'value';
  kind: Scalar;
  path: Path;
  below: Below[];
  /** The offset at which the part begins that is written already. */
  start: number;
}

/**
 * Returns the words that are allowed at `offset`: those that the parser could read there. A mistake before it costs its line.
 * Undefined: nothing, since the place is inside a comment or a text in quotes.
 */
export function expectedAt(text: string, offset: number): Expected | undefined {
  const { comments, tokens: all } = tokenize(text);
  const around = (token: CrmToken, end: number) => token.startOffset < offset && offset < end;
  if (comments.some((token) => around(token, endOf(token) + 1))) return undefined;
  if (all.some((token) => tokenMatcher(token, Text) && around(token, endOf(token)))) return undefined;
  const tokens = all.filter((token) => endOf(token) <= offset);
  const place = placeAt(offset, text.slice(0, offset).split('\n').length);
  const found = new Finder(offset);
  new CrmParser(tokens, createNotes('', text), place, found).file();
  return found;
}

class Finder implements Expected, Listener {
  readonly words: ExpectedWord[] = [];
  value?: ExpectedValue;
  done = false;

  private readonly offset: number;
  private readonly texts = new Map<string, string>();

  constructor(offset: number) {
    this.offset = offset;
  }

  readonly textBefore = (path: Path): string | undefined => this.texts.get(path.join('\n'));

  takeText(way: Way, text: string): void {
    this.texts.set(spotOf(way).path.join('\n'), text);
  }

  takeWord(word: string, way?: Way): void {
    if (this.words.some((one) => one.word === word)) return;
    const description = way && descriptionOf(way);
    this.words.push({ word, ...(description !== undefined && { description }) });
  }

  takeValue(kind: Scalar, way: Way, start: number): void {
    const { path, below } = spotOf(way);
    this.value = { part: 'value', kind, path, below, start };
  }

  takeName(kind: Scalar, way: Way): void {
    const { path, branches } = spotOf(way);
    this.value = { part: 'key', kind, path, below: underAny(branches), start: this.offset };
    this.done = true;
  }
}

/** A place in the document, and its part of the schema. */
interface Spot {
  path: Path;
  below: Below[];
  branches: Branches;
  /** The part of the schema for a single value in place of the map. */
  alone?: Below[];
  /** The step that the map is, where some of its keys are in a separate map. */
  inner?: Step;
}

function spotOf(way: Way): Spot {
  return way.reduce(follow, { path: [], below: [], branches: wholeFile });
}

function follow(spot: Spot, to: Way[number]): Spot {
  if (typeof to === 'object')
    return { ...spot, below: [], branches: branchesWithKeys(spot.branches, [to.word]), inner: to };
  if (typeof to === 'number') {
    const items = inList(spot.branches);
    return { path: [...spot.path, to], below: items, branches: joined(items), alone: items };
  }
  const { inner, word = '' } = spot.inner ?? {};
  const keys = inner?.keys.includes(to) ? [word, to] : [to];
  let [below, branches]: [Below[], Branches] = [[], spot.branches];
  for (const key of keys) {
    below = under(branches, key);
    branches = joined(below);
  }
  if (below.length === 0 && spot.alone) return { path: spot.path, below: spot.alone, branches: joined(spot.alone) };
  return { path: [...spot.path, ...keys], below, branches };
}

/** Returns the description of the value; for a map with a name, or one that a word begins, that of the map. */
function descriptionOf(way: Way): string | undefined {
  const { below, branches } = spotOf(way);
  const [only, other] = branches;
  const last = way.at(-1);
  const ofMap = last === '' || typeof last === 'object';
  const own = ofMap && only !== undefined && other === undefined ? described(definitionOf(only)) : undefined;
  return own ?? below.map(({ schema }) => describe(schema)).find((text) => text !== undefined);
}

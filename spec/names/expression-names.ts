import { aggregateFunctions } from '../expression/operators/aggregates.ts';
import { parseExpression } from '../expression/parse.ts';
import type { Span } from '../expression/problem.ts';
import { children, type Name, type Syntax } from '../expression/syntax.ts';
import * as t from '../expression/tokens.ts';
import { type Token, tokenMatcher } from '../words/tokens.ts';
import type { Named } from './mention.ts';

/** A name in an expression; offsets into the expression. */
export type NameInside = Named & Span;

/** The meanings that the words of an expression can have at a place. */
export interface Meaning {
  /** The kind of `event`; undefined: there is none. */
  event?: string;
  /** The words for items of lists → whose fields they have. */
  items: ReadonlyMap<string, string>;
}

/**
 * Returns the names of an expression. `event`: the name of the event that `event` means. Where the syntax is wrong, the
 * names are found by the words around them, so that half-written expressions have names too.
 */
export function namesInExpression(text: string, event: string | undefined): NameInside[] {
  const { syntax, problems } = parseExpression(text);
  const found: NameInside[] = [];
  const meaning: Meaning = { ...(event !== undefined && { event }), items: new Map() };
  if (syntax && problems.length === 0) inSyntax(syntax, meaning, found);
  else inTokens(text, meaning, found);
  for (const { tokenType, image, startOffset } of text.includes('$') ? t.tokenizeExpression(text).tokens : []) {
    if (tokenType !== t.Variable) continue;
    found.push({ kind: 'variable', name: image.slice(1), start: startOffset + 1, end: startOffset + image.length });
  }
  return found;
}

function inSyntax(syntax: Syntax, meaning: Meaning, found: NameInside[]): void {
  const add = (named: Named, at: Span) => found.push({ ...named, start: at.start, end: at.end });
  const events = (names: Syntax[]) => {
    for (const one of names) if (one.kind === 'name') add({ kind: 'event', name: one.name.text }, one.name);
  };
  switch (syntax.kind) {
    case 'name':
      bare(syntax.name, found);
      return;
    case 'path':
      dotted(syntax.owner, syntax.name, meaning, found);
      return;
    case 'segment':
      add({ kind: 'segment', name: syntax.name.text }, syntax.name);
      return;
    case 'reachable':
    case 'consent':
      add({ kind: 'channel', name: syntax.channel.text }, syntax.channel);
      return;
    case 'call': {
      const ofEvents = aggregateFunctions.some((fn) => fn === syntax.fn.text);
      if (ofEvents) events(syntax.args);
      for (const part of children(syntax)) {
        if (!(ofEvents && part.kind === 'name' && syntax.args.includes(part))) inSyntax(part, meaning, found);
      }
      return;
    }
    case 'filtered':
      events([syntax.event]);
      inSyntax(syntax.where, meaning, found);
      return;
    case 'sequence':
      events([syntax.first, syntax.second]);
      for (const part of children(syntax)) if (part.kind !== 'name') inSyntax(part, meaning, found);
      return;
    case 'items': {
      inSyntax(syntax.list, meaning, found);
      const owner = listOwner(syntax.list, meaning);
      const items = new Map(meaning.items);
      if (owner !== undefined) items.set(syntax.item.text, owner);
      if (syntax.where) inSyntax(syntax.where, { ...meaning, items }, found);
      return;
    }
    default:
      for (const part of children(syntax)) inSyntax(part, meaning, found);
  }
}

/** Returns the owner of the fields of a list's items: `cart_updated.items`, `customer.favourites`. */
function listOwner(list: Syntax, meaning: Meaning): string | undefined {
  if (list.kind === 'name') return `customer.${list.name.text}`;
  if (list.kind !== 'path') return undefined;
  const owner = ownerNamed(list.owner.text, meaning);
  return owner && `${owner}.${list.name.text}`;
}

/** Returns the owner of the fields that follow `word.`; undefined where nobody knows. */
export function ownerNamed(word: string, { event, items }: Meaning): string | undefined {
  return items.get(word) ?? (word === 'event' ? event : word);
}

const ownWords = new Set(['today', 'rfm', 'null', 'NULL']);

function bare(name: Name, found: NameInside[]): void {
  if (!ownWords.has(name.text)) {
    found.push({ kind: 'attribute', name: name.text, start: name.start, end: name.end });
  }
}

function dotted(owner: Name, name: Name, meaning: Meaning, found: NameInside[]): void {
  const at = { start: name.start, end: name.end };
  if (owner.text === 'rfm') return;
  if (owner.text === 'customer') {
    found.push({ kind: 'attribute', name: name.text, ...at });
    return;
  }
  const owned = ownerNamed(owner.text, meaning);
  if (owned === owner.text) found.push({ kind: 'event', name: owned, start: owner.start, end: owner.end });
  if (owned !== undefined) found.push({ kind: 'field', name: name.text, owner: owned, ...at });
}

function inTokens(text: string, meaning: Meaning, found: NameInside[]): void {
  const { tokens } = t.tokenizeExpression(text);
  const within = meaningAt(tokens, meaning);
  tokens.forEach((token, index) => {
    const [second, before, next] = [tokens[index - 2], tokens[index - 1], tokens[index + 1]];
    const at = { start: token.startOffset, end: token.startOffset + token.image.length };
    const name: Name = { text: token.image, ...at };
    if (token.tokenType === t.Kebab) {
      found.push({ kind: before?.tokenType === t.Segment ? 'segment' : 'channel', name: token.image, ...at });
    } else if (before?.tokenType === t.Dot && second) {
      const owner = { text: second.image, start: second.startOffset, end: second.startOffset + second.image.length };
      dotted(owner, name, within, found);
    } else if (token.tokenType === t.Word && next?.tokenType !== t.Dot && next?.tokenType !== t.LParen) {
      if (within.items.has(token.image)) return;
      if (standsForEvent(tokens, index)) found.push({ kind: 'event', name: token.image, ...at });
      else bare(name, found);
    }
  });
}

/** Returns true if a bare word is the name of an event: in an aggregate, or on a side of `then`. */
export function standsForEvent(tokens: readonly Token[], index: number): boolean {
  const [second, before, next] = [tokens[index - 2], tokens[index - 1], tokens[index + 1]];
  const after = before && (before.tokenType === t.Then || (isNot(before) && second?.tokenType === t.Then));
  if (after || next?.tokenType === t.Then) return true;
  if (before?.tokenType !== t.LParen) return false;
  return next?.tokenType === t.Where ? true : aggregateFunctions.some((fn) => fn === second?.image);
}

function isNot(token: Token): boolean {
  return tokenMatcher(token, t.Not);
}

/** Returns the meaning with the words for items that the tokens declare: `any item in event.items`. */
export function meaningAt(tokens: readonly Token[], meaning: Meaning): Meaning {
  const items = new Map(meaning.items);
  tokens.forEach((token, index) => {
    const [word, list, dot, field] = [tokens[index - 1], tokens[index + 1], tokens[index + 2], tokens[index + 3]];
    if (token.tokenType !== t.In || !word || !tokenMatcher(word, t.Word) || !list || !tokenMatcher(list, t.Word))
      return;
    if (list.tokenType === t.Segment || list.tokenType === t.Last) return;
    const owner = dot?.tokenType === t.Dot ? ownerNamed(list.image, { ...meaning, items }) : 'customer';
    const name = dot?.tokenType === t.Dot ? field?.image : list.image;
    if (owner !== undefined && name !== undefined) items.set(word.image, `${owner}.${name}`);
  });
  return { ...meaning, items };
}

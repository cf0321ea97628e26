/**
 * The written document in the DSL, as data: the parser, the printer and the grammar's page are all made
 * of one table of these. A statement is a word and a value; a value is a scalar, a form (a map), or a block (a map of
 * named things or a list between braces).
 */
export type Scalar =
  /** A word, or a text in quotes. */
  | 'name'
  /** A text in quotes. */
  | 'text'
  | 'number'
  /** Words up to the end of the line or the next clause. */
  | 'phrase'
  | 'expression'
  /** An expression, or a text: a single text in quotes is the text between them. */
  | 'given'
  /** A word that is a number, true, false or null, else a text; or a text in quotes. */
  | 'literal'
  /** A word that means `true` unless `true` or `false` follows. */
  | 'flag';

export type Value = Scalar | Form | Names | Items | Choice;

/** A map: its parts follow one another; clauses and what is optional in any order. */
export interface Form {
  kind: 'form';
  name: string;
  /** The title for people: "a goal". */
  title: string;
  parts(): Part[];
  /** The key whose value is written without a map where it is the only one. */
  short?: string;
}

/** A map between braces: each line a name and a value. */
export interface Names {
  kind: 'names';
  name: string;
  title: string;
  of(): Value;
  /** The value that is read instead where a brace follows. */
  or?(): Items;
  /** A word between the name and the value. */
  infix?: string;
  /** True if a single entry may share the line with its braces. */
  inline?: boolean;
}

/** A list between braces: each line a statement that makes a map, or each line a form, or each a map between braces. */
export interface Items {
  kind: 'items';
  name: string;
  title: string;
  of(): Step[] | Form | Names;
  inline?: boolean;
  /** True if the lines may be separated by commas as well, so that several may share one. */
  commas?: boolean;
  /** A step without braces, where its word follows and it is the only one: `else if …`. */
  or?: Step;
}

/** A map that one of several words begins; the word is its first key. */
export interface Choice {
  kind: 'choice';
  name: string;
  title: string;
  of(): Step[];
}

/** A list's item: its word is the first key of the map. */
export interface Step {
  word: string;
  form: Form;
  /** Keys of the form that stand in a map under the word; where `short` is the only one, its value is written without the map. */
  inner?: { keys: string[]; short: string };
}

export type Part = Slot | Clause | Entry | Body;

/** A value by its position. `key` is where it goes. */
export interface Slot {
  part: 'slot';
  key: string;
  value: Value;
  /** A form instead of the value, where one of the form's words follows. */
  or?: Form;
  optional?: boolean;
}

/** A value behind its word. */
export interface Clause {
  part: 'clause';
  word: string;
  key: string;
  value: Value;
}

/** A key and its value, both by their positions. */
export interface Entry {
  part: 'entry';
  value: Value;
  /** True if there may be none; then the value is a block. */
  optional?: boolean;
}

/** Braces around statements about the same map; and steps for the list under a key of it, or other names and their values. */
export interface Body {
  part: 'body';
  statements: Statement[];
  steps?: { key: string; items: Items };
  /** Lines may be separated by commas as well. */
  names?: Names;
  /** True if empty braces may be left out. */
  optional?: boolean;
}

/** A line (or more) about the map around it. */
export interface Statement {
  /** The words, one or two. */
  words: string[];
  /** The path of the value. The name of a statement with a name is the last key. */
  path: string[];
  named?: boolean;
  value: Value;
  /** The statement may be repeated: the values make a list. `list`: a single map makes one too. */
  many?: boolean | 'list';
}

export const slot = (key: string, value: Value): Slot => ({ part: 'slot', key, value });
export const optional = (key: string, value: Value): Slot => ({ part: 'slot', key, value, optional: true });
export const clause = (word: string, value: Value, key = word): Clause => ({ part: 'clause', word, key, value });
export const entry = (value: Value): Entry => ({ part: 'entry', value });
export const statement = (word: string, value: Value, more: Partial<Statement> = {}): Statement => ({
  words: [word],
  path: [word],
  value,
  ...more,
});

/** Braces around statements, and around steps where there are some. */
export const body = (statements: Statement[], steps?: Body['steps']): Body => ({
  part: 'body',
  statements,
  ...(steps && { steps }),
});

/** Names between braces, separated by commas or line breaks. */
export function nameList(name: string, title: string): Items {
  const item = form(`${name}_item`, title, () => [slot('name', 'name')], 'name');
  return { kind: 'items', name, title, of: () => item, inline: true, commas: true };
}

/** A form: name, title, parts. */
export function form(name: string, title: string, parts: () => Part[], short?: string): Form {
  let made: Part[] | undefined;
  // Forms contain each other, so parts are created on first use.
  const once = () => {
    made ??= parts();
    return made;
  };
  return { kind: 'form', name, title, parts: once, ...(short !== undefined && { short }) };
}

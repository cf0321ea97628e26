/** The kinds of things that names are of. */
export type NameKind =
  | 'segment'
  | 'event'
  | 'attribute'
  /** A field of an event, or of the items of a list. */
  | 'field'
  | 'channel'
  | 'template'
  | 'partial'
  | 'campaign'
  | 'step'
  | 'arm'
  | 'cascade'
  | 'cap'
  | 'holdout'
  | 'variable'
  | 'test';

/** A name without its place. Two with equal kind, owner and name mean the same thing. */
export interface Named {
  kind: NameKind;
  name: string;
  /** The owner of a field: its event or list (`order_paid`, `cart_updated.items`); of a step: its campaign; of an arm: both. */
  owner?: string;
  /** The channel that a template is used or made for. */
  channel?: string;
}

/** A place of a name in a file; offsets are UTF-16 code units into its text, `end` exclusive. */
export interface Mention extends Named {
  role: 'definition' | 'use';
  start: number;
  end: number;
  /** The event of the campaign that uses a template. */
  event?: string;
  /** The attribute whose new value the name is part of: a name it is only where that is not a text. */
  assigned?: string;
}

export interface Definition extends Mention {
  role: 'definition';
  /** The range from the name to the end of what it names. */
  until: number;
  /** Returns what is written there, as plain data: equal on both surfaces. */
  written(): unknown;
}

export function isDefinition(mention: Mention): mention is Definition {
  return mention.role === 'definition';
}

/** Equal for names that mean the same thing. */
export function identity({ kind, owner = '', name }: Named): string {
  return `${kind} ${owner} ${name}`;
}

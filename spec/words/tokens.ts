/** A kind of words or signs. */
export interface TokenType {
  name: string;
  /** The label for people: `"and" or "or"`. */
  label: string;
  /** The type itself, and those that it counts as in the grammar. */
  is: ReadonlySet<TokenType>;
}

/** A word or sign of a text; offsets are UTF-16 code units. */
export interface Token {
  image: string;
  tokenType: TokenType;
  startOffset: number;
  /** True if the token is missing in the text. */
  isInserted?: true;
}

export function createType(name: string, label: string, ...categories: TokenType[]): TokenType {
  const is = new Set<TokenType>();
  const type = { name, label, is };
  is.add(type);
  for (const category of categories) for (const one of category.is) is.add(one);
  return type;
}

export function tokenMatcher(token: Token, type: TokenType): boolean {
  return token.tokenType.is.has(type);
}

/** Returns the end of what a sticky pattern matches at an offset; -1: it does not match there. */
export function endOfMatch(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** The type of the token after the last one. */
export const endType = createType('EOF', '');

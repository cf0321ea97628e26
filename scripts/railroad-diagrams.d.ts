/** The package has no types of its own; this is the part of it that is used. */
declare module 'railroad-diagrams' {
  interface Drawing {
    toString(): string;
  }
  const diagrams: {
    Diagram(...items: Drawing[]): Drawing;
    Sequence(...items: Drawing[]): Drawing;
    /** `normal`: the index of the choice on the straight line. */
    Choice(normal: number, ...items: Drawing[]): Drawing;
    Optional(item: Drawing): Drawing;
    ZeroOrMore(item: Drawing): Drawing;
    Terminal(text: string): Drawing;
    NonTerminal(text: string): Drawing;
    Skip(): Drawing;
  };
  export default diagrams;
}

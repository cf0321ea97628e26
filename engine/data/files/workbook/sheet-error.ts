/** An error in a cell, such as `#N/A`, or a formula that nobody has calculated. It is a value of no type. */
export class SheetError {
  readonly #shown: string;

  constructor(shown: string) {
    this.#shown = shown;
  }

  toString(): string {
    return this.#shown;
  }
}

import type { IToken } from 'chevrotain';
import type { Scalar } from '../../document/forms.ts';
import { LCurly, RCurly, Word } from '../../dsl/tokens.ts';
import type { Expected } from '../expected.ts';
import { underAny } from '../schema-paths.ts';
import type { Path } from '../tree.ts';
import type { Holder, Spot } from './spot.ts';

/** The position of a guide in the words before the place asked about, and its findings. */
export class Cursor {
  protected readonly tokens: IToken[];
  protected at = 0;
  /** The token with which a value may begin although it stands on a new line. */
  protected fresh = -1;
  private readonly said = new Map<string, string>();
  protected readonly found: Expected = { words: [], said: (path) => this.said.get(path.join('\n')) };

  /** `tokens`: those that end before the place, which is at `offset` in the line `line` (1-based). */
  constructor(tokens: readonly IToken[], offset: number, line: number) {
    const place = { image: '', tokenType: Word, tokenTypeIdx: -1 };
    this.tokens = [...tokens, { ...place, startOffset: offset, endOffset: offset, startLine: line, endLine: line }];
  }

  protected get next(): IToken {
    const token = this.tokens[this.at];
    if (!token) throw new Error('read past the place asked about');
    return token;
  }

  protected get before(): IToken | undefined {
    return this.tokens[this.at - 1];
  }

  protected there(): boolean {
    return this.at === this.tokens.length - 1;
  }

  protected sameLine(): boolean {
    return this.next.startLine === this.before?.endLine;
  }

  protected ready(): boolean {
    return this.sameLine() || this.at === this.fresh;
  }

  protected is(type: IToken['tokenType']): boolean {
    return this.next.tokenType === type && !this.there();
  }

  protected skipLine(): void {
    let depth = 0;
    do {
      if (this.is(LCurly)) depth++;
      if (this.is(RCurly)) depth--;
      this.at++;
    } while (!this.there() && (depth > 0 || (this.sameLine() && !this.is(RCurly))));
  }

  protected word(word: string, description?: string): true {
    if (!this.found.words.some((one) => one.word === word)) {
      this.found.words.push({ word, ...(description !== undefined && { description }) });
    }
    return true;
  }

  protected wanted(kind: Scalar, { path, below }: Spot, start: number): true {
    this.found.value = { part: 'value', kind, path, below, start };
    return true;
  }

  protected free(kind: Scalar, { path, branches }: Holder): true {
    const start = this.next.startOffset;
    this.found.value = { part: 'key', kind, path, below: underAny(branches), start };
    return true;
  }

  protected say(path: Path, text: string): void {
    this.said.set(path.join('\n'), text);
  }
}

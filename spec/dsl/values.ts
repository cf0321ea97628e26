import { EmbeddedActionsParser, EOF, type IToken, type ParserMethod, type TokenType, tokenMatcher } from 'chevrotain';
import type { Node, Scalar } from 'yaml';
import { expressionEnd, phraseEnd } from './extent.ts';
import { createNotes, type Notes } from './notes.ts';
import { literal, numeral, plain, typed, worded } from './scalars.ts';
import * as t from './tokens.ts';
import * as tree from './tree.ts';
import { leftover, noWord, unknownWord } from './wrong.ts';

export type Stops = ReadonlySet<string>;
/** `stops`: words of the statement around, at which a value ends. */
export type Rule = ParserMethod<[Stops], Node>;

export const noStops: Stops = new Set();

/** The part of the parser that does not depend on the language's table: single values, and what is not understood. */
export class ValueParser extends EmbeddedActionsParser {
  /** The findings besides the tree. */
  protected notes: Notes = createNotes('', '');
  protected tokens: IToken[] = [];
  /** The beginning of a line that has no word in front. */
  protected lineStart: IToken | undefined;

  /** `validate`: also check the grammar itself, which is for tests. */
  constructor(validate = false) {
    super(t.allTokens, { recoveryEnabled: true, maxLookahead: 1, skipValidations: !validate });
  }

  // Single values.

  protected readonly name: ParserMethod<[Stops], Scalar> = this.RULE(
    'name',
    () => {
      if (!this.ready(t.Atom)) return tree.nothing(this.LA(0));
      const token = this.CONSUME(t.Atom);
      return this.ACTION(() => literal(token, this.notes));
    },
    { recoveryValueFunc: () => tree.nothing(this.LA(0)) },
  );

  protected readonly text: Rule = this.valueRule('text', () => {
    const token = this.CONSUME(t.Text);
    return this.ACTION(() => literal(token, this.notes));
  });

  protected readonly number: Rule = this.valueRule('number', () => {
    if (!this.ready(t.Atom)) return tree.nothing(this.LA(0));
    const token = this.CONSUME(t.Atom);
    return this.ACTION(() => numeral(token, this.notes));
  });

  protected readonly literal: Rule = this.valueRule('literal', () => {
    if (!this.ready(t.Atom)) return tree.nothing(this.LA(0));
    const token = this.CONSUME(t.Atom);
    return this.ACTION(() => worded(token, this.notes));
  });

  protected readonly flag: Rule = this.valueRule('flag', () => {
    const word = this.LA(0);
    const said = this.OPTION({
      GATE: () => this.sameLine() && saysFlag(this.LA(1)),
      DEF: () =>
        this.OR({
          IGNORE_AMBIGUITIES: true,
          DEF: [
            { ALT: () => this.CONSUME(t.keyword('true')) },
            { ALT: () => this.CONSUME(t.keyword('false')) },
            { GATE: () => isVariable(this.LA(1)), ALT: () => this.CONSUME(t.Word) },
          ],
        }),
    });
    return this.ACTION(() => {
      const at = said ?? word;
      if (said && isVariable(said)) return plain(said.image, said.startOffset);
      return tree.scalar(said?.image !== 'false', at.startOffset, t.endOf(at));
    });
  });

  protected readonly phrase: Rule = this.valueRule('phrase', (stops) => this.run(phraseEnd, stops, plain));

  protected readonly expression: Rule = this.valueRule('expression', (stops) => this.run(expressionEnd, stops));

  protected readonly given: Rule = this.valueRule('given', (stops) => this.run(expressionEnd, stops, typed));

  /** `bare`: how the run is read where it is more than a single text in quotes; absent: that too is read as it stands. */
  private run(endOf: typeof phraseEnd, stops: Stops, bare?: typeof plain): Node {
    const before = this.LA(0);
    const first = this.LA(1);
    const from: number = first?.payload ?? 0;
    const end = this.RECORDING_PHASE || !this.sameLine() ? from : endOf(this.tokens, from, stops);
    if (end === from && !this.RECORDING_PHASE) return tree.nothing(before);
    this.AT_LEAST_ONE({ GATE: () => (this.LA(1).payload ?? end) < end, DEF: () => this.CONSUME(t.Part) });
    return this.ACTION(() => {
      const last = this.LA(0);
      if (bare && first === last && tokenMatcher(first, t.Text)) return literal(first, this.notes);
      return (bare ?? plain)(this.notes.text.slice(first.startOffset, t.endOf(last)), first.startOffset);
    });
  }

  // Words that are not understood.

  /** `words`: those that are known; none: what is wrong is told elsewhere. */
  protected readonly unknown: ParserMethod<[string, string[]], void> = this.RULE('unknown', (title, words) => {
    this.ACTION(() => {
      if (words.length > 0) unknownWord(this.LA(1), words, title, this.notes);
    });
    this.skipLine(noStops);
  });

  protected readonly rest: ParserMethod<[string, () => string[]], void> = this.RULE('rest', (title, words) => {
    const known = this.RECORDING_PHASE ? [] : words();
    this.ACTION(() => leftover(this.LA(1), known, title, this.notes));
    this.skipLine(new Set(known));
  });

  private skipLine(stops: Stops): void {
    let taken = 0;
    this.AT_LEAST_ONE({
      GATE: () => taken === 0 || (this.sameLine() && !stops.has(this.LA(1).image)),
      DEF: () => {
        this.OR([{ ALT: () => this.skip(this.CONSUME(t.Part)) }, { ALT: () => this.SUBRULE(this.skippedBlock) }]);
        taken++;
      },
    });
  }

  private readonly skippedBlock: ParserMethod<[], void> = this.RULE('skipped', () => {
    this.CONSUME(t.LCurly);
    this.MANY(() => {
      this.OR([{ ALT: () => this.skip(this.CONSUME(t.Part)) }, { ALT: () => this.SUBRULE(this.skippedBlock) }]);
    });
    this.CONSUME(t.RCurly);
  });

  private skip(token: IToken): void {
    this.notes.skipped.add(token.image);
  }

  /** A rule that gives a node, or where it was left early one of which nothing can be said. */
  protected valueRule(name: string, rule: (stops: Stops) => Node): Rule {
    const recoveryValueFunc = () => {
      const node = tree.mapFrom(this.LA(0).startOffset);
      this.notes.broken.add(node);
      return node;
    };
    return this.RULE(name, rule, { recoveryValueFunc });
  }

  // The position of the parser.

  /** Returns true if the next token stands on the line of the last one. */
  protected sameLine(): boolean {
    const next = this.LA(1);
    return next.tokenType !== EOF && next.startLine === this.LA(0).endLine;
  }

  protected inside(): boolean {
    const { tokenType } = this.LA(1);
    return tokenType !== EOF && tokenType !== t.RCurly;
  }

  /** The beginning of a value, or the place of a missing one. */
  protected here(): number {
    const next = this.LA(1);
    return next === this.lineStart || this.sameLine() ? next.startOffset : this.LA(0).startOffset;
  }

  private ready(type: TokenType): boolean {
    if (this.RECORDING_PHASE) return true;
    const next = this.LA(1);
    return tokenMatcher(next, type) && (next === this.lineStart || this.sameLine());
  }

  /** A word that goes without saying, so that its absence is told and no more. */
  protected word(index: number, word: string, after: IToken): void {
    const type = t.keyword(word);
    if (this.RECORDING_PHASE || (this.sameLine() && this.LA(1).tokenType === type)) this.consume(index, type);
    else noWord(after, word, this.notes);
  }

  /** Remembers where comments may belong. */
  protected noted(node: Node, first: IToken): void {
    const last = this.LA(0);
    const line = first.startLine ?? 1;
    this.notes.entries.push({
      node,
      start: first.startOffset,
      end: t.endOf(last),
      line,
      endLine: last.endLine ?? line,
    });
  }
}

function isVariable({ image }: IToken): boolean {
  return image.startsWith('$');
}

function saysFlag(token: IToken): boolean {
  return isVariable(token) || token.image === 'true' || token.image === 'false';
}

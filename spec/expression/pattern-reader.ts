import { t } from '../words/t.ts';
import type { Pattern } from './pattern.ts';

/** The limits of a count in braces and of the depth of groups. */
const mostRepeats = 255;
const deepest = 20;

/** The reason for which a pattern is refused. `parsePattern` catches it. */
export class PatternError extends Error {
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}

const digits: [number, number][] = ranges('09');
const classes: Record<string, [number, number][]> = {
  d: digits,
  w: ranges('09AZ__az'),
  s: ranges('\t\n\f\r  '),
};
const controls: Record<string, string> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function ranges(pairs: string): [number, number][] {
  return [...pairs.matchAll(/(.)(.)/gsu)].map(([, from = '', to = '']) => [code(from), code(to)]);
}

function code(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function set(negated: boolean, ranges: [number, number][]): Pattern {
  return { kind: 'set', negated, ranges };
}

export class PatternReader {
  private readonly characters: string[];
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.characters = [...text];
  }

  whole(): Pattern {
    const pattern = this.choice();
    if (this.peek() === ')') this.refuse(t`")" closes nothing`, t`For the character itself write \\).`);
    return pattern;
  }

  private choice(): Pattern {
    const first = this.sequence();
    const options = [first];
    while (this.take('|')) options.push(this.sequence());
    return options.length === 1 ? first : { kind: 'choice', options };
  }

  private sequence(): Pattern {
    const parts: Pattern[] = [];
    for (let next = this.peek(); next !== undefined && next !== '|' && next !== ')'; next = this.peek()) {
      parts.push(this.repeated());
    }
    const [only, ...more] = parts;
    if (!only) this.refuse(this.characters.length === 0 ? t`it is empty` : t`an alternative or a group is empty`);
    return more.length === 0 ? only : { kind: 'sequence', parts };
  }

  private repeated(): Pattern {
    const of = this.atom();
    const count = this.count();
    if (!count) return of;
    if (of.kind === 'start' || of.kind === 'end') this.refuse(t`"^" and "$" cannot be repeated`);
    const lazy = this.peek() === '?' || this.peek() === '+';
    if (lazy) this.refuse(t`lazy and possessive repetition make no difference here`, t`Remove the second sign.`);
    if (this.count()) this.refuse(t`a repetition cannot be repeated`, t`Put the first one into a group: (?:a+)*.`);
    return { kind: 'repeat', of, ...count };
  }

  private count(): { min: number; max?: number } | undefined {
    if (this.take('*')) return { min: 0 };
    if (this.take('+')) return { min: 1 };
    if (this.take('?')) return { min: 0, max: 1 };
    if (this.peek() !== '{') return undefined;
    const [whole, low = '', comma, high = ''] =
      /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.characters.slice(this.at, this.at + 20).join('')) ?? [];
    if (!whole) this.refuse(t`"{" begins a count such as {2} or {1,3}`, t`For the character itself write \\{.`);
    const min = Number(low);
    const max = comma ? (high === '' ? undefined : Number(high)) : min;
    if (Math.max(min, max ?? 0) > mostRepeats) this.refuse(t`counts go up to ${mostRepeats}`);
    if (max !== undefined && max < min) this.refuse(t`the count ${whole} ends before it begins`);
    this.at += whole.length;
    return max === undefined ? { min } : { min, max };
  }

  private atom(): Pattern {
    const character = this.next();
    switch (character) {
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '.':
        return set(true, ranges('\n\n'));
      case '(':
        return this.group();
      case '[':
        return this.brackets();
      case '\\':
        return this.escaped();
      case '*':
      case '+':
      case '?':
      case '{':
        return this.refuse(
          t`"${character}" has nothing to repeat`,
          t`For the character itself write \\${character}.`,
          -1,
        );
      default:
        return set(false, [[code(character), code(character)]]);
    }
  }

  private group(): Pattern {
    if (this.take('?') && !this.take(':')) {
      const looks = /[=!]/.test(`${this.peek()}${this.characters[this.at + 1]}`);
      const why = looks
        ? t`looking ahead and behind of groups are not available`
        : t`flags and names of groups are not available`;
      this.refuse(why, t`A group is (…) or (?:…).`);
    }
    if (++this.depth > deepest) this.refuse(t`groups are nested more than ${deepest} deep`);
    const inner = this.choice();
    if (!this.take(')')) this.refuse(t`"(" is never closed`, t`For the character itself write \\(.`);
    this.depth--;
    return inner;
  }

  private escaped(): Pattern {
    const letter = this.next(() => t`a "\\" stands at the end; for the character itself write it twice`);
    const known = classes[letter.toLowerCase()];
    if (known) return set(letter !== letter.toLowerCase(), known);
    const character = this.control(letter);
    return set(false, [[code(character), code(character)]]);
  }

  /** Returns the character that a backslash and a letter mean, where they are no class. */
  private control(letter: string): string {
    const control = controls[letter];
    if (control) return control;
    if (/[!-/:-@[-`{-~ ]/.test(letter)) return letter;
    const what = /\d/.test(letter)
      ? t`references to groups are not available`
      : letter === 'b' || letter === 'B'
        ? t`word boundaries are not available`
        : t`there is no escape "\\${letter}"`;
    return this.refuse(what, t`There are \\d \\w \\s \\D \\W \\S \\t \\n \\r \\f, and \\ before a sign.`, -2);
  }

  private brackets(): Pattern {
    const negated = this.take('^');
    const found: [number, number][] = [];
    const closed = () => t`a "[" is never closed; for the character itself write \\[`;
    for (let character = this.next(closed); character !== ']' || found.length === 0; character = this.next(closed)) {
      if (character === ']') this.refuse(t`"[]" holds nothing`, t`For the character itself write \\].`, -1);
      if (character === '[' && /[:.=]/.test(this.peek() ?? ''))
        this.refuse(t`named classes such as [:alpha:] are not available`, t`Write for example [a-zа-я].`, -1);
      const known = character === '\\' ? classes[this.peek() ?? ''] : undefined;
      if (known) {
        this.at++;
        found.push(...known);
        if (this.peek() === '-' && this.characters[this.at + 1] !== ']') this.refuse(t`a class cannot begin a range`);
        continue;
      }
      const from = this.member(character, closed);
      if (this.peek() !== '-' || this.characters[this.at + 1] === ']') {
        found.push([from, from]);
        continue;
      }
      this.at++;
      const to = this.member(this.next(closed), closed);
      if (to < from) this.refuse(t`a range ends before it begins`);
      found.push([from, to]);
    }
    return set(negated, found);
  }

  private member(character: string, closed: () => string): number {
    if (character !== '\\') return code(character);
    const letter = this.next(closed);
    if (/[dwsDWS]/.test(letter)) this.refuse(t`\\${letter} cannot stand here in brackets`, undefined, -2);
    return code(this.control(letter));
  }

  private peek(): string | undefined {
    return this.characters[this.at];
  }

  private take(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }

  /** `otherwise`: the problem at the end of the pattern. */
  private next(otherwise = () => t`it ends too early`): string {
    const character = this.characters[this.at++];
    return character ?? this.refuse(otherwise());
  }

  /** `back`: the number of characters from the beginning of the problem to the reader's position. */
  private refuse(why: string, help?: string, back = 0): never {
    const place = this.at + back;
    const message =
      place < this.characters.length
        ? t`The pattern cannot be used (character ${place + 1}): ${why}.`
        : t`The pattern cannot be used: ${why}.`;
    throw new PatternError(message, help);
  }
}

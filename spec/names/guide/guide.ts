import { tokenMatcher } from 'chevrotain';
import type { Choice, Items, Names, Part, Statement, Step, Value } from '../../document/forms.ts';
import { statements } from '../../dsl/language.ts';
import { Atom, Comma, LCurly, RCurly } from '../../dsl/tokens.ts';
import type { Expected } from '../expected.ts';
import { inList, joined, meant, wholeFile } from '../schema-paths.ts';
import { FormGuide, none, type Stops } from './forms.ts';
import { describeAll, describeBranches, follow, type Holder, type Spot } from './spot.ts';

const comma: Stops = new Set([',']);

/** The items of a list, each of which may be a value by itself. */
function inside({ path, below }: Spot): Holder {
  const items = inList(joined(below));
  return { path, branches: joined(items), alone: items };
}

/**
 * Follows what is written, as the parser does, up to the place asked about. Methods that read tell whether they came
 * there.
 */
export class Guide extends FormGuide {
  file(): Expected {
    const root: Holder = { path: [], branches: wholeFile };
    let there = false;
    while (!there) there = this.lines(statements, [], root, root);
    return this.found;
  }

  protected lines(list: readonly Statement[], steps: readonly Step[], holder: Holder, items: Holder): boolean {
    for (let index = 0; ; ) {
      if (this.there()) {
        const begins = !this.sameLine() || this.before?.tokenType === LCurly || this.before?.tokenType === RCurly;
        if (begins) this.beginnings(list, steps, holder, items);
        return true;
      }
      if (this.is(RCurly)) {
        this.at++;
        return false;
      }
      const { image } = this.next;
      const step = steps.find(({ word }) => word === image);
      const statement = list.find(
        ({ words }) => words[0] === image && (!step || this.tokens[this.at + 1]?.image === words[1]),
      );
      if (statement) {
        this.at++;
        if (this.statement(statement, holder)) return true;
      } else if (step) {
        this.at++;
        const second = list.find(({ words }) => words[0] === image)?.words[1];
        if (second !== undefined && this.there() && this.sameLine()) this.word(second);
        if (this.step(step, { ...items, path: [...items.path, index++] })) return true;
      } else this.skipLine();
    }
  }

  protected beginnings(list: readonly Statement[], steps: readonly Step[], holder: Holder, items: Holder): void {
    for (const { words, path, named } of list) {
      const below = follow(holder, named ? [...path, ''] : path).below;
      this.word(words[0] ?? '', (named ? describeBranches(below) : undefined) ?? describeAll(below));
    }
    for (const { word } of steps) this.word(word, describeBranches([], meant(items.branches, [word])));
  }

  protected statement({ words, path, named, value }: Statement, holder: Holder): boolean {
    if (words[1] !== undefined) {
      if (this.there()) return this.sameLine() && this.word(words[1]);
      if (this.next.image === words[1]) this.at++;
    }
    if (!named) return this.value(value, follow(holder, path), none);
    const map = follow(holder, path);
    if (this.there()) return this.sameLine() && this.free('name', { path: map.path, branches: joined(map.below) });
    if (!this.sameLine() || !tokenMatcher(this.next, Atom)) return false;
    const name = this.next.image;
    this.at++;
    return this.value(value, follow(holder, [...path, name]), none);
  }

  protected override value(value: Value, spot: Spot, stops: Stops): boolean {
    if (typeof value === 'string') return this.scalar(value, spot, stops);
    const holder = { path: spot.path, branches: joined(spot.below) };
    switch (value.kind) {
      case 'form':
        return this.form(value, holder, stops);
      case 'names':
        return this.names(value, holder);
      case 'items':
        return this.items(value, inside(spot));
      case 'choice':
        return this.choice(value, holder);
    }
  }

  protected names(names: Names, holder: Holder): boolean {
    if (!this.is(LCurly)) return this.there() && this.sameLine();
    this.at++;
    const kind = typeof names.of() === 'string' ? 'name' : 'text';
    for (;;) {
      if (this.there()) return this.free(kind, holder);
      if (this.is(RCurly)) {
        this.at++;
        return false;
      }
      const { image } = this.next;
      const from = this.at++;
      if (names.infix !== undefined) {
        if (this.there()) return this.word(names.infix);
        if (this.next.image === names.infix) this.at++;
      }
      const of = this.is(LCurly) && names.or ? names.or() : names.of();
      if (tokenMatcher(this.tokens[from] ?? this.next, Atom)) {
        if (this.value(of, follow(holder, [image]), comma)) return true;
      }
      if (this.is(Comma)) this.at++;
    }
  }

  protected items(items: Items, holder: Holder): boolean {
    if (items.or && this.sameLine()) {
      if (this.there()) this.word(items.or.word);
      if (this.next.image === items.or.word) {
        this.at++;
        return this.step(items.or, { ...holder, path: [...holder.path, 0] });
      }
    }
    if (!this.is(LCurly)) return this.there() && this.sameLine();
    this.at++;
    const of = items.of();
    if (Array.isArray(of)) return this.lines([], of, holder, holder);
    for (let index = 0; ; index++) {
      if (this.is(RCurly)) {
        this.at++;
        return false;
      }
      const from = this.at;
      this.fresh = from;
      const item = { ...holder, path: [...holder.path, index] };
      const stops = items.commas ? comma : none;
      if (of.kind === 'names' ? this.names(of, item) : this.form(of, item, stops)) return true;
      if (this.there() && this.at === from) return true;
      if (!this.there() && (this.is(Comma) || this.at === from)) this.at++;
    }
  }

  protected choice(choice: Choice, holder: Holder): boolean {
    const steps = choice.of();
    if (this.there()) {
      for (const { word } of this.sameLine() ? steps : []) {
        this.word(word, describeBranches([], meant(holder.branches, [word])));
      }
      return this.sameLine();
    }
    const step = steps.find(({ word }) => word === this.next.image);
    if (!step || !this.sameLine()) return false;
    this.at++;
    return this.step(step, holder);
  }

  protected override body({ statements: list, steps }: Extract<Part, { part: 'body' }>, holder: Holder): boolean {
    if (!this.is(LCurly)) return this.there() && this.sameLine();
    this.at++;
    const of = steps?.items.of();
    const spot = steps && follow(holder, [steps.key]);
    const items = spot ? inside(spot) : holder;
    return this.lines(list, Array.isArray(of) ? of : [], holder, items);
  }
}

import type { ParserMethod } from 'chevrotain';
import type { Node } from 'yaml';
import type { Body, Choice, Form, Items, Names, Step } from '../document/forms.ts';
import { LineParser } from './lines.ts';
import { putIn } from './put.ts';
import { literal } from './scalars.ts';
import * as t from './tokens.ts';
import * as tree from './tree.ts';
import { noStops, type Rule, type Stops } from './values.ts';
import { mend } from './wrong.ts';

/** Lines of names may be separated by commas as well. */
const comma: Stops = new Set([',']);

/** The part of the parser that makes rules for what stands between braces. */
export class BlockParser extends LineParser {
  protected defineBody(form: Form, body: Body): ParserMethod<[tree.WrittenMap], void> {
    return this.RULE(`${form.name}_body`, (map: tree.WrittenMap) => {
      this.braces(map, () => {
        this.lines({
          statements: body.statements,
          title: form.title,
          map: () => map,
          ...(body.steps && { steps: body.steps.items.of() as Step[] }),
          ...(body.names && { other: () => body.names && this.namedLine(body.names, map) }),
          sink: (item) => this.append(map, body.steps?.key ?? '', item),
        });
      });
    });
  }

  protected defineNames(names: Names): Rule {
    return this.valueRule(names.name, () => {
      const map = tree.mapFrom(this.RECORDING_PHASE ? 0 : this.LA(1).startOffset);
      this.braces(map, () => {
        this.many(0, {
          GATE: () => this.inside(),
          DEF: () => {
            this.or(0, {
              IGNORE_AMBIGUITIES: true,
              DEF: [
                { ALT: () => this.namedLine(names, map) },
                { ALT: () => this.subrule(200, this.rest, { ARGS: [names.title, () => []] }) },
              ],
            });
          },
        });
      });
      return map;
    });
  }

  protected namedLine(names: Names, map: tree.WrittenMap): void {
    const first = this.consume(0, t.Atom);
    if (names.infix !== undefined) this.word(1, names.infix, first);
    const value = this.named(names);
    this.ACTION(() => {
      const node = literal(first, this.notes);
      const key = tree.keyOf(String(node.value), node);
      putIn(map, key, value, this.notes, 'name');
      this.noted(key, first);
    });
    this.option(0, () => this.consume(2, t.Comma));
  }

  private named(names: Names): Node {
    const list = names.or?.();
    if (!list) return this.value(0, names.of(), () => comma);
    return this.or(100, {
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { GATE: () => this.LA(1).tokenType === t.LCurly, ALT: () => this.value(100, list, () => noStops) },
        { ALT: () => this.value(101, names.of(), () => comma) },
      ],
    });
  }

  protected defineItems(items: Items): Rule {
    return this.valueRule(items.name, () => {
      const list = tree.listFrom(this.RECORDING_PHASE ? 0 : this.LA(1).startOffset);
      const { or: only } = items;
      if (!only) this.several(items, list);
      else {
        this.or(100, {
          IGNORE_AMBIGUITIES: true,
          DEF: [
            { GATE: () => this.sameLine(), ALT: () => this.alone(only, list) },
            { ALT: () => this.several(items, list) },
          ],
        });
      }
      return list;
    });
  }

  /** A step that makes a list by itself. */
  private alone(step: Step, list: tree.WrittenList): void {
    this.step(100, step, (item) => {
      list.items.push(item);
      tree.through(list, this.LA(0));
    });
    this.ACTION(() => {
      if (list.items.length === 0) this.notes.broken.add(list);
    });
  }

  private several(items: Items, list: tree.WrittenList): void {
    const of = items.of();
    this.braces(list, () => {
      if (Array.isArray(of)) {
        this.lines({ statements: [], title: items.title, steps: of, sink: (item) => list.items.push(item) });
        return;
      }
      this.many(0, {
        GATE: () => this.inside(),
        DEF: () => {
          this.or(0, {
            IGNORE_AMBIGUITIES: true,
            DEF: [
              { ALT: () => this.item(of, list, items.commas === true) },
              { ALT: () => this.subrule(200, this.rest, { ARGS: [items.title, () => []] }) },
            ],
          });
        },
      });
    });
  }

  protected item(form: Form | Names, list: tree.WrittenList, commas: boolean): void {
    const first = this.LA(1);
    this.ACTION(() => {
      this.lineStart = first;
    });
    const item = this.value(0, form, () => noStops);
    this.ACTION(() => {
      list.items.push(item);
      this.noted(item, first);
    });
    if (commas) this.option(0, () => this.consume(2, t.Comma));
  }

  /** None of the words: whoever knows what is chosen here tells it by this one. */
  private unmeant({ title }: Choice, map: tree.WrittenMap): void {
    const first = this.LA(1);
    this.subrule(201, this.unknown, { ARGS: [title, []] });
    this.ACTION(() => putIn(map, tree.keyAt(first.image, first), tree.nothing(first), this.notes));
  }

  /** A map that one of several words begins. */
  protected defineChoice(choice: Choice): Rule {
    const steps = choice.of();
    const words = steps.map(({ word }) => word);
    return this.valueRule(choice.name, (outer) => {
      let made: Node = tree.mapFrom(this.RECORDING_PHASE ? 0 : this.here());
      this.option(0, {
        GATE: () => this.sameLine(),
        DEF: () => {
          this.ACTION(() => mend(this.LA(1), words, choice.title, this.notes));
          this.or(0, {
            IGNORE_AMBIGUITIES: true,
            DEF: [
              ...steps.map((step, index) => ({
                ALT: () => {
                  const first = this.consume(index, t.keyword(step.word));
                  const said = this.value(index, step.form, () => outer);
                  this.ACTION(() => {
                    made = this.stepOf(step, said, first) ?? said;
                  });
                },
              })),
              { ALT: () => this.unmeant(choice, made as tree.WrittenMap) },
            ],
          });
        },
      });
      this.many(0, {
        GATE: () => this.inside() && this.sameLine() && this.LA(1).tokenType !== t.LCurly,
        DEF: () => this.subrule(200, this.rest, { ARGS: [choice.title, () => []] }),
      });
      return made;
    });
  }
}

import { suggest } from '../words/suggest.ts';
import { later, laterAll, t, translated } from '../words/t.ts';
import { scopeOfBlock } from './blocks.ts';
import { argumentsOf, isPath, type Report, typeOfCall } from './expressions.ts';
import type { Located } from './front.ts';
import { advance, type HtmlPlace, samePlace } from './html.ts';
import { refuseOutput } from './output.ts';
import { insidePartial, type Mistake, type Scope } from './scope.ts';
import { type Shape, unknown } from './shape.ts';

export interface Unit {
  source: Located;
  program: hbs.AST.Program;
}

export interface WalkOptions {
  partials: ReadonlyMap<string, Unit>;
  /** Names of all partials, also of those that cannot be parsed. */
  partialNames: readonly string[];
  report(mistake: Mistake, unit: Unit, node: hbs.AST.Node): void;
  /** Called with the type of every printed or tested value. */
  seen(shape: Shape): void;
}

/** Statements looked at in one template with its partials unfolded. */
const budget = 50_000;

const notAllowed: Record<string, string> = laterAll({
  PartialBlockStatement: 'A partial cannot be given a block',
  Decorator: 'Decorators are not allowed',
  DecoratorBlock: 'Decorators and inline partials are not allowed',
});

/** Checks one text of a template, following its partials, in the order in which they print. */
export class Walk {
  readonly #options: WalkOptions;
  #unit: Unit;
  #including: string[] = [];
  #statements = 0;

  constructor(unit: Unit, options: WalkOptions) {
    this.#unit = unit;
    this.#options = options;
  }

  /** `place`: undefined where the text is not HTML. */
  run(scope: Scope, place: HtmlPlace | undefined): void {
    this.#program(this.#unit.program, scope, place);
  }

  #report: Report = (mistake, node) => this.#options.report(mistake, this.#unit, node);

  #program(program: hbs.AST.Program | undefined, scope: Scope, start: HtmlPlace | undefined): HtmlPlace | undefined {
    let place = start;
    for (const statement of program?.body ?? []) {
      this.#statements += 1;
      if (this.#statements > budget) return place;
      if (this.#statements === budget) this.#tooLarge(statement);
      place = this.#statement(statement, scope, place);
    }
    return place;
  }

  #tooLarge(node: hbs.AST.Node) {
    const help = t`Include fewer partials from within partials.`;
    this.#report({ code: 'CRM3008', message: t`The template with its partials is too large`, help }, node);
  }

  #statement(node: hbs.AST.Statement, scope: Scope, place: HtmlPlace | undefined): HtmlPlace | undefined {
    switch (node.type) {
      case 'ContentStatement':
        return place && advance(place, (node as hbs.AST.ContentStatement).value);
      case 'MustacheStatement':
        return this.#output(node as hbs.AST.MustacheStatement, scope, place);
      case 'BlockStatement':
        return this.#block(node as hbs.AST.BlockStatement, scope, place);
      case 'PartialStatement':
        return this.#partial(node as hbs.AST.PartialStatement, scope, place);
      case 'CommentStatement':
        return place;
      default:
        this.#report(
          { code: 'CRM3016', message: translated(notAllowed[node.type] ?? later`This is not allowed in a template`) },
          node,
        );
        return place;
    }
  }

  #output(node: hbs.AST.MustacheStatement, scope: Scope, place: HtmlPlace | undefined): HtmlPlace | undefined {
    const shape = typeOfCall(node, scope, this.#report);
    this.#options.seen(shape);
    if (!node.escaped) {
      const help = t`Write {{…}} with two braces; HTML belongs into the template or a partial.`;
      this.#report({ code: 'CRM3015', message: t`The value is printed without escaping`, help }, node);
    }
    if (shape.kind === 'list' || shape.kind === 'record') {
      const [message, help] =
        shape.kind === 'list'
          ? [t`A list cannot be printed`, t`Go through it with {{#each …}}…{{/each}}.`]
          : [t`A record (${shape.title}) cannot be printed`, t`Name one of its parts.`];
      this.#report({ code: 'CRM3014', message, help }, node.path);
    }
    if (!place) return place;
    const called = node.params.length > 0 && isPath(node.path);
    const trusted = shape.kind === 'value' && shape.trusted === true;
    const mistake = refuseOutput(place, {
      trusted,
      ...(called && { helper: (node.path as hbs.AST.PathExpression).original }),
    });
    if (mistake) this.#report(mistake, node);
    if (place.state === 'before-value') return { ...place, state: 'value', quote: '', started: true };
    return place.state === 'value' ? { ...place, started: true } : place;
  }

  #block(node: hbs.AST.BlockStatement, scope: Scope, place: HtmlPlace | undefined): HtmlPlace | undefined {
    const inner = scopeOfBlock(node, scope, this.#report, this.#options.seen);
    const after = this.#program(node.program, inner, place);
    const otherwise = this.#program(node.inverse, scope, place);
    if (!place || !after || !otherwise) return place;
    const repeats = node.path.original === 'each' && !samePlace(after, place);
    if (repeats || !samePlace(after, otherwise)) {
      const help = t`Begin and end every tag, attribute value and comment within the same branch.`;
      const message = t`The branches of the block end at different places of the HTML`;
      this.#report({ code: 'CRM3023', message, help }, node.path);
    }
    return { ...after, started: after.started || otherwise.started };
  }

  #partial(node: hbs.AST.PartialStatement, scope: Scope, place: HtmlPlace | undefined): HtmlPlace | undefined {
    if (!isPath(node.name) || node.name.data) {
      const help = t`Choose between partials with {{#if}}.`;
      this.#report({ code: 'CRM3016', message: t`The name of a partial must be written out`, help }, node.name);
      return place;
    }
    const name = node.name.original;
    const { params, hash } = argumentsOf(node, scope, this.#report);
    const partial = this.#options.partials.get(name);
    if (this.#including.includes(name)) {
      this.#report({ code: 'CRM3019', message: t`The partial \`${name}\` includes itself` }, node.name);
      return place;
    }
    if (!partial) {
      if (!this.#options.partialNames.includes(name)) this.#report(this.#unknownPartial(name), node.name);
      return place;
    }
    const context = params[0]?.shape ?? scope.contexts[0];
    const added = [...hash].map(([key, { shape }]) => [key, shape] as const);
    return this.#include(name, partial, insidePartial(scope, withFields(context, added)), place);
  }

  #include(name: string, partial: Unit, scope: Scope, place: HtmlPlace | undefined): HtmlPlace | undefined {
    const caller = this.#unit;
    this.#unit = partial;
    this.#including.push(name);
    const after = this.#program(partial.program, scope, place);
    this.#including.pop();
    this.#unit = caller;
    return after;
  }

  #unknownPartial(name: string): Mistake {
    const meant = suggest(name, this.#options.partialNames);
    const help = meant ? t`Did you mean \`${meant}\`?` : t`It would be the file templates/partials/${name}.hbs.`;
    return { code: 'CRM3018', message: t`There is no partial \`${name}\``, help };
  }
}

function withFields(context: Shape, added: (readonly [string, Shape])[]): Shape {
  if (added.length === 0) return context;
  if (context.kind === 'unknown') return unknown;
  const own = context.kind === 'record' ? [...context.fields] : [];
  const title = context.kind === 'record' ? context.title : t`the partial`;
  return { kind: 'record', title, fields: new Map([...own, ...added]) };
}

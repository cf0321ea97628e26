import { toText } from './to-text.ts';

type Program = hbs.AST.Program;
type Statement = hbs.AST.Statement;

/** Stand-ins for Handlebars statements while the HTML around them becomes text: two private letters and a number. */
const open = '\uE000';
const close = '\uE001';
const token = /\uE000([meslp])(\d+)\uE001/g;

/**
 * The plain-text counterpart of an HTML template and its partials, made once from the templates, so that rendering
 * need not read HTML. Undefined where a block's ends do not both survive (they stand in a comment, say).
 */
export function textPrograms(
  main: Program,
  partials: ReadonlyMap<string, Program>,
): { main: Program; partials: Map<string, Program> } | undefined {
  const texts = new Map<string, Program>();
  for (const [name, program] of partials) {
    const text = convert(program, partials, isBlockLevel(program));
    if (!text) return undefined;
    texts.set(name, text);
  }
  const text = convert(main, partials, false);
  return text && { main: text, partials: texts };
}

function convert(program: Program, partials: ReadonlyMap<string, Program>, endLine: boolean): Program | undefined {
  const statements: Statement[] = [];
  const html = protect(program, partials, statements, false);
  const text = toText(html)
    .replace(/[ \t]+$/gm, '')
    .replace(/(\S) {2,}/g, '$1 ')
    // A line of nothing but block ends is not a line of the message.
    .replace(/^[ \t]*((?:\uE000[eslp]\d+\uE001)+)[ \t]*(?:\n|$)/gm, '$1');
  return restore(endLine ? `${text}\n` : text, statements, program);
}

/** HTML in which each statement is a token: m(ustache), s(tart), e(lse), l(ast) of a block, p(artial). */
function protect(
  program: Program | undefined,
  partials: ReadonlyMap<string, Program>,
  statements: Statement[],
  inParams: boolean,
): string {
  let html = '';
  for (const statement of program?.body ?? []) {
    const index = statements.length;
    if (statement.type === 'ContentStatement') {
      html += (statement as hbs.AST.ContentStatement).value.replace(/[\uE000\uE001]/g, '');
    } else if (statement.type === 'MustacheStatement') {
      html += `${open}m${indexOf(statement as hbs.AST.MustacheStatement, statements)}${close}`;
    } else if (statement.type === 'BlockStatement') {
      statements.push(statement);
      const { program: main, inverse } = statement as Partial<hbs.AST.BlockStatement>;
      const hidesNames = inParams || (main?.blockParams?.length ?? 0) > 0;
      html += `${open}s${index}${close}${protect(main, partials, statements, hidesNames)}`;
      html += `${open}e${index}${close}${protect(inverse, partials, statements, inParams)}${open}l${index}${close}`;
    } else if (statement.type === 'PartialStatement') {
      html += protectPartial(statement as hbs.AST.PartialStatement, partials, statements, inParams);
    }
  }
  return html;
}

/** Equal variables share a token, so that a link whose text is its address is seen to be one. */
function indexOf(statement: hbs.AST.MustacheStatement, statements: Statement[]): number {
  const { original } = statement.path as hbs.AST.PathExpression;
  const plain = statement.params.length === 0;
  const twin = statements.findIndex(
    (other) =>
      plain &&
      isMustache(other) &&
      other.params.length === 0 &&
      (other.path as hbs.AST.PathExpression).original === original,
  );
  return twin === -1 ? statements.push({ ...statement, strip: noStrip } as Statement) - 1 : twin;
}

function isMustache(statement: Statement): statement is hbs.AST.MustacheStatement {
  return statement.type === 'MustacheStatement';
}

/** The template's `~` belongs to the blanks of the HTML, not to those of the text. */
const noStrip = { open: false, close: false };
const noBlockStrip = { openStrip: noStrip, inverseStrip: noStrip, closeStrip: noStrip };

/**
 * A partial called as it is becomes part of the text, because a header and a footer make HTML only together. Inside
 * of block parameters or with its own it could read other values then, and stays a call.
 */
function protectPartial(
  call: hbs.AST.PartialStatement,
  partials: ReadonlyMap<string, Program>,
  statements: Statement[],
  inParams: boolean,
): string {
  const partial = partials.get((call.name as hbs.AST.PathExpression).original);
  if (!partial) return '';
  if (!inParams && call.params.length === 0 && !call.hash) return protect(partial, partials, statements, inParams);
  const index = statements.push({ ...call, strip: noStrip } as Statement) - 1;
  const html = `${open}p${index}${close}`;
  return isBlockLevel(partial) ? `<div>${html}</div>` : html;
}

function isBlockLevel(program: Program): boolean {
  const block = /<(?:table|tbody|tr|p|div|h[1-6]|ul|ol|li|hr|section)\b/i;
  return program.body.some(
    (statement) => statement.type === 'ContentStatement' && block.test((statement as hbs.AST.ContentStatement).value),
  );
}

/** Builds the program again from text and tokens. */
function restore(text: string, statements: Statement[], like: Program): Program | undefined {
  const root: Statement[] = [];
  const stack: { index: number; block: hbs.AST.BlockStatement; body: Statement[] }[] = [];
  let body = root;
  let last = 0;
  const content = (until: number) => {
    const value = text.slice(last, until);
    if (value) body.push({ type: 'ContentStatement', value, original: value, loc: like.loc } as Statement);
  };
  for (const found of text.matchAll(token)) {
    const [whole, kind, digits] = found;
    const index = Number(digits);
    const statement = statements[index];
    content(found.index);
    last = found.index + whole.length;
    if (!statement) return undefined;
    const top = stack.at(-1);
    if (kind === 'm' || kind === 'p') {
      body.push(statement);
    } else if (kind === 's') {
      const block = { ...(statement as hbs.AST.BlockStatement), ...noBlockStrip };
      body.push(block);
      stack.push({ index, block, body });
      block.program = { ...(block.program ?? like), body: [] };
      body = block.program.body;
    } else if (top?.index !== index) {
      return undefined;
    } else if (kind === 'e') {
      top.block.inverse = { ...(top.block.inverse ?? { ...like, blockParams: [] }), body: [] };
      body = top.block.inverse.body;
    } else {
      stack.pop();
      body = top.body;
    }
  }
  content(text.length);
  return stack.length === 0 ? { ...like, body: root } : undefined;
}

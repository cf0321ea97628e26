import Handlebars from 'handlebars';
import { mentions } from './programs.ts';

type Program = hbs.AST.Program;

const hidden =
  '{{#if @root.preheader}}<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">{{@root.preheader}}</div>{{/if}}';

/**
 * Puts the preheader, hidden, at the beginning of an e-mail's body: behind `<body>`, which may stand in a partial, or
 * at the very beginning. A template that prints `preheader` itself is left alone. Changes the programs.
 */
export function insertPreheader(main: Program, partials: Iterable<Program>): void {
  const programs = [main, ...partials];
  if (programs.some((program) => mentions(program, 'preheader'))) return;
  const statements = Handlebars.parse(hidden).body;
  if (!programs.some((program) => insertBehindBody(program, statements))) main.body.unshift(...statements);
}

function insertBehindBody(program: Program, statements: hbs.AST.Statement[]): boolean {
  for (const [index, statement] of program.body.entries()) {
    if (statement.type !== 'ContentStatement') continue;
    const content = statement as hbs.AST.ContentStatement;
    const found = /<body\b[^>]*>/i.exec(content.value);
    if (!found) continue;
    const cut = found.index + found[0].length;
    const before = { ...content, value: content.value.slice(0, cut) };
    const after = { ...content, value: content.value.slice(cut) };
    program.body.splice(index, 1, before, ...statements, after);
    return true;
  }
  return false;
}

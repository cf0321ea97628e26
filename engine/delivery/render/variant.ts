import Handlebars from 'handlebars';
import { type ChannelKind, traitsOf } from '../../../spec/model/channel-kinds.ts';
import type { TemplateVariant } from '../../../spec/model/template.ts';
import { blockNames, helperNames } from '../../../spec/template/helpers.ts';
import { plainSpaces, tidy } from './clean.ts';
import type { Format } from './format.ts';
import { createHelpers } from './helpers.ts';
import { insertPreheader } from './preheader.ts';
import { calledNames, includedPartials, itemNames } from './programs.ts';
import { textPrograms } from './text-program.ts';
import { toText } from './to-text.ts';

type Program = hbs.AST.Program;
type Print = (context: object, options: { data: object }) => string;

/** A variant ready to render: each part takes the context and gives its text. */
export interface CompiledVariant {
  subject?: Print;
  preheader?: Print;
  html?: Print;
  /** Absent where the text has to be made from each rendered HTML. */
  text?: Print;
  fromHtml(html: string): string;
  tidy(text: string): string;
  /** Names that items of lists must have; empty where no list is read. */
  itemNames: string[];
}

const known = Object.fromEntries([...helperNames, ...blockNames].map((name) => [name, true]));
const options: CompileOptions = {
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { ...known, lookup: false, log: false },
  preventIndent: true,
  // Done when the text was parsed; a program made from it has other lines.
  ignoreStandalone: true,
};

export function compileVariant(
  variant: TemplateVariant,
  kind: ChannelKind,
  partials: ReadonlyMap<string, string>,
  format: Format,
): CompiledVariant {
  const traits = traitsOf[kind];
  const helpers = createHelpers(format);
  const names: string[] = [];
  const line = (text: string): Print => {
    const program = Handlebars.parse(text);
    const pieces = includedPartials(program, partials);
    names.push(...itemNames(program, pieces));
    return compile(program, pieces, true, helpers);
  };
  const main = Handlebars.parse(variant.body);
  const included = includedPartials(main, partials);

  names.push(...itemNames(main, included));

  const compiled: CompiledVariant = {
    ...(variant.subject !== undefined && { subject: line(variant.subject) }),
    ...(variant.preheader !== undefined && { preheader: line(variant.preheader) }),
    fromHtml: (html) => tidy(toText(html)),
    tidy: traits.plainSpaces ? (text) => tidy(plainSpaces(text)) : tidy,
    itemNames: [],
  };
  if (traits.html) {
    const text = textPrograms(main, included);
    if (text) compiled.text = compile(text.main, text.partials, true, helpers);
    if (variant.preheader !== undefined) insertPreheader(main, included.values());
    compiled.html = compile(main, included, false, helpers);
  } else {
    compiled.text = compile(main, included, true, helpers);
  }
  compiled.itemNames = [...new Set(names)];
  return compiled;
}

/** An environment of its own for each text, because an environment compiles its partials once, escaping or not. */
function compile(
  main: Program,
  partials: ReadonlyMap<string, Program>,
  noEscape: boolean,
  helpers: ReturnType<typeof createHelpers>,
): Print {
  const environment = Handlebars.create();
  // Handlebars wraps every registered helper anew for every rendering, so only those that are called are there.
  const used = calledNames([main, ...partials.values()]);
  for (const name of Object.keys(environment.helpers)) if (!used.has(name)) environment.unregisterHelper(name);
  for (const [name, helper] of Object.entries(helpers)) if (used.has(name)) environment.registerHelper(name, helper);
  for (const [name, program] of partials) {
    environment.registerPartial(name, environment.compile(program, { ...options, noEscape }));
  }
  return environment.compile(main, { ...options, noEscape });
}

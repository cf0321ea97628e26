import { Alternation, NonTerminal, Option, Repetition, RepetitionMandatory, type Rule, Terminal } from 'chevrotain';
import { CrmParser } from './grammar.ts';

type Production = Rule['definition'][number];

/** What takes up mistakes is no part of the language. */
const forMistakes = new Set(['unknown', 'rest', 'skipped']);
/** Said in words, beside the grammar. */
const lexical = new Set(['name', 'text', 'number', 'phrase', 'expression', 'given', 'literal', 'flag']);

/** The grammar of the DSL as EBNF, one rule a paragraph, from the parser itself. */
export function grammarText(): string {
  const rules = Object.values(new CrmParser().getGAstProductions());
  const shown = rules.filter(({ name }) => !forMistakes.has(name) && !lexical.has(name));
  // A statement that is the same one everywhere is defined where it is first used.
  const order = reachable(shown);
  return order.map((rule) => printRule(rule)).join('\n\n');
}

/** In the order in which a reader meets them. */
function reachable(rules: Rule[]): Rule[] {
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  const found: Rule[] = [];
  const visit = (name: string): void => {
    const rule = byName.get(name);
    if (!rule) return;
    byName.delete(name);
    found.push(rule);
    for (const used of namesIn(rule.definition)) visit(used);
  };
  visit('file');
  return found;
}

function namesIn(definition: Production[]): string[] {
  return definition.flatMap((each) => {
    return each instanceof NonTerminal ? [each.nonTerminalName] : namesIn(inside(each));
  });
}

function printRule({ name, definition }: Rule): string {
  const [only, ...more] = definition;
  const choices = more.length === 0 && only instanceof Repetition ? choicesOf(only.definition) : undefined;
  const line = `${name} = ${sequence(definition)} ;`;
  if (!choices) return line.length > 100 ? line.replaceAll(' | ', '\n  | ').replace('"{" { ', '"{" {\n    ') : line;
  return `${name} = {\n    ${choices.join('\n  | ')}\n  } ;`;
}

function sequence(definition: Production[]): string {
  return definition.map(print).filter(Boolean).join(' ');
}

function print(production: Production): string {
  if (production instanceof NonTerminal) {
    return forMistakes.has(production.nonTerminalName) ? '' : production.nonTerminalName;
  }
  if (production instanceof Terminal) return terminal(production.terminalType.name);
  const inner = inside(production);
  if (production instanceof Alternation) {
    const choices = choicesOf([production]) ?? [];
    return choices.length === 1 ? (choices[0] ?? '') : `( ${choices.join(' | ')} )`;
  }
  const body = choicesOf(inner)?.join(' | ') ?? sequence(inner);
  if (body === '') return '';
  if (production instanceof Option) return `[ ${body} ]`;
  if (production instanceof RepetitionMandatory) return `${body} { ${body} }`;
  return `{ ${body} }`;
}

function choicesOf(definition: Production[]): string[] | undefined {
  const [only, ...more] = definition;
  if (!(only instanceof Alternation) || more.length > 0) return undefined;
  return only.definition.map((choice) => sequence(inside(choice))).filter(Boolean);
}

function inside(production: Production): Production[] {
  return 'definition' in production ? (production as { definition: Production[] }).definition : [];
}

function terminal(name: string): string {
  const signs: Record<string, string> = { LCurly: '"{"', RCurly: '"}"', Comma: '","', Atom: 'name', Text: 'text' };
  return signs[name] ?? `"${name.replace('Keyword:', '')}"`;
}

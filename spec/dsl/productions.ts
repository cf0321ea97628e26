import { Alternation, NonTerminal, Option, RepetitionMandatory, type Rule, Terminal } from 'chevrotain';
import { CrmParser } from './grammar.ts';

/** The grammar of the DSL, freed of what the parser needs for itself: the EBNF and the pictures are made of it. */
export type Production =
  | { kind: 'sequence'; parts: Production[] }
  | { kind: 'choice'; of: Production[] }
  | { kind: 'optional'; of: Production }
  /** Any number of times. */
  | { kind: 'many'; of: Production }
  /** Stands for itself. */
  | { kind: 'word'; text: string }
  /** The name of another rule, or of one of the few things that are said in words. */
  | { kind: 'name'; name: string };

export interface GrammarRule {
  name: string;
  production: Production;
}

/** A rule that takes up mistakes is no part of the language. */
const forMistakes = new Set(['unknown', 'rest', 'skipped']);
/** Said in words, beside the grammar. */
const inWords = new Set(['name', 'text', 'number', 'phrase', 'expression', 'literal', 'flag', 'given']);

/** All rules, from the parser itself, in the order in which a reader meets them. */
export function grammarRules(): GrammarRule[] {
  const rules = Object.values(new CrmParser().getGAstProductions());
  const open = new Map(
    rules
      .filter(({ name }) => !forMistakes.has(name) && !inWords.has(name))
      .map(({ name, definition }): [string, Production] => [name, sequence(definition)]),
  );
  const found: GrammarRule[] = [];
  const visit = (name: string): void => {
    const raw = open.get(name);
    if (!raw) return;
    open.delete(name);
    const production = written(raw, (inner) => (/_(?:body|item)$/.test(inner) ? open.get(inner) : undefined));
    found.push({ name, production });
    // A statement that is the same one everywhere is told where it is first used.
    namesIn(production).forEach(visit);
  };
  visit('file');
  return found;
}

/** The rules, and the things said in words, that a production is made of; each once. */
export function namesIn(production: Production): string[] {
  const all = (parts: Production[]) => [...new Set(parts.flatMap(namesIn))];
  switch (production.kind) {
    case 'name':
      return [production.name];
    case 'word':
      return [];
    case 'sequence':
      return all(production.parts);
    case 'choice':
      return all(production.of);
    default:
      return namesIn(production.of);
  }
}

/** With some names replaced by what they stand for: what is between the braces of a statement needs no name of its own. */
function written(production: Production, of: (name: string) => Production | undefined): Production {
  const inner = (one: Production) => written(one, of);
  switch (production.kind) {
    case 'name': {
      const meant = of(production.name);
      return meant ? inner(meant) : production;
    }
    case 'word':
      return production;
    case 'sequence':
      return flattened(production.parts.map(inner));
    case 'choice':
      return { kind: 'choice', of: production.of.map(inner) };
    default:
      return { kind: production.kind, of: inner(production.of) };
  }
}

type Raw = Rule['definition'][number];
const nothing: Production = { kind: 'sequence', parts: [] };

function sequence(definition: Raw[]): Production {
  return flattened(definition.map(production));
}

function flattened(productions: Production[]): Production {
  const parts = productions
    .flatMap((part) => (part.kind === 'sequence' ? part.parts : [part]))
    // The comma after a line is looked for by the line and by the block.
    .filter((part, index, all) => part.kind !== 'optional' || !same(part, all[index - 1]));
  return parts.length === 1 && parts[0] ? parts[0] : { kind: 'sequence', parts };
}

function production(raw: Raw): Production {
  if (raw instanceof NonTerminal) {
    const name = raw.nonTerminalName;
    return forMistakes.has(name) ? nothing : { kind: 'name', name };
  }
  if (raw instanceof Terminal) return terminal(raw.terminalType.name);
  if (raw instanceof Alternation) {
    const of = inside(raw)
      .map((choice) => sequence(inside(choice)))
      .filter(isSomething);
    return of.length === 1 && of[0] ? of[0] : { kind: 'choice', of };
  }
  const of = sequence(inside(raw));
  if (!isSomething(of)) return nothing;
  if (raw instanceof Option) return { kind: 'optional', of };
  if (raw instanceof RepetitionMandatory) return { kind: 'sequence', parts: [of, { kind: 'many', of }] };
  return { kind: 'many', of };
}

function inside(raw: Raw): Raw[] {
  return 'definition' in raw ? (raw as { definition: Raw[] }).definition : [];
}

function terminal(type: string): Production {
  const signs: Record<string, string> = { LCurly: '{', RCurly: '}', Comma: ',' };
  const names: Record<string, string> = { Atom: 'name', Text: 'text' };
  const name = names[type];
  if (name !== undefined) return { kind: 'name', name };
  return { kind: 'word', text: signs[type] ?? type.replace('Keyword:', '') };
}

function isSomething(one: Production): boolean {
  return one.kind !== 'sequence' || one.parts.length > 0;
}

function same(a: Production, b: Production | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

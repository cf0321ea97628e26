import type { Items, Names, Part, Statement, Step, Value } from '../spec/document/forms.ts';
import { isLeading } from '../spec/dsl/form-parser.ts';
import { statements } from '../spec/dsl/language.ts';

/** The grammar of the DSL as the page shows it: the EBNF and the pictures are made of it. */
export type Production =
  | { kind: 'sequence'; parts: Production[] }
  | { kind: 'choice'; of: Production[] }
  | { kind: 'optional'; of: Production }
  /** Repeated any number of times. */
  | { kind: 'many'; of: Production }
  /** Written as it is. */
  | { kind: 'word'; text: string }
  /** The name of another rule, or of one of the few things that are explained in words. */
  | { kind: 'name'; name: string };

export interface GrammarRule {
  name: string;
  production: Production;
}

type Compound = Exclude<Value, string>;

/** Returns all rules, from the language's table, in the order in which a reader meets them. */
export function grammarRules(): GrammarRule[] {
  const compounds = new Map<string, Compound>();
  const found = new Map<string, Production>();
  const refer = (value: Value): Production => {
    if (typeof value === 'string') return named(value);
    // The item of a list of names needs no rule of its own.
    if (value.name.endsWith('_item')) return productionOf(value, refer);
    compounds.set(value.name, value);
    return named(value.name);
  };
  const visit = (name: string, production: Production): void => {
    found.set(name, production);
    for (const inner of namesIn(production)) {
      const compound = compounds.get(inner);
      if (compound && !found.has(inner)) visit(inner, productionOf(compound, refer));
    }
  };
  visit('file', many(choice(statements.map((one) => statement(one, refer)))));
  return [...found].map(([name, production]) => ({ name, production }));
}

/** Returns the rules, and the things explained in words, that a production is made of; each once. */
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

type Refer = (value: Value) => Production;

function productionOf(value: Compound, refer: Refer): Production {
  switch (value.kind) {
    case 'form': {
      const parts = value.parts();
      const lead = parts.filter(isLeading).length;
      const others = parts.slice(lead).map((part) => partOf(part, refer));
      const leading = parts.slice(0, lead).map((part) => partOf(part, refer));
      return sequence(...leading, ...(others.length > 0 ? [many(choice(others))] : []));
    }
    case 'names':
      return braces(many(namedLine(value, refer)));
    case 'choice':
      return optional(choice(value.of().map((one) => step(one, refer))));
    case 'items':
      return value.or ? choice([step(value.or, refer), listOf(value, refer)]) : listOf(value, refer);
  }
}

function partOf(part: Part, refer: Refer): Production {
  switch (part.part) {
    case 'slot':
      return part.or ? choice([refer(part.or), refer(part.value)]) : refer(part.value);
    case 'clause':
      return sequence(word(part.word), refer(part.value));
    case 'entry':
      return sequence(named('name'), isBlock(part.value) ? optional(refer(part.value)) : refer(part.value));
    case 'body': {
      const steps = (part.steps?.items.of() ?? []) as Step[];
      const lines = [
        ...part.statements.map((one) => statement(one, refer)),
        ...steps.map((one) => step(one, refer)),
        ...(part.names ? [namedLine(part.names, refer)] : []),
      ];
      return braces(many(sequence(choice(lines), ...(part.names ? [comma] : []))));
    }
  }
}

function statement({ words, named: hasName, value }: Statement, refer: Refer): Production {
  return sequence(...words.map(word), ...(hasName ? [named('name')] : []), refer(value));
}

function step({ word: first, form }: Step, refer: Refer): Production {
  return sequence(word(first), refer(form));
}

function listOf({ of, commas }: Items, refer: Refer): Production {
  const items = of();
  if (Array.isArray(items)) return braces(many(choice(items.map((one) => step(one, refer)))));
  return braces(many(sequence(refer(items), ...(commas ? [comma] : []))));
}

function namedLine({ of, or, infix }: Names, refer: Refer): Production {
  const value = or ? choice([refer(or()), refer(of())]) : refer(of());
  return sequence(named('name'), ...(infix === undefined ? [] : [word(infix)]), value, comma);
}

function isBlock(value: Value): boolean {
  return typeof value === 'object' && (value.kind === 'names' || value.kind === 'items');
}

const word = (text: string): Production => ({ kind: 'word', text });
const named = (name: string): Production => ({ kind: 'name', name });
const many = (of: Production): Production => ({ kind: 'many', of });
const optional = (of: Production): Production => ({ kind: 'optional', of });
const choice = (of: Production[]): Production => (of.length === 1 && of[0] ? of[0] : { kind: 'choice', of });
const braces = (inner: Production): Production => sequence(word('{'), inner, word('}'));
const comma = optional(word(','));

function sequence(...all: Production[]): Production {
  const parts = all
    .flatMap((part) => (part.kind === 'sequence' ? part.parts : [part]))
    // Both a line and its block look for the comma behind it.
    .filter((part, index, list) => part !== comma || list[index - 1] !== comma);
  return parts.length === 1 && parts[0] ? parts[0] : { kind: 'sequence', parts };
}

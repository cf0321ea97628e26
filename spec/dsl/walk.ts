import type { Part, Value } from '../document/forms.ts';
import { statements } from './language.ts';

type Compound = Exclude<Value, string>;

/** Every form and block of the language. */
export const compounds: ReadonlySet<Compound> = new Set<Compound>();
/** Every word with a meaning somewhere. */
export const keywords: ReadonlySet<string> = new Set(['true', 'false']);

const found = compounds as Set<Compound>;
const words = keywords as Set<string>;

function visit(value: Value): void {
  if (typeof value === 'string' || found.has(value)) return;
  found.add(value);
  if (value.kind === 'form') {
    value.parts().forEach(visitPart);
    return;
  }
  if (value.kind === 'names' && value.infix !== undefined) words.add(value.infix);
  const of = value.of();
  if (value.kind === 'items' && value.or) visit(value.or.form);
  if (value.kind === 'names' && value.or) visit(value.or());
  if (!Array.isArray(of)) {
    visit(of);
    return;
  }
  for (const { word, form } of of) {
    words.add(word);
    visit(form);
  }
}

function visitPart(part: Part): void {
  if (part.part === 'clause') words.add(part.word);
  if (part.part !== 'body') visit(part.value);
  if (part.part === 'slot' && part.or) visit(part.or);
  if (part.part !== 'body') return;
  visitStatements(part.statements);
  if (part.steps) visit(part.steps.items);
  if (part.names) visit(part.names);
}

function visitStatements(list: typeof statements): void {
  for (const statement of list) {
    for (const word of statement.words) words.add(word);
    visit(statement.value);
  }
}

visitStatements(statements);

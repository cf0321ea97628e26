import type { Field } from '../../../spec/model/data.ts';
import { t } from '../../../spec/words/t.ts';
import { shapeOf } from '../files/problem.ts';
import type { Understood } from './columns.ts';
import { free, transliterated } from './names.ts';

/** Types of which a customer has one attribute that counts. */
const single = ['timezone', 'locale', 'country', 'email', 'phone'];

/** Concepts that are the plain name of something else than a field. */
const instead: Record<string, string> = { id: 'record_id', customer: 'customer_number', order: 'order_number' };

/** Returns the name of a column as an attribute or field. `known`: those that the project has; `taken`: of the file. */
export function nameOf(column: Understood, known: Field[], taken: Set<string>): string {
  const same = known.find(({ name }) => name.toLowerCase() === column.column.trim().toLowerCase());
  const alike = single.includes(column.type)
    ? known.find(({ name, type }) => type === column.type && !taken.has(name))
    : undefined;
  const name = same && !taken.has(same.name) ? same.name : (alike?.name ?? free(plainName(column), taken));
  taken.add(name);
  return name;
}

function plainName({ column, concept, type, texts, each }: Understood): string {
  const inner = each !== undefined && column.startsWith(`${each}.`) ? column.slice(each.length + 1) : column;
  const own = transliterated(inner.split('.').slice(-2).join(' '));
  if (!concept || type === 'list') return own;
  if (concept.name === 'customer' && isPerson(texts)) return 'full_name';
  if (concept.name === 'at') return own === 'at' || /^дата( создания)?$/i.test(column) ? 'created_at' : own;
  if (concept.name === 'consent') return /\p{Script=Cyrillic}/u.test(column) ? 'newsletter' : own;
  if (concept.name === 'refusal') return own;
  if (concept.name === 'status') return /\p{Script=Cyrillic}/u.test(column) ? 'status' : own;
  if (concept.name === 'phone' && type !== 'phone') return own;
  return instead[concept.name] ?? concept.name;
}

/** Returns true if the values are names of people rather than ids. */
export function isPerson(texts: string[]): boolean {
  const names = texts.filter((text) => /^\p{Lu}[\p{L}.'-]+( \p{Lu}[\p{L}.'-]*)+$/u.test(text)).length;
  return texts.length > 0 && names / texts.length > 0.6;
}

/** Returns the declaration of a column; a type that the project has declared stays. */
export function fieldOf(column: Understood, name: string, known: Field[]): Field {
  const declared = known.find((field) => field.name === name);
  if (declared) return declared;
  const { type, concept, unique, texts, items } = column;
  const plain = type === 'email' || type === 'phone';
  const free = type === 'string' && !concept && texts.length >= 10 && unique > 0.5;
  const pii = plain || concept?.pii === true || free || name === 'full_name';
  return { name, type, pii, ...(items && { items }) };
}

/** Returns a remark about a field whose declaration does not fit its values. */
export function conflict(column: Understood, field: Field): string[] {
  return [...otherType(column, field), ...notPersonal(column, field)];
}

function notPersonal(column: Understood, field: Field): string[] {
  if (field.pii || !fieldOf(column, field.name, []).pii) return [];
  return [
    t`"${column.column}" seems to be personal data, and the project declares ${field.name} without \`pii: true\`, which stays: its values may appear in plans, logs and error messages; write \`${field.name}: { type: ${field.type}, pii: true }\` to keep them out`,
  ];
}

function otherType(column: Understood, field: Field): string[] {
  if (field.type === column.type || column.texts.length === 0) return [];
  // Whole numbers are numbers and amounts.
  if (column.type === 'integer' && ['number', 'money'].includes(field.type)) return [];
  return [
    t`"${column.column}" looks like ${column.type}; the project declares ${field.name} as ${field.type}, which stays`,
  ];
}

/** Returns the beginning of what the column holds: a value, or of personal data its shape. */
export function exampleOf({ texts, type, items }: Understood, pii: boolean): string {
  if (type === 'list') return `[${(items ?? []).map(({ name }) => name).join(', ')}]`;
  const [first = ''] = texts;
  return pii ? shapeOf(first) : first;
}

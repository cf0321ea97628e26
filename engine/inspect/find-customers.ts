import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Field } from '../../spec/model/data.ts';
import { findSubject } from '../consent/suppressions.ts';
import type { Program } from '../program/program.ts';
import { storedPart } from '../store/canonical-address.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';

/** A customer, with what one is recognised by. */
export interface Hit {
  /** The number in the store. */
  customer: number;
  /** The shop's id. */
  id: string;
  /** The values of names, then of addresses. */
  told: string[];
}

/** The most hits that are listed. */
export const MOST_HITS = 20;

/**
 * Returns the customers whom a text means: the one with that id, otherwise those with that address, otherwise those whose
 * name or e-mail address has it as a part, in any case of letters. `more`: there are others.
 */
export async function findCustomers(
  db: Database,
  program: Program,
  text: string,
): Promise<{ hits: Hit[]; more: boolean }> {
  const subject = await findSubject(db, program, text);
  const ids = subject?.customers ?? [];
  const where = ids.length > 0 ? sql`c.id IN (${join(ids)})` : part(db, program, text);
  if (!where) return { hits: [], more: false };
  const attributes = program.data.customers.attributes;
  const shown = [...names(attributes), ...attributes.filter(({ type }) => type === 'email' || type === 'phone')];
  const columns = shown.map(({ name: column }, i) => sql`, c.${ident(column)} AS ${ident(`a${i}`)}`);
  const rows = await db.query(sql`
    SELECT c.customer, c.id${columns.length > 0 ? join(columns, '') : empty} FROM customer c
    WHERE ${where} ORDER BY c.id LIMIT ${MOST_HITS + 1}::bigint`);
  const hits = rows.slice(0, MOST_HITS).map((row) => ({
    customer: Number(row.customer),
    id: String(row.id),
    told: shown.flatMap((_, i) => row[`a${i}`] ?? []).map(String),
  }));
  return { hits, more: rows.length > MOST_HITS };
}

/** The texts that may be names: those that are personal; all where none is declared so. */
function names(attributes: Field[]): Field[] {
  const texts = attributes.filter(({ type }) => type === 'string');
  const personal = texts.filter(({ pii }) => pii);
  return personal.length > 0 ? personal : texts;
}

function part(db: Database, { data }: Program, text: string): Sql | undefined {
  const { attributes } = data.customers;
  const searched = [...names(attributes), ...attributes.filter(({ type }) => type === 'email')];
  if (searched.length === 0 || text.trim() === '') return undefined;
  const { folded, hasText } = db.dialect;
  const parts = searched.map(({ name: column, type }) => {
    const sought = type === 'email' ? storedPart(text.trim()) : text.trim();
    return hasText('contains', folded(sql`c.${ident(column)}`), folded(sql`${sought}::text`));
  });
  return sql`(${join(parts, ' OR ')})`;
}

import sql, { join, type Sql } from 'sql-template-tag';
import { addressAttributes } from '../../consent/mailboxes.ts';
import { toCustomers } from '../../program/facts.ts';
import type { Program } from '../../program/program.ts';
import type { Cause } from '../../report/causes.ts';
import { ident } from '../../store/dialect.ts';
import { type Checking, folded, placed, sourced } from './fold.ts';

/** Names of attributes that hold a birthday. */
const BIRTH = /birth|born|bday|(^|_)dob($|_)/i;

const from = sql`FROM inbox_customer n ${sourced}`;

/** Returns what is wrong with customers, as their rows wait in the inbox. `today`: YYYY-MM-DD. */
export async function customerCauses(checking: Checking, program: Program, today: string): Promise<Cause[]> {
  const { db } = checking;
  const [all] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM inbox_customer`);
  const of = all?.n ?? 0;
  const { attributes } = program.data.customers;
  const find = (level: Cause['level'], code: string, field: string | null, where: Sql) =>
    folded(checking, { level, code, field, of }, sql`SELECT ${placed} ${from} WHERE ${where}`);
  const elsewhere = sql`SELECT ${placed} FROM replaced n ${sourced}`;
  const causes = await folded(checking, { level: 'hint', code: 'several-files', field: 'id', of }, elsewhere);
  for (const { name: attribute, type } of addressAttributes(program)) {
    const column = ident(attribute);
    const canonical = (n: Sql) => (type === 'email' ? sql`lower(${n}${column})` : sql`${n}${column}`);
    const several = sql`
      SELECT ${canonical(sql``)} FROM inbox_customer WHERE ${column} IS NOT NULL GROUP BY 1 HAVING count(*) > 1`;
    causes.push(...(await find('hint', 'shared-address', attribute, sql`${canonical(sql`n.`)} IN (${several})`)));
  }
  for (const { name: attribute } of attributes.filter(({ name, type }) => type === 'date' && BIRTH.test(name))) {
    const column = sql`n.${ident(attribute)}`;
    causes.push(
      ...(await find('hint', 'birth-in-future', attribute, sql`${column} > ${today}::date`)),
      ...(await find('hint', 'birth-too-early', attribute, sql`${column} < DATE '1900-01-01'`)),
    );
  }
  const reached = [...new Set(program.channels.filter(toCustomers).flatMap(({ address }) => address ?? []))];
  if (reached.length > 0) {
    const none = reached.map((attribute) => sql`n.${ident(attribute)} IS NULL`);
    causes.push(...(await find('hint', 'no-address', null, join(none, ' AND '))));
  }
  for (const { name: attribute } of attributes)
    causes.push(...(await find('note', 'empty-value', attribute, sql`n.${ident(attribute)} IS NULL`)));
  return causes;
}

/** Keeps the places of customers for when they have left the inbox. */
export function placesKept(): Sql {
  return sql`CREATE TABLE customer_place AS SELECT n.id, ${placed} ${from}`;
}

/** Returns for each channel how many customers of the files have no consent in force. */
export async function consentCauses(checking: Checking, program: Program): Promise<Cause[]> {
  const [all] = await checking.db.query<{ n: number }>(sql`SELECT count(*) AS n FROM customer_place`);
  const of = all?.n ?? 0;
  const causes: Cause[] = [];
  for (const { name: channel } of program.channels.filter(toCustomers)) {
    const rows = sql`
      SELECT p.path, p.line FROM customer_place p JOIN customer c ON c.id = p.id
      WHERE c.customer NOT IN (SELECT customer FROM subscription WHERE channel = ${channel})`;
    for (const cause of await folded(checking, { level: 'note', code: 'no-consent', field: channel, of }, rows))
      causes.push(cause.count === of ? { ...cause, level: 'hint' } : cause);
  }
  return causes;
}

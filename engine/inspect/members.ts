import sql, { join, type Sql } from 'sql-template-tag';
import type { FieldType } from '../../spec/model/data.ts';
import type { Program } from '../program/program.ts';
import type { Database, Value } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { temporary } from '../store/statements.ts';

/** A column of a list of customers. */
export interface ListColumn {
  name: string;
  type: FieldType;
}

/** A relation of customers (a column `customer`), and what else is listed of each. */
export interface Listing {
  rows: Sql;
  /** Columns of `rows`. */
  more?: ListColumn[];
}

const PAGE = 10_000;

/**
 * Lists customers with the shop's ids, the columns of the relation, and all attributes, in the order in which they became
 * known. `page`: called with at most so many rows (`most`) at a time. Returns the columns.
 */
export async function listCustomers(
  db: Database,
  { data }: Program,
  { rows, more = [] }: Listing,
  page: (rows: Value[][]) => void,
  most = PAGE,
): Promise<ListColumn[]> {
  const columns = [{ name: 'id', type: 'string' as const }, ...more, ...data.customers.attributes];
  const list = [
    sql`c.customer AS number`,
    sql`c.id AS c0`,
    ...more.map(({ name: column }, i) => sql`l.${ident(column)} AS ${ident(`c${i + 1}`)}`),
    ...data.customers.attributes.map(
      ({ name: column }, i) => sql`c.${ident(column)} AS ${ident(`c${i + 1 + more.length}`)}`,
    ),
  ];
  await db.transaction(async (tx) => {
    await temporary(tx, 'looked_at', rows);
    for (let after = -1; ; ) {
      const found = await tx.query(sql`
        SELECT ${join(list)} FROM looked_at l JOIN customer c ON c.customer = l.customer
        WHERE c.customer > ${after}::bigint ORDER BY c.customer LIMIT ${most}::bigint`);
      page(found.map((row) => columns.map((_, i) => row[`c${i}`] ?? null)));
      if (found.length < most) return;
      after = Number(found.at(-1)?.number);
    }
  });
  return columns;
}

/** The size of a relation of customers beside that of all. */
export interface Share {
  size: number;
  customers: number;
  /** The number of customers without a value in any attribute: no file of customers has more than their id. */
  bare: number;
}

/** Returns the number of customers in a relation, and of all customers. */
export async function shareOf(db: Database, { data }: Program, rows: Sql): Promise<Share> {
  const empty = data.customers.attributes.map(({ name: column }) => sql`${ident(column)} IS NULL`);
  // Without attributes, no customer lacks one.
  const bare = empty.length > 0 ? join(empty, ' AND ') : sql`FALSE`;
  const [row] = await db.query<{ size: number; customers: number; bare: number }>(sql`
    SELECT (SELECT count(*) FROM (${rows}) m) AS size, (SELECT count(*) FROM customer) AS customers,
      (SELECT count(*) FROM customer WHERE ${bare}) AS bare`);
  return { size: row?.size ?? 0, customers: row?.customers ?? 0, bare: row?.bare ?? 0 };
}

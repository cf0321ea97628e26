import sql, { join, raw } from 'sql-template-tag';
import { applyProgram } from '../engine/apply/apply.ts';
import { compile } from '../engine/compile/compile.ts';
import type { Database, Row } from '../engine/store/database.ts';
import { tables } from '../engine/store/tables.ts';
import { drive } from './drive.ts';
import { type World, worldEnd, worldStart } from './random-world.ts';
import { consents, events, people } from './world.ts';

export async function live(db: Database, one: World): Promise<Record<string, Row[]>> {
  const program = compile(one.model);
  await applyProgram(db, { program, at: worldStart, lineage: 'world' });
  await people(db, one.people);
  await events(
    db,
    'cart_updated',
    one.carts.map((cart, i) => ({ ...cart, id: `cart-${i}` })),
  );
  await events(
    db,
    'order_paid',
    one.orders.map((order, i) => ({ ...order, id: `order-${i}` })),
  );
  const text = (name: string) => ({ name, type: 'text' as const });
  const listed = one.listed.map((id) => ['list', id]);
  await db.load('inbox_listing', [text('segment'), text('customer')], listed);
  await consents(db, one.consents);
  for (const [i, at] of one.launches.entries())
    await db.run(sql`INSERT INTO launch (launch, campaign, "at") VALUES (${i + 1}, 'a', ${at}::bigint)`);
  await drive(db, program, worldStart, worldEnd, one.engagement);
  const dump: Record<string, Row[]> = {};
  for (const table of tables(program.data)) {
    if (table.name === 'tz_offset') continue;
    const order = join(table.columns.map((_, i) => raw(String(i + 1))));
    const columns = join(table.columns.map((column) => raw(`"${column.name}"`)));
    dump[table.name] = await db.query(sql`SELECT ${columns} FROM ${raw(`"${table.name}"`)} ORDER BY ${order}`);
  }
  return dump;
}

import { mkdir, rm } from 'node:fs/promises';
import sql from 'sql-template-tag';
import { dataFiles, from } from '../../../test/data-files.ts';
import { tz } from '../../../test/drive.ts';
import { campaign, hour, minute, model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { applyProgram } from '../../deploy/apply.ts';
import type { Database } from '../../store/database.ts';
import { runTick } from '../../tick/run-tick.ts';
import { intake } from './intake.ts';

export const start = Date.UTC(2026, 2, 2, 10);
const { data } = model();
const files: Record<string, string[]> = { cart_updated: ['carts.csv'], order_paid: ['orders.csv', 'old.jsonl'] };
const cart = campaign({
  exit: [{ event: 'order_paid' }],
  steps: [
    { id: 'w', kind: 'wait', ms: hour },
    { id: 'send', kind: 'send', channel: 'email', template: 'cart/mail' },
  ],
});
export const program = compile(
  model({
    data: {
      ...data,
      customers: { ...data.customers, sources: from('people.csv') },
      events: data.events.map((kind) => ({ ...kind, sources: from(...(files[kind.name] ?? [])) })),
      consent: from('consent.csv', 'other.csv', 'other.jsonl'),
      suppressions: from('suppressions.csv'),
      feedback: from('feedback.csv', 'feedback.jsonl'),
    },
    campaigns: [cart],
  }),
);

export const at = (minutes: number) => new Date(start + minutes * minute).toISOString();
const people = 'id,name,email\nc1,Anna,anna@example.com\nC2,Olga,olga@example.com\nc3,Ivan,olga@example.com\n';
export const granted = ['c1', 'C2', 'c3'].map((id) => `${id},email,granted,${at(-60)}\n`).join('');
export const head = {
  consent: 'id,customer,channel,status,at\n',
  plain: 'customer,channel,status,at\n',
  suppressions: 'customer,channel,reason,at\n',
};

/** A folder of files for one test file, and stores that read them. */
export function shopFiles() {
  const folder = dataFiles('shop');
  const { put } = folder;

  /** A store that has read the files by ticks at those minutes. */
  async function shop(db: Database) {
    await rm(folder.root, { recursive: true });
    await mkdir(folder.root);
    await applyProgram(db, { program, at: start, lineage: 'test' });
    await put('people.csv', people);
    return {
      tick: (minutes: number) =>
        runTick(db, program, start + minutes * minute, tz, (tx) =>
          intake(tx, program, { root: folder.root, at: start + minutes * minute }).then(() => {}),
        ),
      orders: () =>
        db.query(sql`SELECT o.id, c.id AS customer, o.total FROM event_order_paid o
          JOIN customer c ON c.customer = o.customer ORDER BY o.id, c.id, o.total`),
      consents: async () =>
        (
          await db.query<{ id: string }>(
            sql`SELECT c.id FROM subscription s JOIN customer c ON c.customer = s.customer ORDER BY c.id`,
          )
        ).map(({ id }) => id),
      problems: async () =>
        (
          await db.query<{ path: string; line: number; code: string }>(
            sql`SELECT path, line, code FROM quarantine WHERE code NOT LIKE 'missing-file' ORDER BY path, line, code`,
          )
        ).map(({ path, line, code }) => `${path}:${line} ${code}`),
    };
  }

  return { folder: () => folder.root, put, shop };
}

import { tmpdir } from 'node:os';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { dataFiles, from } from '../../test/data-files.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, model, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';
import { Superseded, tickDeployed } from './tick-deployed.ts';

const start = Date.UTC(2026, 2, 2, 10);
const options = { at: start, now: start, root: tmpdir(), tz: 'test' };

const folder = dataFiles('tick-deployed');

onEveryStore('a tick by a deployment', (open) => {
  it('that is no longer the current one does nothing', async () => {
    const db = await open();
    const [old, current] = [program(), program({ campaigns: [campaign()] })];
    await applyProgram(db, { program: old, at: start, lineage: 'test' });
    await applyProgram(db, { program: current, at: start, lineage: 'test' });
    await expect(tickDeployed(db, { serial: 1, program: old }, options)).rejects.toBeInstanceOf(Superseded);
    expect(await db.query(sql`SELECT name FROM cursor WHERE name = 'tick'`)).toEqual([]);
    expect(await tickDeployed(db, { serial: 2, program: current }, options)).toEqual({ ticked: true, read: [] });
    expect(await tickDeployed(db, { serial: 2, program: current }, options)).toEqual({ ticked: false, read: [] });
  });

  it('reads the files in a transaction of its own, and goes on from there when only the rest has failed', async () => {
    const db = await open();
    const { data } = model();
    const events = data.events.map((kind) => ({
      ...kind,
      sources: kind.name === 'order_paid' ? from('orders.csv') : [],
    }));
    const none = { consent: [], feedback: [], suppressions: [] };
    const shop = program({ data: { ...data, ...none, events, customers: { ...data.customers, sources: [] } } });
    await applyProgram(db, { program: shop, at: start - 60_000, lineage: 'test' });
    await folder.put('orders.csv', 'id,customer,at,total\no1,c1,2026-03-01T10:00:00Z,5\n');
    const reading = { ...options, root: folder.root };
    await db.run(sql`ALTER TABLE enrolment RENAME TO missing`);
    await expect(tickDeployed(db, { serial: 1, program: shop }, reading)).rejects.toThrow('enrolment');
    await db.run(sql`ALTER TABLE missing RENAME TO enrolment`);
    expect(await db.query(sql`SELECT id FROM inbox_event_order_paid`)).toEqual([{ id: 'o1' }]);
    expect(await tickDeployed(db, { serial: 1, program: shop }, reading)).toMatchObject({ ticked: true });
    expect(await db.query(sql`SELECT id FROM event_order_paid`)).toEqual([{ id: 'o1' }]);
  });
});

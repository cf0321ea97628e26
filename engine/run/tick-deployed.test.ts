import { tmpdir } from 'node:os';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, program } from '../../test/world.ts';
import { applyProgram } from '../apply/apply.ts';
import { Superseded, tickDeployed } from './tick-deployed.ts';

const start = Date.UTC(2026, 2, 2, 10);
const options = { at: start, now: start, root: tmpdir(), tz: 'test' };

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
});

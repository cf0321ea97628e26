import { expect, it } from 'vitest';
import { program } from '../../test/outbox.ts';
import { onEveryStore } from '../../test/stores.ts';
import { prepareTables } from '../store/tables.ts';
import { takeTurn } from './turn.ts';

onEveryStore('a turn', (open) => {
  it('is of one worker at a time, and of the next where that one asks no more', async () => {
    const db = await open();
    await prepareTables(db, program().data);
    let at = 1000;
    const ask = (worker: string, work = 'sync') =>
      takeTurn(db, work, { worker, now: () => at, ms: 100, clock: () => async () => at });
    const shared = db.dialect.name === 'postgres';
    const first = await Promise.all(['one', 'two', 'three'].map((worker) => ask(worker)));
    expect(first.filter(Boolean)).toHaveLength(shared ? 1 : 3);
    const [holder, other] = first[0] ? ['one', 'two'] : first[1] ? ['two', 'three'] : ['three', 'one'];
    expect([await ask(holder as string), await ask(other as string)]).toEqual([true, !shared]);
    expect(await ask(other as string, 'other work'), 'another work has a turn of its own').toBe(true);
    at += 99;
    expect(await ask(holder as string)).toBe(true);
    at += 99;
    expect(await ask(other as string)).toBe(!shared);
    at += 1;
    expect(await ask(other as string)).toBe(true);
    expect(await ask(holder as string)).toBe(!shared);
  });
});

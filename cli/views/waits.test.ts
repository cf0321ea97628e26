import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { at, granted, head, program, shopFiles, start } from '../../engine/data/intake/shop.fixture.ts';
import { applyProgram } from '../../engine/deploy/apply.ts';
import { explain } from '../../engine/report/explain.ts';
import { status } from '../../engine/report/status.ts';
import type { Database } from '../../engine/store/database.ts';
import { pause, resume } from '../../engine/store/pauses.ts';
import { tickDeployed } from '../../engine/worker/tick-deployed.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { tz } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { minute } from '../../test/world.ts';
import { catalogue } from '../russian/index.ts';
import { renderStory } from './explain.ts';
import { renderStatus } from './status.ts';

const { folder, put } = shopFiles();
const view = { color: false, width: 120 };
/** Nothing of it can be read. */
const unreadable = 'id,who,at\n';

onEveryStore('what a customer and a campaign wait for', (open) => {
  async function shop(db: Database) {
    await put('people.csv', 'id,email\nc1,anna@example.com\nc2,olga@example.com\n');
    await put('consent.csv', head.plain + granted.replaceAll(/^C2.*\n|^c3.*\n/gm, ''));
    await put('carts.csv', `id,customer,at\nk1,c1,${at(0)}\n`);
    await rm(join(folder(), 'orders.csv'), { force: true });
    await applyProgram(db, { program, at: start, lineage: 'test' });
    const now = (minutes: number) => start + minutes * minute;
    return {
      tick: (minutes: number) =>
        tickDeployed(db, { serial: 1, program }, { at: now(minutes), now: now(minutes), root: folder(), tz }),
      story: async (id: string, minutes: number) => {
        const story = await explain(db, id);
        return story ? renderStory(story, program.project, { view, now: now(minutes) }) : '';
      },
      status: async (minutes: number) => {
        const found = await status(db, program, now(minutes), 10);
        return found ? renderStatus(found, 'UTC', view) : '';
      },
    };
  }

  it('is a data file that cannot be relied on, by name and since when, whether inside or not', async () => {
    const { tick, story, status } = await shop(await open());
    await tick(1);
    expect(await story('c1', 2)).toContain('now: waits at step w until 2026-03-02 11:01');
    await put('orders.csv', unreadable);
    await tick(30);
    const why = 'since 2026-03-02 10:30: orders.csv: nothing of it can be read';
    expect(await story('c1', 80)).toContain(`now: at step w, and moves no further: it waits for data ${why}`);
    expect(await story('c2', 80)).toMatch(new RegExp(`Waiting for data\n +cart ${why}`));
    expect(await status(80)).toMatch(new RegExp(`Waiting for data\n +cart ${why}`));
    expect(await status(80)).toMatch(/cart .* w +1 +0 +waits for data\n/);
    await put('orders.csv', `id,customer,at\no1,c9,${at(0)}\n`);
    expect(await story('c1', 80), 'as the last tick has read it').toContain(why);
    await tick(81);
    const over = await story('c1', 81);
    expect(over).not.toContain('Waiting for data');
    expect(over).toContain(
      '2026-03-02 10:30  waited for data until 2026-03-02 11:21: orders.csv could not be relied on\n',
    );
  });

  it('reports how much of a file is lost', async () => {
    const { tick, status } = await shop(await open());
    await put('orders.csv', `id,customer,at\no1,c9,${at(0)}\no2,c9,today\n`);
    await tick(1);
    expect(await status(2)).toContain('cart since 2026-03-02 10:01: orders.csv: 1 of 2 rows cannot be read');
    useLanguage('ru', catalogue);
    const russian = await status(2);
    useLanguage('en');
    expect(russian).toMatch(
      /Ждут данных\n {2}cart с 2026-03-02 10:01: orders\.csv: 1 строка не читается \(всего 2 строки\)\n/,
    );
  });

  it('is the next tick where it is due, and a pause where there is one', async () => {
    const db = await open();
    const { tick, story, status } = await shop(db);
    await tick(1);
    const due = 'due since 2026-03-02 11:01, and moves on at the next tick (the last one was for 2026-03-02 10:01)';
    expect(await story('c1', 61)).toContain(`now: at step w, ${due}`);
    expect(await status(61)).toMatch(/cart .* w +1 +0 +at the next tick\n/);
    await pause(db, { kind: 'all', name: '' }, start + minute);
    expect(await status(61)).toMatch(/cart .* w +1 +0 +paused\n/);
    await resume(db, { kind: 'all', name: '' }, start + minute);
    expect(await status(60)).toMatch(/cart .* w +1 +0 +2026-03-02 11:01\n/);
  });
});

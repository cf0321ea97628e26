import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { beforeEach, expect, it } from 'vitest';
import type { Step } from '../../../spec/model/campaign.ts';
import type { Model, StaticSegment } from '../../../spec/model/model.ts';
import { dataFiles } from '../../../test/data-files.ts';
import { enrolments, tz } from '../../../test/drive.ts';
import { onEveryStore } from '../../../test/stores.ts';
import { campaign, events, hour, model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { applyProgram } from '../../deploy/apply.ts';
import { dataProblems } from '../../report/problems.ts';
import type { Database } from '../../store/database.ts';
import { runTick } from '../../tick/run-tick.ts';
import { intake } from './intake.ts';

const vips: StaticSegment = {
  name: 'vips',
  sources: [
    { path: 'vips.csv', rename: {} },
    { path: 'more.jsonl', rename: { who: 'customer' } },
  ],
};
const program = (part: Partial<Model> = {}) => compile(model({ segments: [vips], ...part }));

const folder = dataFiles('lists');
const { put } = folder;
beforeEach(async () => {
  await put('vips.csv', 'id,note\nc1,first\nc2,\nc1,again\n');
  await put('more.jsonl', '{"who": "c3", "since": "long ago"}\n');
});

function ticking(db: Database) {
  let now = 0;
  let applied = program();
  return {
    apply: async (next = program()) => {
      applied = next;
      await applyProgram(db, { program: next, at: now, lineage: 'test' });
    },
    /** Returns the files that were read. */
    tick: async (): Promise<string[]> => {
      now += hour;
      let read: string[] = [];
      await runTick(db, applied, now, tz, async (tx) => {
        read = (await intake(tx, applied, { root: folder.root, at: now })).sources.map(
          ({ path, rows }) => `${path} ${rows}`,
        );
      });
      return read;
    },
    listed: async () => {
      const rows = await db.query<{ id: string; origin: string }>(sql`
        SELECT c.id, l.origin FROM listing l JOIN customer c ON c.customer = l.customer WHERE l.segment = 'vips' ORDER BY c.id, l.origin`);
      return rows.map(({ id, origin }) => (origin === 'file' ? id : `${id} by ${origin}`));
    },
  };
}

onEveryStore('static segments', (open) => {
  it('are who their files name, also those whom nothing else does', async () => {
    const db = await open();
    const { apply, tick, listed } = ticking(db);
    await apply();
    expect(await tick()).toEqual(['vips.csv 3', 'more.jsonl 1']);
    expect(await listed()).toEqual(['c1', 'c2', 'c3']);
    expect((await dataProblems(db, 9)).first, 'other columns and repetitions are nobody’s mistake').toEqual([]);
    expect(await tick(), 'nothing has changed').toEqual([]);
    expect(await listed()).toEqual(['c1', 'c2', 'c3']);
  });

  it('lose whom a file names no more, but not whom a journey put there', async () => {
    const db = await open();
    const { apply, tick, listed } = ticking(db);
    await apply();
    await tick();
    await db.run(sql`
      INSERT INTO listing (segment, customer, origin) SELECT 'vips', customer, 'journey' FROM customer WHERE id IN ('c1', 'c3')`);
    await put('vips.csv', 'customer\nc2\nc4\n');
    await tick();
    expect(await listed()).toEqual(['c1 by journey', 'c2', 'c3', 'c3 by journey', 'c4']);
    await put('vips.csv', 'customer\n');
    await put('more.jsonl', '');
    await tick();
    expect(await listed(), 'a file without rows empties them').toEqual(['c1 by journey', 'c3 by journey']);
  });

  it('keep whom a journey has added, also if a file named them before', async () => {
    const db = await open();
    const { apply, tick, listed } = ticking(db);
    const steps: Step[] = [
      { kind: 'add', id: 'in', segment: 'vips' },
      { kind: 'wait', id: 'w', ms: 2 * hour },
      { kind: 'remove', id: 'out', segment: 'vips' },
    ];
    await apply(program({ campaigns: [campaign({ steps })] }));
    await events(db, 'cart_updated', [{ customer: 'c1', at: hour }]);
    await tick();
    expect(await listed()).toEqual(['c1', 'c1 by journey', 'c2', 'c3']);
    await put('vips.csv', 'customer\nc2\n');
    await tick();
    expect(await listed()).toEqual(['c1 by journey', 'c2', 'c3']);
    await tick();
    expect(await listed()).toEqual(['c2', 'c3']);
  });

  it('stay as they were while a file cannot be read, and name it', async () => {
    const db = await open();
    const { apply, tick, listed } = ticking(db);
    await apply();
    await tick();
    for (const text of ['custom,note\nc9,\n', '']) {
      await put('vips.csv', text);
      await tick();
      expect(await listed()).toEqual(['c1', 'c2', 'c3']);
      expect((await dataProblems(db, 9)).first).toMatchObject([{ path: 'vips.csv' }]);
    }
    await rm(join(folder.root, 'vips.csv'));
    await put('more.jsonl', '{"who": "c5"}\n');
    await tick();
    expect(await listed()).toEqual(['c1', 'c2', 'c3']);
    expect((await dataProblems(db, 9)).first).toMatchObject([{ path: 'vips.csv', code: 'missing-file' }]);
    await put('vips.csv', 'customer\nc1\n');
    await tick();
    expect(await listed()).toEqual(['c1', 'c5']);
    expect((await dataProblems(db, 9)).total).toBe(0);
  });

  it('forget their files when the project does, and read them again when it names them again', async () => {
    const db = await open();
    const { apply, tick, listed } = ticking(db);
    await apply();
    await tick();
    await apply(program({ segments: [{ name: 'vips', sources: [] }] }));
    await tick();
    expect(await listed()).toEqual([]);
    await apply();
    await tick();
    expect(await listed()).toEqual(['c1', 'c2', 'c3']);
  });

  it('bring customers into a campaign that waits for them', async () => {
    const db = await open();
    const { apply, tick } = ticking(db);
    const on = { kind: 'segment', segment: 'vips', existing: false } as const;
    const steps = [{ kind: 'wait', id: 'w', ms: 99 * hour } as const];
    await apply(program({ campaigns: [campaign({ on, steps })] }));
    await tick();
    await put('vips.csv', 'customer\nc2\nc7\n');
    await tick();
    expect(await enrolments(db, 0)).toEqual(['+120m c7 cart active']);
  });
});

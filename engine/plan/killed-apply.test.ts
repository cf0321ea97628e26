import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadProject } from '../../spec/load.ts';
import { dump } from '../../test/dump.ts';
import { withoutSize } from '../../test/extent.ts';
import { openPostgres } from '../../test/postgres.ts';
import { verifyAudit } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { DuckDb } from '../store/duckdb.ts';
import { Postgres } from '../store/postgres.ts';
import { applyPlan } from './apply-plan.ts';
import { writePlan } from './check-plan.ts';
import { createPlan, readStoreState } from './create-plan.ts';
import type { Plan } from './plan.ts';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 60_000 });

const at = Date.UTC(2026, 2, 2, 10);
const program = join(import.meta.dirname, '../../test/apply-process.ts');

let folder: string;
const cleanUp: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kaskad-killed-apply-'));
});
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
  await rm(folder, { recursive: true });
});

const projectText = (campaigns: string) => `project shop {
  timezone UTC
  locale en
  currency EUR
}
customers {
  attributes {
    email email
  }
}
event paid {
  fields {
    total money
  }
}
channel email {
  transport console
}
${campaigns}`;

const campaign = (name: string, wait: string) =>
  `campaign ${name} {\n  on event paid when event.total > 5\n  wait ${wait}\n  send email thanks\n}\n`;
const template = {
  path: 'templates/thanks.email.hbs',
  text: '---\nsubject: Thanks\n---\n<a href="{{unsubscribe_url}}">x</a>\n',
};

async function planOf(db: Database, campaigns: string): Promise<Plan> {
  const { model, diagnostics } = loadProject([{ path: 'project.crm', text: projectText(campaigns) }, template]);
  if (!model) throw new Error(JSON.stringify(diagnostics));
  const store = await readStoreState(db);
  return createPlan({ desired: model, surface: 'dsl', store, at, tz: 'test', root: folder });
}

/** Applies two campaigns, and returns the plan that changes one, and adds another one. */
async function begin(db: Database): Promise<Plan> {
  const first = await planOf(db, campaign('thanks', '1 day') + campaign('stays', '1 day'));
  const applied = await applyPlan(db, first, { at, lineage: 'one', who: 'test' });
  expect(applied).toMatchObject({ status: 'applied' });
  return planOf(db, campaign('thanks', '2 days') + campaign('stays', '1 day') + campaign('new', '1 hour'));
}

type Open = () => Promise<Database>;

async function contents(open: Open): Promise<object> {
  const db = await open();
  try {
    expect((await verifyAudit(db)).broken).toBeUndefined();
    return await dump(db);
  } finally {
    await db.close();
  }
}

/** Runs an apply that kills itself at a point. Returns what it says; undefined: it was killed. */
async function applyUntil(store: string, file: string, point: number): Promise<string | undefined> {
  const child = spawn(process.execPath, [program, store, file, String(at + 2), String(point)]);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      said += part;
    });
  const [code, signal] = await once(child, 'close');
  if (signal === 'SIGKILL') return undefined;
  expect(code, said).toBe(0);
  return said.trim();
}

/** The contents of a store in which nothing has been killed. */
async function undisturbed(): Promise<{ before: object; after: object }> {
  const name = join(folder, 'reference.duckdb');
  const open = () => DuckDb.open(name);
  const db = await open();
  const plan = await begin(db);
  await db.close();
  const before = await contents(open);
  const again = await open();
  expect(await applyPlan(again, plan, { at: at + 2, lineage: 'one', who: 'test' })).toMatchObject({
    status: 'applied',
  });
  await again.close();
  return { before, after: await contents(open) };
}

/**
 * Kills an apply before its first statement, its second one, and so on, until it gets to its end: `npm test` at each third, `npm run
 * test:full` at the others.
 */
async function killEverywhere(name: string, open: Open): Promise<void> {
  const { before, after } = await undisturbed();
  const db = await open();
  const file = join(folder, 'plan.json');
  await writeFile(file, writePlan(await begin(db)));
  await db.close();
  expect(await contents(open)).toEqual(before);
  // This process ends by itself, so it stores its compiled modules for the others, which are killed.
  await once(spawn(process.execPath, [program]), 'close');
  let points = 1;
  for (; ; points++) {
    if ((points % 3 === 1) !== withoutSize) continue;
    const said = await applyUntil(name, file, points);
    const now = await contents(open);
    if (JSON.stringify(now) !== JSON.stringify(before)) {
      expect(now).toEqual(after);
      break;
    }
    expect(said).toBeUndefined();
  }
  expect(points).toBeGreaterThan(20);
  // The last one had committed, so nothing is left to do.
  expect(await applyUntil(name, file, 0)).toMatch(/^refused/);
}

it('an apply that is killed at any of its statements leaves all or nothing on DuckDB', async () => {
  const name = join(folder, 'store.duckdb');
  await killEverywhere(name, () => DuckDb.open(name));
});

it('an apply that is killed at any of its statements leaves all or nothing on PostgreSQL', async () => {
  const { url, stop } = await openPostgres();
  cleanUp.push(stop);
  await killEverywhere(url, () => Postgres.open(url));
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  apply,
  ChannelError,
  compile,
  load,
  loadProject,
  openStore,
  plan,
  readPlan,
  run,
  type Store,
  status,
  UserError,
  writePlan,
} from '../index.ts';

const { model } = loadProject([
  {
    path: 'crm.yaml',
    text: `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data: { customers: { from: customers.csv, attributes: { email: email } } }
channels:
  email: { transport: file, directory: out, from: a@example.com, unsubscribe: "https://shop.example/u" }
`,
  },
]);
if (!model) throw new Error('the project has errors');

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-api-'));
});
afterAll(() => rm(root, { recursive: true }));

describe('what a person can mend is a UserError of the public API:', () => {
  it('a folder that is not there', async () => {
    const error = await load(join(root, 'absent')).catch((error) => error);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'unreadable-file', message: expect.stringContaining('absent cannot be read') });
  });

  it.each([
    ['no server', 'postgres://anna:geheim@127.0.0.1:1/shop'],
    ['no URL', 'postgres://anna:geheim@127.0.0.1:port/shop'],
  ])('a PostgreSQL database without a connection: %s', async (_, url) => {
    const error = await openStore(url).catch((error) => error);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'store-unusable', message: expect.stringMatching(/cannot be opened: ./) });
    expect(JSON.stringify([error.message, error.help])).not.toContain('geheim');
  });

  it('a channel that a carrier of the program cannot use', async () => {
    const openCarrier = () => Promise.reject(new ChannelError('the gateway is not set up', 'Set GATEWAY.'));
    await withStore(async ({ db }) => {
      await apply(db, await plan({ model, root, db }));
      const error = await run(db, { root, signal: AbortSignal.timeout(5000), openCarrier }).catch((error) => error);
      expect(error).toBeInstanceOf(UserError);
      expect(error).toMatchObject({ code: 'channel-unusable', help: 'Set GATEWAY.' });
    });
  });
});

it('reads the state of a store, and what of it the files still say', async () => {
  await withStore(async ({ db }) => {
    expect(await status(db), 'before the first apply').toBe(undefined);
    await apply(db, await plan({ model, root, db }));
    expect((await status(db))?.deployment).toMatchObject({ serial: 1, current: false });
    expect((await status(db, { program: compile(model) }))?.deployment.current).toBe(true);
  });
});

it('refuses a plan that was edited, and says why', async () => {
  const text = writePlan(await plan({ model, root }));
  expect(readPlan(text)).toHaveProperty('planHash');
  expect(readPlan(text.replace('"shop"', '"other"'))).toMatchObject({ reason: 'tampered', help: expect.any(String) });
});

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(root, 'store-'));
  const store = await openStore(join(folder, 'store.duckdb'), { exclusive: true });
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

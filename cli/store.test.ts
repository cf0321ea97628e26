import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../engine/store/open.ts';
import { testIo } from '../test/io.ts';
import { withStore } from './store.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-store-'));
});
afterAll(() => rm(root, { recursive: true }));

it('says once in a command that it waits for a process, also where it opens the store twice', async () => {
  const io = testIo(root);
  const path = join(root, 'store.duckdb');
  for (const _ of ['first', 'second']) {
    const held = await openStore(path, { who: 'crm plan' });
    const waiting = withStore(io, path, { who: 'crm tick', exclusive: true }, async () => {});
    await new Promise((resolve) => setTimeout(resolve, 150));
    await held.close();
    await waiting;
  }
  expect(io.said.err.match(/Waiting for the store, which crm plan holds/g)).toHaveLength(1);
});

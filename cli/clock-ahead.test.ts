import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

const project = `
project: { name: shop, timezone: Europe/Moscow, locale: en, currency: EUR }
data: { customers: { from: customers.csv, attributes: { email: email } } }
`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-ahead-'));
  await writeFile(join(root, 'crm.yaml'), project);
  await writeFile(join(root, 'customers.csv'), 'id,email\nc1,anna@example.com\n');
});
afterEach(() => rm(root, { recursive: true }));

async function run(time: string, ...words: string[]) {
  const io = testIo(root, { now: () => Date.parse(`2026-11-22T${time}Z`) });
  const code = await crm(words, io);
  return { code, out: io.said.out, err: io.said.err };
}

it('a tick that waits because the clock was ahead names both instants and the effect', async () => {
  await run('08:00:00', 'apply', '--auto-approve');
  await run('08:41:00', 'tick', '--force', '--at', '2026-11-22T08:55:00Z');
  const waits = await run('08:41:50', 'tick');
  expect(waits).toMatchObject({
    code: 0,
    out: expect.stringContaining('Not ticked at 2026-11-22 11:41 (Europe/Moscow)'),
  });
  expect(waits.err).toMatch(
    /last tick was for 2026-11-22 11:55:00, but by the clock it is 2026-11-22 11:41:50 \(Europe\/Moscow\)/,
  );
  expect(waits.err).toContain('Nobody enters, moves on or is written to anew until');
  expect(JSON.parse((await run('08:42:00', 'tick', '--json')).out)).toMatchObject({
    ticked: false,
    waitsUntil: Date.parse('2026-11-22T08:55:00Z'),
  });
  expect((await run('08:42:00', 'status')).out).toContain('13 minutes after the clock, which was ahead then');
  const again = await run('08:55:30', 'tick');
  expect(again.out).toContain('2026-11-22 11:55 (Europe/Moscow) has been ticked already');
  expect(again.err).toBe('');
});

it('a tick by an earlier --at is refused, and the error names the last tick', async () => {
  await run('08:00:00', 'apply', '--auto-approve');
  await run('08:41:00', 'tick');
  const earlier = await run('08:42:00', 'tick', '--at', '2026-11-22T08:30:00Z');
  expect(earlier).toMatchObject({ code: 1, out: '' });
  expect(earlier.err).toContain(
    '--at lies before the last tick, which was for 2026-11-22 11:41 (Europe/Moscow): "2026-11-22T08:30:00Z".',
  );
  expect(await run('08:42:00', 'tick', '--at', '2026-11-22T11:41')).toMatchObject({ code: 0 });
});

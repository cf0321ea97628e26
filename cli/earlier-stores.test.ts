import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sql from 'sql-template-tag';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DuckDb } from '../engine/store/duckdb.ts';
import { casesOf, withoutSize } from '../test/extent.ts';
import { testIo } from '../test/io.ts';
import { restoreDuckDb, storedFolders } from '../test/stored.ts';
import { crm } from './crm.ts';

vi.setConfig({ testTimeout: 120_000 });

const [first = '', ...others] = await storedFolders();
/** The newest first: the next version of Kaskad meets them most often. */
const later = casesOf(others.toReversed(), 3);
/** About the store of the first version, in `npm test` alone. */
const ofFirst = it.runIf(withoutSize);

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-stores-'));
});
afterEach(() => rm(root, { recursive: true }));

/** Puts the project of a fixture and its store where the commands run. */
async function restore(fixture: string): Promise<void> {
  await cp(fixture, root, { recursive: true });
  await mkdir(join(root, '.kaskad'));
  await restoreDuckDb(fixture, join(root, '.kaskad/store.duckdb'));
}

interface Story {
  campaign: string;
  timeline: Record<string, string>[];
}

async function run(...words: string[]) {
  const io = testIo(root, { now: () => Date.UTC(2026, 10, 29, 12, 30) });
  return { code: await crm(words, io), ...io.said };
}

ofFirst('a store of the first version is shown by crm status', async () => {
  await restore(first);
  const { code, out, err } = await run('status');
  expect(code).toBe(0);
  expect(err).toContain('has been brought up to date');
  expect(out).toContain('1 sent');
  expect(out).toContain('orders.csv');
  const json = JSON.parse((await run('status', '--json')).out);
  expect(json).toMatchObject({ outbox: { sent: 1 }, sources: [{ rows: 1 }, { rows: 2 }, { rows: 1 }] });
});

ofFirst.each([
  ['customer', 'c1'],
  ['explain', 'c1'],
  ['suppression', 'list'],
  ['audience', 'thanks'],
  ['pause', '--all'],
  ['resume', '--all'],
  ['tick', '--no-dispatch'],
])('crm %s on it says what to do about what is applied', async (...words) => {
  await restore(first);
  const { code, err } = await run(...words);
  expect(code).toBe(1);
  expect(err).toContain('What is applied was compiled by an earlier version of Kaskad.');
  expect(err).toContain('Bring it up to date with `crm plan` and `crm apply`');
});

ofFirst('it can be brought up to date, and goes on', async () => {
  await restore(first);
  expect((await run('plan', '--allow-bad-data')).code).toBe(0);
  expect(await run('apply', '--auto-approve', '--allow-bad-data')).toMatchObject({ code: 0, err: '' });
  expect(await run('tick', '--allow-bad-data')).toMatchObject({ code: 0, err: '' });
  const { code, out } = await run('explain', 'c1');
  expect(code).toBe(0);
  expect(out).toContain('thanks');
});

it.each(later.map((fixture) => [basename(fixture), fixture]))('so can the store %s', async (_name, fixture) => {
  await restore(fixture);
  const before = JSON.parse((await run('status', '--json')).out);
  expect(before.outbox).toEqual({ decided: 1, expired: 5, failed: 1, sent: 3, suppressed: 1, unknown: 1 });
  expect(before.pauses.map(({ kind, name }: Record<string, string>) => `${kind} ${name}`)).toEqual([
    'campaign paused',
    'channel sms',
  ]);
  // The removed campaign is restored, with its enrolments.
  const project = await readFile(join(root, 'crm.yaml'), 'utf8');
  const removed =
    'on: { event: registered }\n    resume_within: 30 days\n    steps: [{ wait: 5 days }, { send: { email: hello } }]';
  // This test does not look at the forecast, so segments are refreshed once a day and not every hour, which takes less time.
  const written = `${project}  removed:\n    ${removed}\n`.replace(
    'currency: EUR',
    'currency: EUR, segments_refresh: 1 day',
  );
  await writeFile(join(root, 'crm.yaml'), written);
  // The pauses end before the forecast, which with pauses would go from hour to hour.
  for (const words of [
    ['resume', 'paused'],
    ['resume', '--channel', 'sms'],
    ['apply', '--auto-approve', '--allow-bad-data'],
  ])
    expect(await run(...words)).toMatchObject({ code: 0 });
  expect(await run('tick', '--no-dispatch', '--allow-bad-data')).toMatchObject({ code: 0 });
  const { enrolments } = JSON.parse((await run('explain', 'sent', '--json')).out);
  const statuses = ({ timeline }: Story) => timeline.flatMap(({ status }) => status ?? []);
  expect(enrolments.map((story: Story) => [story.campaign, ...statuses(story)].join(' '))).toEqual([
    'paused',
    'reminder expired',
    'removed decided',
    'welcome sent',
    'thanks decided',
  ]);
});

it.each([
  ['en', 'written by a later version of Kaskad', 'Update Kaskad'],
  ['ru', 'записано более новой версией Kaskad', 'Обновите'],
])('a store of a later version is refused with what to do, in %s', async (language, what, help) => {
  await restore(first);
  const db = await DuckDb.open(join(root, '.kaskad/store.duckdb'));
  await db.run(sql`INSERT INTO meta (name, value) VALUES ('version', '999')`);
  await db.close();
  for (const command of ['status', 'plan', 'tick']) {
    const { code, out, err } = await run(command, '--lang', language);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(what);
    expect(err).toContain(help);
  }
});

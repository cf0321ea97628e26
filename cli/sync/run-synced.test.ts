import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type GitServer, serveGit } from '../../test/git-server.ts';
import { type TestIo, testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';
import { project, SyncedShop } from './synced.fixture.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const text = 'campaigns/welcome.crm.yaml';

let shop: SyncedShop;
let server: GitServer;
let io: TestIo;
let running: Promise<number>;
let registered = 0;
beforeAll(async () => {
  shop = await SyncedShop.create();
  server = await serveGit(shop.server);
  server.wants = 'robot:hunter2';
  // The network is down when the process begins.
  server.down = true;
  io = testIo(shop.folder, { env: { SHOP: server.url('shop.git', 'robot:hunter2') } });
  running = crm(['run', '--sync', 'env:SHOP#main', '--sync-every', '1s', '--json'], io);
});
afterAll(async () => {
  io.stop.abort();
  expect(await running).toBe(0);
  expect(io.said.out + io.said.err).not.toMatch(/hunter2|robot/);
  await server.close();
  await shop.close();
});

interface State {
  deployment: { serial: number; commit: string };
  sync: { applied: string; wanted: string; trouble?: { kind: string; reasons: string[] } };
}

async function state(): Promise<State> {
  return (await shop.json('status')) as unknown as State;
}

/** Registers a customer, and waits until the message has been written. */
async function expectSending(): Promise<void> {
  await shop.register(`c${++registered}`);
  await vi.waitFor(async () => expect(await shop.sent()).toBe(registered), { timeout: 20_000, interval: 200 });
}

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 40_000, interval: 300 });

describe('crm run --sync', () => {
  it('waits for a server that does not answer, then applies its commit and sends', async () => {
    await vi.waitFor(() => expect(io.said.out).toContain('there is no project yet'), { timeout: 20_000 });
    server.down = false;
    await until(async () => expect((await state()).deployment.serial).toBe(1));
    await expectSending();
  });

  it('applies the next commit while it runs', async () => {
    const commit = await shop.commit({
      [text]: `${project[text]?.replace('event: registered', 'event: registered, restart: true')}`,
    });
    await until(async () => expect((await state()).deployment).toMatchObject({ serial: 2, commit }));
    expect((await state()).sync).toMatchObject({ applied: commit, wanted: commit });
    await expectSending();
  });

  describe('keeps the last good deployment, and sends,', () => {
    let good: string;
    afterEach(async () => {
      Object.assign(server, { down: false, cutAfter: undefined, wants: 'robot:hunter2' });
      await shop.git('reset', '--quiet', '--hard', good);
      await shop.git('push', '--quiet', '--force', 'origin', 'HEAD:refs/heads/main');
      await until(async () =>
        expect((await state()).sync).toEqual(expect.not.objectContaining({ trouble: expect.anything() })),
      );
    });

    /** Each breaks something. Returns what the trouble must be. */
    const faults: [string, () => Promise<[kind: string, reason: RegExp]>][] = [
      [
        'when the history is rewritten',
        async () => {
          await shop.git('reset', '--quiet', '--hard', 'HEAD~1');
          await shop.commit({ 'templates/hello.email.hbs': `${project['templates/hello.email.hbs']}<p>Other</p>\n` });
          return ['waiting', /was rewritten/];
        },
      ],
      [
        'when the branch vanishes',
        async () => {
          await shop.git('push', '--quiet', 'origin', 'HEAD:refs/heads/other');
          await shop.git('push', '--quiet', '--delete', 'origin', 'main');
          return ['unreachable', /couldn't find remote ref main/];
        },
      ],
      [
        'when the network is dead',
        async () => {
          server.down = true;
          return ['unreachable', /unable to access 'http:\/\/127.0.0.1:\d+\/shop.git\/'/];
        },
      ],
      [
        'when the connection is cut in the middle of a fetch',
        async () => {
          server.cutAfter = 100_000;
          await shop.commit({ 'notes.txt': randomBytes(400_000).toString('base64') });
          return ['unreachable', /cannot be fetched/];
        },
      ],
      [
        'when the password does not count any more',
        async () => {
          server.wants = 'robot:changed';
          return ['unreachable', /cannot be fetched/];
        },
      ],
      [
        'when a commit is broken',
        async () => {
          await shop.commit({ [text]: `${project[text]?.replace('hello', 'hullo')}` });
          return ['broken', /campaigns\/welcome\.crm\.yaml:4:\d+: /];
        },
      ],
      [
        'when a commit removes all campaigns',
        async () => {
          await shop.commit({ [text]: null });
          return ['waiting', /It removes all campaigns\./];
        },
      ],
      [
        'when a commit removes everything',
        async () => {
          await shop.git('rm', '-r', '--quiet', '.');
          await shop.commit({});
          return ['broken', /There is no crm\.yaml/];
        },
      ],
      [
        'when a commit needs a secret that is not there',
        async () => {
          const hook = '  crm: { kind: webhook, transport: http, url: env:CRM_URL }\n';
          await shop.commit({ 'crm.yaml': `${project['crm.yaml']}${hook}` });
          return ['broken', /The environment variable CRM_URL is not set\./];
        },
      ],
    ];

    it.each(faults)('%s', async (_, fault) => {
      good = (await state()).deployment.commit;
      const { serial } = (await state()).deployment;
      const [kind, reason] = await fault();
      await until(async () => {
        const { trouble } = (await state()).sync;
        expect(trouble).toMatchObject({ kind, reasons: [expect.stringMatching(reason)] });
      });
      if (server.cutAfter !== undefined) expect(server.sent).toBe(server.cutAfter);
      await expectSending();
      expect((await state()).deployment).toMatchObject({ serial, commit: good });
    });
  });

  it('applies the next good commit after all that', async () => {
    const commit = await shop.commit({
      'templates/hello.email.hbs': `${project['templates/hello.email.hbs']}<p>More</p>\n`,
    });
    await until(async () => expect((await state()).deployment.commit).toBe(commit));
    await expectSending();
    expect((await shop.crm('status', '--project', join(shop.folder))).out).toContain(
      `Commit ${commit.slice(0, 12)} runs.`,
    );
  });
});

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { GithubServer } from '../../test/forges/github.ts';
import { Shop } from './ci.fixture.ts';
import { withSince } from './comment-text.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const start = Date.UTC(2026, 2, 2, 6);
const hour = 3_600_000;
const customers = Array.from({ length: 20 }, (_, i) => `c${i}`);
const project = (time: string) => `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 6 hours }
data:
  customers: { from: customers.csv, attributes: { phone: phone } }
  consent: consent.csv
channels:
  sms: { transport: file, directory: out }
campaigns:
  daily:
    on: { schedule: every day at ${time} }
    reenter: always
    steps: [{ send: { sms: hello } }]
`;

const github = new GithubServer();
let shop: Shop;
let commit: string;
let env: Record<string, string>;

/** A deployment of a commit, applied in a store that has run. */
beforeAll(async () => {
  await github.start();
  github.openPull(12, 'a'.repeat(40));
  shop = new Shop(await mkdtemp(join(tmpdir(), 'kaskad-ci-')));
  await mkdir(join(shop.root, 'templates'));
  await shop.write('templates/hello.sms.hbs', 'Hello\n');
  const phones = customers.map((id, i) => `${id},+7900000${String(i).padStart(4, '0')}\n`);
  await shop.write('customers.csv', `id,phone\n${phones.join('')}`);
  const given = customers.map((id) => `${id},sms,granted,2026-01-01T00:00:00Z\n`);
  await shop.write('consent.csv', `customer,channel,status,at\n${given.join('')}`);
  await shop.write('crm.yaml', project('12:00'));
  await shop.write('.gitignore', '.crm\nout\nevent.json\n');
  shop.now = start;
  expect(await shop.run({}, 'apply', '--auto-approve')).toMatchObject({ code: 0 });
  expect(await shop.run({}, 'tick')).toMatchObject({ code: 0 });
  await shop.write('crm.yaml', project('18:00'));
  await shop.git('init', '--quiet', '--initial-branch', 'main');
  await shop.commit('later');
  commit = await shop.git('rev-parse', 'HEAD');
  github.merged.set(commit, 12);
  shop.now = start + hour;
  expect(await shop.run({}, 'apply', '--auto-approve')).toMatchObject({ code: 0 });
  const event = await shop.write('event.json', '{"schedule":"daily"}');
  env = {
    ...{ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'shop/crm', GITHUB_API_URL: github.url, GITHUB_TOKEN: 'job-token' },
    ...{ GITHUB_EVENT_PATH: event, GITHUB_SHA: 'e'.repeat(40) },
  };
});
afterAll(async () => {
  await github.stop();
  await rm(shop.root, { recursive: true });
});

async function live(until: number): Promise<void> {
  for (let at = start + 6 * hour; at <= until; at += 6 * hour) {
    if (at <= shop.now) continue;
    shop.now = at;
    expect(await shop.run({}, 'tick')).toMatchObject({ code: 0 });
  }
}

const bodies = () => github.comments.map(({ body }) => body);

describe('crm ci reconcile', () => {
  it('writes nothing while nothing can be compared', async () => {
    const { code, out } = await shop.run(env, 'ci', 'reconcile');
    expect(code).toBe(0);
    expect(out).toContain('has not run for a whole day of its forecast');
    expect(github.writes).toEqual([]);
  });

  it('keeps what came of the forecast under the pull request that brought the deployment', async () => {
    await live(start + 30 * hour);
    expect(await shop.run(env, 'ci', 'reconcile')).toMatchObject({ code: 0 });
    expect(bodies()).toEqual([
      expect.stringMatching(
        /Deployment 2, applied [\s\S]*daily +sms[\s\S]*<!-- \/kaskad-since -->\n\n<!-- kaskad-plan \w+ -->$/,
      ),
    ]);
    expect((await shop.run(env, 'ci', 'reconcile')).out).toContain('nothing was written');
    const [first] = bodies();
    await live(start + 54 * hour);
    expect((await shop.run(env, 'ci', 'reconcile', '2')).out).toContain('has the new text');
    expect(bodies()).toHaveLength(1);
    expect(bodies()[0]).not.toBe(first);
    expect(bodies()[0]?.match(/<details>/g)).toHaveLength(1);
  });

  it('has no pull request to write to where the commit came without one', async () => {
    github.merged.clear();
    expect((await shop.run(env, 'ci', 'reconcile')).out).toContain('No pull request has brought this commit');
    github.merged.set(commit, 12);
  });

  it('names a number that is none', async () => {
    const { code, err } = await shop.run(env, 'ci', 'reconcile', 'plan.json');
    expect(code).toBe(1);
    expect(err).toContain('"plan.json" is no number of a deployment');
  });
});

describe('a comment with what came of the forecast', () => {
  const mark = '<!-- kaskad-plan x -->';
  const plan = `**Next 7 days: …**\n\nthe rest ${'x'.repeat(900)}\n\n${mark}`;

  it('keeps the plan while there is room, then its first sentence, then fewer lines', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `line ${i}`);
    expect(withSince(plan, 'title', lines, mark, 5000)).toContain('the rest');
    const less = withSince(plan, 'title', lines, mark, 1000);
    expect(less).not.toContain('the rest');
    expect(less).toContain('line 59');
    const least = withSince(plan, 'title', lines, mark, 400);
    expect(least.length).toBeLessThanOrEqual(400);
    expect(least).toMatch(/^\*\*Next 7 days[\s\S]*line 3[\s\S]*<!-- kaskad-plan x -->$/);
  });
});

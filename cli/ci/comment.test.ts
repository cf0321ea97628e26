import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { writePlan } from '../../engine/plan/check-plan.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { digest } from '../../engine/program/hash.ts';
import { GithubServer } from '../../test/forges/github.ts';
import { Shop } from './ci.fixture.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const [first, second] = ['a'.repeat(40), 'b'.repeat(40)];
const bot = { login: 'github-actions[bot]', type: 'Bot' as const };
const anna = { login: 'anna', type: 'User' as const };
let shop: Shop;
let plan: Plan;
let github: GithubServer;

/** A plan, a longer one of many new campaigns, and the one of another day. */
beforeAll(async () => {
  shop = await Shop.open();
  expect(await shop.run({}, 'ci', 'plan', '--base', 'main')).toMatchObject({ code: 0 });
  plan = JSON.parse(await shop.text('plan/plan.json'));
  expect(await shop.run({}, 'ci', 'plan', '--base', 'HEAD', '--out', 'plan-none')).toMatchObject({ code: 0 });
  const names = Array.from({ length: 300 }, (_, i) => `offer-${i}`);
  const title = 'A title that takes some room. '.repeat(5).trim();
  const campaigns = names.map(
    (name) =>
      `  ${name}:\n    title: ${title}\n    on: { launch: manual }\n    steps: [send: { email: welcome/offer }]\n`,
  );
  await shop.write('campaigns/many.crm.yaml', `campaigns:\n${campaigns.join('')}`);
  expect(await shop.run({}, 'ci', 'plan', '--base', 'main', '--out', 'plan-many')).toMatchObject({ code: 0 });
});
afterAll(() => rm(shop.root, { recursive: true }));

beforeEach(async () => {
  github = new GithubServer();
  await github.start();
  github.openPull(12, first);
});
afterEach(() => github.stop());

const side = (repository: string, sha: string) => ({ sha, repo: { full_name: repository } });

/** The variables of a job for the pull request 12, whose newest commit was `sha` when it began. */
async function job(sha = first, repository = 'shop/crm', GITHUB_TOKEN = 'job-token'): Promise<Record<string, string>> {
  const pull = { number: 12, head: side(repository, sha), base: side('shop/crm', 'f'.repeat(40)) };
  const event = await shop.write('event.json', JSON.stringify({ pull_request: pull }));
  return {
    ...{ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'shop/crm', GITHUB_API_URL: github.url },
    ...{ GITHUB_EVENT_PATH: event, GITHUB_TOKEN },
  };
}

const comment = async (env: Record<string, string>, ...words: string[]) => shop.run(env, 'ci', 'comment', ...words);
const bodies = () => github.comments.map(({ body }) => body);
const create = 'POST /repos/shop/crm/issues/12/comments';

describe('crm ci comment on GitHub', () => {
  it('writes one comment, leaves it alone while its text stays, and gives it a new text', async () => {
    const env = await job();
    expect(await comment(env)).toMatchObject({ code: 0, out: 'The comment is written.\n' });
    expect(bodies()).toEqual([
      expect.stringMatching(/^\*\*.* days.*\*\*\n[\s\S]*\n\n<!-- kaskad-plan [0-9a-f]{12} -->$/),
    ]);
    expect(bodies()[0]).toContain((await shop.text('plan/plan.md')).trim());
    github.calls.length = 0;
    expect((await comment(env)).out).toContain('nothing was written');
    expect(github.writes).toEqual([]);
    expect((await comment(env, 'plan-none/plan.json')).out).toContain('has the new text');
    expect(github.writes).toEqual(['PATCH /repos/shop/crm/issues/comments/1']);
    expect(bodies()).toEqual([expect.stringContaining('Nothing to change.')]);
  });

  it('is in the language of the job', async () => {
    expect(await comment({ ...(await job()), CRM_LANG: 'ru' }, '--status')).toMatchObject({ code: 0 });
    expect(bodies()).toEqual([expect.stringMatching(/^\*\*[^a-z]*дн[\s\S]*План/)]);
  });

  it('has one for each environment', async () => {
    const env = await job();
    await writePlanFile('plan/production.json', { ...plan, environment: 'production' });
    await comment(env);
    await comment(env, 'plan/production.json');
    expect(bodies()).toHaveLength(2);
    expect((await comment(env)).out).toContain('nothing was written');
  });

  it('finds its comment behind many others, and none of somebody else who has copied its mark', async () => {
    await comment(await job());
    const [own = ''] = bodies();
    github.comments = [];
    for (let i = 0; i < 230; i++) github.comment(12, `comment ${i}`, anna);
    github.comment(12, `I say: ${own}`, anna);
    const id = github.comment(12, `before\n\n${own.slice(own.lastIndexOf('<!--'))}`, bot);
    github.calls.length = 0;
    expect((await comment(await job())).out).toContain('has the new text');
    expect(github.writes).toEqual([`PATCH /repos/shop/crm/issues/comments/${id}`]);
    expect(github.calls.filter(({ path }) => path.endsWith('/12/comments'))).toHaveLength(3);
  });

  it('writes as the person whose token it is, and knows the own comments by that', async () => {
    const env = await job(first, 'shop/crm', 'anna-token');
    await comment(env);
    github.comment(12, bodies()[0] ?? '', bot);
    const quoted = (bodies()[0] ?? '').replaceAll(/^/gm, '> ');
    for (const body of [quoted, `${quoted}\n\nIs that so?`]) github.comment(12, body, anna);
    expect((await comment(env)).out).toContain('nothing was written');
  });

  it('creates it anew where it is deleted between finding and writing', async () => {
    await comment(await job());
    github.faults.push({ method: 'PATCH', first: () => (github.comments = []) });
    expect((await comment(await job(), 'plan-none/plan.json')).out).toContain('is written');
    expect(bodies()).toEqual([expect.stringContaining('Nothing to change.')]);
  });

  it('leaves one comment of two jobs at once', async () => {
    const env = await job();
    const outcomes = await Promise.all([comment(env), comment(env), comment(env)]);
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(bodies()).toHaveLength(1);
  });

  it('gives up its own comment where another job was quicker', async () => {
    const env = await job();
    await comment(env, 'plan-none/plan.json');
    const [earlier = ''] = bodies();
    github.comments = [];
    github.faults.push({ method: 'POST', first: () => void github.comment(12, earlier, bot) });
    expect((await comment(env)).out).toContain('has the new text');
    expect(github.comments).toMatchObject([{ id: 2, body: expect.stringContaining('campaign') }]);
  });

  it('makes the text shorter where the service finds it too long', async () => {
    const { code, err } = await comment(await job(), 'plan-many/plan.json', '--budget', '200000');
    expect(code, err).toBe(0);
    const sent = github.calls.filter(({ method }) => method === 'POST').map(({ body }) => String(body.body).length);
    expect(sent).toHaveLength(3);
    expect(sent[0]).toBeGreaterThan(65_536);
    const [body = ''] = bodies();
    expect(body.length).toBeLessThanOrEqual(50_000);
    expect(body).toMatch(/left out here: [\s\S]*Once merged: .*\n\n<!-- kaskad-plan/);
  });

  it('waits as long as the service asks', async () => {
    const limit = {
      status: 403,
      body: { message: 'You have exceeded a secondary rate limit.' },
      headers: { 'retry-after': '1' },
    };
    github.faults.push({ method: 'POST', reply: limit }, { method: 'GET', reply: { ...limit, status: 429 } });
    const begun = performance.now();
    expect(await comment(await job())).toMatchObject({ code: 0 });
    expect(performance.now() - begun).toBeGreaterThan(1900);
    expect(bodies()).toHaveLength(1);
  });

  it('does not wait for an hour', async () => {
    const reset = String(Math.floor(Date.UTC(2026, 2, 7, 10, 50) / 1000));
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    github.faults.push({
      method: 'GET',
      reply: { status: 403, body: { message: 'API rate limit exceeded' }, headers },
    });
    const { code, err } = await comment(await job());
    expect(code).toBe(1);
    expect(err).toContain('GitHub allows no more requests for now, and asks to wait 3000 s.');
  });

  it('writes no second comment where the answer to the first is lost', async () => {
    for (const reply of [undefined, { status: 502 }]) {
      github.comments = [];
      github.faults.push({ method: 'POST', first: 'carry-out', ...(reply && { reply }) });
      expect(await comment(await job())).toMatchObject({ code: 0 });
      expect(bodies()).toHaveLength(1);
    }
  });

  it('tries again where the server is in trouble', async () => {
    github.faults.push({ method: 'GET', reply: { status: 503 } }, { method: 'POST', reply: { status: 500 } });
    expect(await comment(await job())).toMatchObject({ code: 0 });
    expect(bodies()).toHaveLength(1);
  });

  it('ends where nobody answers', async () => {
    const env = await job();
    await github.stop();
    const { code, err } = await comment(env);
    expect(code).toBe(1);
    expect(err).toMatch(/GitHub cannot be reached at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/);
    await github.start();
  });

  it.each([
    ['wrong-token', /does not accept the token \(401\)/],
    ['fork-token', /may not do this on GitHub \(403\)[\s\S]*pull-requests: write/],
    ['', /no token for GitHub: none of CRM_CI_TOKEN, GITHUB_TOKEN, GH_TOKEN is set[\s\S]*\$\{\{ github\.token \}\}/],
  ])('names what is wrong with the token %s', async (token, words) => {
    const { code, err } = await comment(await job(first, 'shop/crm', token));
    expect(code).toBe(1);
    expect(err).toMatch(words);
  });

  it('names a pull request that is not there', async () => {
    const { code, err } = await comment(await job(), '--pull', '13');
    expect(code).toBe(1);
    expect(err).toContain('has no such repository or pull request, or the token may not see it (404)');
  });

  it.each(['fork-token', ''])('leaves the text with the job of a fork, whose token is "%s"', async (token) => {
    await rm(join(shop.root, 'plan/plan.md'));
    const { code, out } = await comment(await job(first, 'mallory/crm', token));
    expect(code).toBe(0);
    expect(out).toContain('This job is of a fork, which may not write a comment. Its text is in plan/plan.md.');
    expect(await shop.text('plan/plan.md')).toContain('campaign');
    expect(bodies()).toEqual([]);
  });

  it('writes nothing for a commit that is no longer the newest', async () => {
    const { code, out } = await comment(await job(second));
    expect(code).toBe(0);
    expect(out).toContain('The pull request has a newer commit');
    expect(github.writes).toEqual([]);
  });

  it('finds the pull request of a fork in a second workflow by its branch and commit', async () => {
    github.openPull(13, second, 'mallory', 'offer');
    github.openPull(14, first, 'mallory', 'offer');
    const head = { head_sha: second, head_branch: 'offer', head_repository: { owner: { login: 'mallory' } } };
    const env = await job();
    await shop.write('event.json', JSON.stringify({ workflow_run: { ...head, pull_requests: [] } }));
    expect(await comment(env)).toMatchObject({ code: 0 });
    expect(github.comments).toMatchObject([{ issue: 13 }]);
    await shop.write('event.json', JSON.stringify({ workflow_run: { ...head, head_sha: 'c'.repeat(40) } }));
    expect((await comment(env)).out).toContain('nothing is written');
  });

  it('sets the status of the commit to the sentence of the plan', async () => {
    expect(await comment(await job(), '--status')).toMatchObject({ code: 0 });
    const name = JSON.parse((await shop.run({}, 'compile', '--json')).out).project.name;
    expect(github.statuses).toEqual([
      {
        sha: first,
        context: `kaskad/${name}`,
        state: 'success',
        description: expect.stringMatching(/^(In|Next) .* days/),
      },
    ]);
    const notice = { level: 'blocked' as const, address: 'x', message: 'a\nb', help: '@team' };
    await writePlanFile('plan/blocked.json', { ...plan, notices: [notice] });
    expect(await comment(await job(), 'plan/blocked.json', '--status')).toMatchObject({ code: 0 });
    expect(github.statuses.at(-1)).toMatchObject({ state: 'failure' });
  });

  it('says at its head what became of the pull request, once', async () => {
    const env = await job();
    expect((await comment(env, '--closed', 'merged')).out).toContain('no comment of this project');
    expect(github.writes).toEqual([]);
    await comment(env);
    const [before = ''] = bodies();
    expect(await comment(env, '--closed', 'closed')).toMatchObject({ code: 0 });
    expect(bodies()).toEqual([`> **Closed without being merged.** <!-- kaskad-closed -->\n\n${before}`]);
    github.calls.length = 0;
    expect((await comment(env, '--closed', 'closed')).out).toContain('nothing was written');
    expect(github.writes).toEqual([]);
    await comment(env, '--closed', 'merged');
    expect(bodies()).toEqual([expect.stringMatching(/^> \*\*Merged\. [^\n]*\n\n\*\*/)]);
    await comment(env);
    expect(bodies()).toEqual([before]);
  });

  it('says that the newest commit has no plan, also where its files have errors', async () => {
    const env = await job();
    await comment(env);
    const [before] = bodies();
    await shop.edit('crm.yaml', 'timezone:', 'timezon:');
    expect(await comment(env, '--failed')).toMatchObject({ code: 0 });
    expect(bodies()).toEqual([
      `> **The newest commit has no plan: its job failed. The plan below is that of an earlier commit.** <!-- kaskad-failed -->\n\n${before}`,
    ]);
    expect((await comment(await job(second), '--failed')).out).toContain('has a newer commit');
    await shop.edit('crm.yaml', 'timezon:', 'timezone:');
    await comment(await job());
    expect(bodies()).toEqual([before]);
  });

  it.each(['--failed', '--closed=closed'])('ends well with %s in the job of a fork', async (option) => {
    const { code, out } = await comment(await job(first, 'mallory/crm', ''), option);
    expect({ code, out }).toEqual({ code: 0, out: 'This job is of a fork, which may not write a comment.\n' });
  });

  it('is for jobs of pull requests', async () => {
    expect((await comment({})).err).toContain('no job of GitHub Actions or of GitLab CI');
    const env = await job();
    await shop.write('event.json', '{"ref":"refs/heads/main"}');
    expect((await comment(env)).err).toContain('--pull 12');
    expect((await comment({ ...env, GITHUB_API_URL: 'nowhere' }, '--pull', '12')).err).toContain('is not one: nowhere');
  });

  it('prints what happened for programs', async () => {
    expect(JSON.parse((await comment(await job(), '--json')).out)).toEqual({
      format: 1,
      type: 'comment',
      result: 'created',
    });
    expect(github.writes).toEqual([create]);
  });
});

/** Writes a plan as its maker would: with a hash that is right. */
async function writePlanFile(path: string, { planHash: _, ...body }: Plan): Promise<void> {
  await shop.write(path, writePlan({ ...body, planHash: digest(body) }));
}

describe('a plan from a fork', () => {
  const evil = '@team <img src=x> [a](https://evil.example) **b**';

  it.each<[string, (plan: Plan) => unknown]>([
    [
      'a text in place of a number',
      ({ effects }) => Object.assign(effects.forecast, { entries: [{ campaign: 'a', before: 1, after: evil }] }),
    ],
    ['a text in place of an action', ({ changes: [one] }) => Object.assign(one ?? {}, { action: evil })],
    ['a list in place of a text', ({ changes: [one] }) => Object.assign(one ?? {}, { name: [evil] })],
    ['no effects', (one) => Object.assign(one, { effects: null })],
    ['a document with errors', (one) => Object.assign(one, { document: [{ path: 'crm.yaml', text: 'nonsense: [' }] })],
    ['an object in place of a list', (one) => Object.assign(one, { changes: { length: 1 } })],
  ])('with %s shows nothing of that', async (_, spoil) => {
    const spoilt = structuredClone(plan);
    spoil(spoilt);
    await writePlanFile('plan/evil.json', spoilt);
    const { code, err } = await comment(await job(), 'plan/evil.json', '--status');
    expect(code === 0 || code === 3, err).toBe(true);
    if (code === 3) expect(err).toContain('not one that');
    for (const body of bodies())
      for (const word of ['@team', '<img', '](', 'https://']) expect(body).not.toContain(word);
  });

  it('shows names as they are', async () => {
    const spoilt = structuredClone(plan);
    for (const one of spoilt.changes)
      Object.assign(one, { title: `</summary>${evil}`, address: evil, because: [evil] });
    spoilt.notices = [
      { level: 'destructive', address: evil, message: `/merge\n/close ${evil}`, help: `\`\`\`\n${evil}` },
    ];
    await writePlanFile('plan/evil.json', spoilt);
    expect(await comment(await job(), 'plan/evil.json')).toMatchObject({ code: 0 });
    const [body = ''] = bodies();
    const outside = body.replaceAll(/^(`{3,})text\n[\s\S]*?^\1$/gm, '');
    for (const word of ['@team', '<img', 'https://']) expect(outside).not.toContain(word);
    // A title of a fold is HTML, where a link of Markdown is none.
    expect(outside.replaceAll(/^<details>.*/gm, '')).not.toMatch(/[^\\]\]\(/);
    expect(outside).not.toMatch(/^\//m);
  });

  it('that was edited, is no plan, or is too long is refused', async () => {
    const text = await shop.text('plan/plan.json');
    await shop.write('plan/evil.json', text.replace('"tz":"', '"tz":"x'));
    expect((await comment(await job(), 'plan/evil.json')).err).toContain('no longer matches its hash');
    await shop.write('plan/evil.json', 'echo');
    expect((await comment(await job(), 'plan/evil.json')).err).toContain('it is not JSON');
    await writeFile(join(shop.root, 'plan/evil.json'), Buffer.alloc(33 * 1024 * 1024, ' '));
    expect((await comment(await job(), 'plan/evil.json')).err).toContain('longer than 32 MiB');
    expect((await comment(await job(), 'plan')).err).toContain('cannot be read');
    expect((await comment(await job(), 'plan/none.json')).err).toContain('ENOENT');
    expect(github.writes).toEqual([]);
  });
});

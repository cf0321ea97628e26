import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { GitlabServer } from '../../test/forges/gitlab.ts';
import { Shop } from './ci.fixture.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const head = 'a'.repeat(40);
let shop: Shop;
let gitlab: GitlabServer;

beforeAll(async () => {
  shop = await Shop.open();
  expect(await shop.run({}, 'ci', 'plan', '--base', 'main')).toMatchObject({ code: 0 });
  expect(await shop.run({}, 'ci', 'plan', '--base', 'HEAD', '--out', 'plan-none')).toMatchObject({ code: 0 });
});
afterAll(() => rm(shop.root, { recursive: true }));

beforeEach(async () => {
  gitlab = new GitlabServer();
  await gitlab.start();
  gitlab.requests.push({ iid: 5, sha: head });
});
afterEach(() => gitlab.stop());

const job = (part: Record<string, string> = {}): Record<string, string> => ({
  ...{ GITLAB_CI: 'true', CI_API_V4_URL: gitlab.url, CI_PROJECT_ID: '7', CI_MERGE_REQUEST_PROJECT_ID: '7' },
  ...{ CI_MERGE_REQUEST_IID: '5', CI_COMMIT_SHA: head, GITLAB_TOKEN: 'bot-token', ...part },
});
const comment = (env: Record<string, string>, ...words: string[]) => shop.run(env, 'ci', 'comment', ...words);
const notes = '/projects/7/merge_requests/5/notes';

describe('crm ci comment on GitLab', () => {
  it('writes one note, leaves it alone while its text stays, gives it a new text, and closes it', async () => {
    expect(await comment(job())).toMatchObject({ code: 0, out: 'The comment is written.\n' });
    expect((await comment(job())).out).toContain('nothing was written');
    expect(gitlab.writes).toEqual([`POST ${notes}`]);
    expect((await comment(job(), 'plan-none/plan.json')).out).toContain('has the new text');
    await comment(job(), '--closed', 'merged');
    expect((await comment(job(), '--closed', 'merged')).out).toContain('nothing was written');
    expect(gitlab.writes.slice(1)).toEqual([`PUT ${notes}/901`, `PUT ${notes}/901`]);
    expect(gitlab.notes).toMatchObject([{ body: expect.stringMatching(/^> \*\*Merged\.[\s\S]*Nothing to change\./) }]);
  });

  it('finds its note behind many others, of which none is another’s or the system’s', async () => {
    await comment(job());
    const own = gitlab.notes[0]?.body ?? '';
    gitlab.notes = [];
    const [bot, other] = [
      { id: 50, username: 'project_7_bot' },
      { id: 8, username: 'anna' },
    ];
    for (let i = 0; i < 150; i++) gitlab.note(5, own, other);
    gitlab.note(5, own, bot, true);
    gitlab.note(5, own, bot);
    expect((await comment(job())).out).toContain('nothing was written');
  });

  it('takes no line of its text for a command', async () => {
    const { openGitlabPull } = await import('./gitlab.ts');
    const { Requests } = await import('./requests.ts');
    const signal = new AbortController().signal;
    const requests = new Requests({
      name: 'GitLab',
      url: gitlab.url,
      token: 'bot-token',
      headers: {},
      now: Date.now,
      signal,
    });
    await openGitlabPull(requests, '7', 5).create('a\n/merge\nb');
    expect(gitlab.notes).toMatchObject([{ body: 'a\n /merge\nb' }]);
  });

  it('sets the status of the commit, once', async () => {
    const pipeline = { CI_COMMIT_SHA: 'b'.repeat(40), CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: head };
    for (let i = 0; i < 2; i++) expect(await comment(job(pipeline), '--status')).toMatchObject({ code: 0 });
    expect(gitlab.statuses).toMatchObject([{ sha: head, state: 'success', name: expect.stringMatching(/^kaskad\//) }]);
  });

  it('writes nothing for a commit that is no longer the newest', async () => {
    expect((await comment(job({ CI_COMMIT_SHA: 'b'.repeat(40) }))).out).toContain('has a newer commit');
    expect(gitlab.writes).toEqual([]);
  });

  it('waits for a limit, and makes a text shorter that is too long', async () => {
    const reply = { status: 429, headers: { 'retry-after': '1' }, body: { message: '429 Too Many Requests' } };
    gitlab.faults.push({ method: 'POST', reply });
    const tooLong = { status: 400, body: { message: { note: ['is too long (maximum is 1000000 characters)'] } } };
    gitlab.faults.push({ method: 'POST', reply: tooLong });
    expect(await comment(job())).toMatchObject({ code: 0 });
    expect(gitlab.notes).toHaveLength(1);
  });

  it.each([
    ['wrong', /GitLab does not accept the token \(401\)/],
    ['reader-token', /may not do this on GitLab \(403\)[\s\S]*scope `api`/],
    ['', /no token for GitLab: none of CRM_CI_TOKEN, GITLAB_TOKEN is set/],
  ])('names what is wrong with the token %s', async (GITLAB_TOKEN, words) => {
    const { code, err } = await comment(job({ GITLAB_TOKEN }));
    expect(code).toBe(1);
    expect(err).toMatch(words);
  });

  it('leaves the text with the pipeline of a fork, which has no token', async () => {
    await rm(join(shop.root, 'plan/plan.md'));
    const { code, out } = await comment(job({ CI_PROJECT_ID: '8', GITLAB_TOKEN: '' }));
    expect(code).toBe(0);
    expect(out).toContain('Its text is in plan/plan.md.');
    expect(await shop.text('plan/plan.md')).toContain('campaign');
  });
});

import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { repository } from '../docs/pages.ts';
import { GithubServer } from '../forges/github.ts';
import { actionFaults } from './action-schema.ts';
import { type Action, type Machine, type Played, playJob, type Workflow } from './runner.ts';
import { filesIn, type ShippedShop, shippedShop } from './shop.ts';

// The workflows of docs/pull-requests.md are played on this repository's project, with the action, against a server of this process.

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const action = parse(await readFile(join(repository, 'action.yml'), 'utf8')) as Action;
const [onPull, onRun, onPush] = filesIn('docs/pull-requests.md', 'test/workflows plays it').map(
  (text) => parse(text) as Workflow,
) as [Workflow, Workflow, Workflow];
const campaign = 'campaigns/review.crm.yaml';

let shop: ShippedShop;
let github: GithubServer;
beforeAll(async () => {
  shop = await shippedShop();
  // A small sample: the plan of the whole shop takes a while.
  for (const step of [...(onPull.jobs.plan?.steps ?? []), ...(onPush.jobs.apply?.steps.slice(0, 3) ?? [])])
    if (step.uses === 'kaskad/kaskad@v0') step.with = { ...step.with, sample: 200 };
  shop.git('checkout', '--quiet', '-b', 'change');
  await change('1 day', '2 days');
});
afterAll(() => rm(shop.parent, { recursive: true }));
beforeEach(async () => {
  github = new GithubServer();
  await github.start();
});
afterEach(() => github.stop());

async function change(from: string, to: string): Promise<void> {
  await shop.edit(campaign, from, to);
  shop.git('commit', '--quiet', '-am', `${to} instead of ${from}`);
}

const tokens = ['job-token', 'fork-token'];

/** Plays a job of a workflow for an event. */
async function play(
  workflow: Workflow,
  job: string,
  event: Record<string, unknown>,
  { token = 'job-token', folder = shop.root, env = {} as Record<string, string>, kind = '' } = {},
): Promise<Played | undefined> {
  const path = join(shop.parent, 'event.json');
  await writeFile(path, JSON.stringify(event));
  const machine: Machine = {
    folder,
    env: {
      ...{ PATH: shop.path, HOME: shop.parent, LANG: 'C.UTF-8', GITHUB_ACTOR: 'anna', GITHUB_REPOSITORY: 'shop/crm' },
      ...{ GITHUB_API_URL: github.url, GITHUB_EVENT_PATH: path, ...env },
    },
    github: { event, token, event_name: kind || (event.workflow_run ? 'workflow_run' : 'pull_request') },
    actions: { 'kaskad/kaskad': action },
    home: repository,
  };
  const played = await playJob(workflow, job, machine);
  for (const one of tokens) expect(JSON.stringify(played) ?? '').not.toContain(one);
  return played;
}

/** The event of a pull request, from a repository. */
function pull(kind: string, from = 'shop/crm', merged = false) {
  const head = { sha: shop.git('rev-parse', 'HEAD'), repo: { full_name: from } };
  return { action: kind, pull_request: { number: 12, merged, head, base: { repo: { full_name: 'shop/crm' } } } };
}
const onMain = { GITHUB_BASE_REF: 'main' };
const bodies = () => github.comments.map(({ body }) => body);

describe('action.yml', () => {
  it('is an action by the schema of GitHub', () => {
    expect(actionFaults(action)).toEqual([]);
    const [step] = action.runs.steps;
    const without = { ...action, runs: { using: 'composite', steps: [{ ...step, shell: undefined, shll: 'bash' }] } };
    expect(actionFaults(without)).not.toEqual([]);
    expect(actionFaults({ ...action, colour: 'red' })).toEqual(['action has an unknown colour']);
  });

  it('lets no input become code', () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
  });

  it('has a description of each input and output', () => {
    for (const one of [...Object.values(action.inputs), ...Object.values(action.outputs)])
      expect(one).toMatchObject({ description: expect.stringMatching(/\S{3}/) });
  });
});

describe('the workflows of the page', () => {
  it('write the comment, give it a new text, leave it alone, and close it', async () => {
    github.openPull(12, shop.git('rev-parse', 'HEAD'));
    const first = await play(onPull, 'plan', pull('opened'), { env: onMain });
    expect(first?.ok, first?.log).toBe(true);
    expect(bodies()).toEqual([expect.stringContaining('campaign review')]);
    expect(first?.summary).toContain('campaign review');
    expect(first?.outputs['3']).toMatchObject({
      'has-changes': 'true',
      'plan-hash': expect.stringMatching(/^[0-9a-f]+$/),
    });
    expect(github.statuses).toMatchObject([{ state: 'success', context: 'kaskad/kaskad-shop' }]);

    await change('2 days', '3 days');
    Object.assign(github.pulls[0]?.head ?? {}, { sha: shop.git('rev-parse', 'HEAD') });
    const [before] = bodies();
    expect(await play(onPull, 'plan', pull('synchronize'), { env: onMain })).toMatchObject({ ok: true });
    expect(bodies()).toEqual([expect.stringContaining('3 days')]);
    expect(bodies()[0]).not.toBe(before);

    github.calls.length = 0;
    expect(await play(onPull, 'closed', pull('synchronize'))).toBeUndefined();
    const comment: Workflow = {
      jobs: { again: { steps: [{ uses: 'kaskad/kaskad@v0', with: { command: 'comment', status: false } }] } },
    };
    expect(await play(comment, 'again', pull('synchronize'))).toMatchObject({ ok: true });
    expect(github.writes).toEqual([]);

    expect(await play(onPull, 'closed', pull('closed', 'shop/crm', true))).toMatchObject({ ok: true });
    expect(bodies()).toEqual([expect.stringMatching(/^> \*\*Merged\./)]);
    expect(await play(onPull, 'plan', pull('closed'))).toBeUndefined();
  });

  it('show the plan of a fork by a second workflow, which has nothing of the fork but its plan', async () => {
    const sha = shop.git('rev-parse', 'HEAD');
    github.openPull(12, sha, 'mallory');
    const first = await play(onPull, 'plan', pull('opened', 'mallory/crm'), { token: 'fork-token', env: onMain });
    expect(first?.ok, first?.log).toBe(true);
    expect(first?.log).toContain('This job is of a fork');
    expect(bodies()).toEqual([]);
    const empty = join(shop.parent, 'second');
    await mkdir(empty);
    await cp(join(shop.root, 'plan'), join(empty, 'plan'), { recursive: true });
    await writeFile(join(empty, 'plan/plan.md'), 'I am not what a plan says.');
    const head = { head_sha: sha, head_branch: 'change', head_repository: { owner: { login: 'mallory' } } };
    const event = { workflow_run: { ...head, id: 1, event: 'pull_request', conclusion: 'success', pull_requests: [] } };
    const second = await play(onRun, 'comment', event, { folder: empty });
    expect(second?.ok, second?.log).toBe(true);
    expect(bodies()).toEqual([expect.stringContaining('campaign review')]);
    expect(bodies()[0]).not.toContain('I am not');
    const failed = { workflow_run: { ...event.workflow_run, conclusion: 'failure' } };
    expect(await play(onRun, 'comment', failed)).toBeUndefined();
    const closed = pull('closed', 'mallory/crm');
    expect(await play(onRun, 'closed', closed, { kind: 'pull_request_target' })).toMatchObject({ ok: true });
    expect(bodies()).toEqual([expect.stringMatching(/^> \*\*Closed without being merged/)]);
  });

  it('say that the newest commit has no plan', async () => {
    const sha = shop.git('rev-parse', 'HEAD');
    github.openPull(12, sha);
    const comment: Workflow = {
      jobs: { now: { steps: [{ uses: 'kaskad/kaskad@v0', with: { command: 'comment' } }] } },
    };
    await play(comment, 'now', pull('opened'));
    await shop.edit(campaign, 'campaigns:', 'campaign:');
    expect(await play(onPull, 'plan', pull('synchronize'), { env: onMain })).toMatchObject({ ok: false });
    expect(bodies()).toEqual([expect.stringMatching(/^> \*\*The newest commit has no plan/)]);
    await shop.edit(campaign, 'campaign:', 'campaigns:');
  });

  it('apply a commit of the main branch, and say so under its pull request', async () => {
    const sha = shop.git('rev-parse', 'HEAD');
    github.openPull(12, sha);
    github.merged.set(sha, 12);
    const played = await play(onPush, 'apply', { ref: 'refs/heads/main' }, { env: { GITHUB_SHA: sha } });
    expect(played?.ok, played?.log).toBe(true);
    expect(played?.outputs['3']).toMatchObject({ applied: 'true', deployment: '1' });
    expect(bodies()).toEqual([expect.stringMatching(/^> \*\*Applied as deployment 1 at /)]);
    const daily: Workflow = {
      jobs: { since: { steps: [{ uses: 'kaskad/kaskad@v0', with: { command: 'reconcile' } }] } },
    };
    const since = await play(daily, 'since', { schedule: '0 6 * * *' });
    expect(since).toMatchObject({ ok: true, log: expect.stringContaining('forecast of deployment 1') });
  });
});

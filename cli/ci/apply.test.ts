import { execFileSync, spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GithubServer } from '../../test/forges/github.ts';
import { GitlabServer } from '../../test/forges/gitlab.ts';
import { campaign, Shop } from './ci.fixture.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const merge = 'd'.repeat(40);
let shop: Shop;
let github: GithubServer;

beforeEach(async () => {
  shop = await Shop.open();
  github = new GithubServer();
  await github.start();
  github.openPull(12, 'a'.repeat(40));
  github.merged.set(merge, 12);
});
afterEach(async () => {
  await github.stop();
  await rm(shop.root, { recursive: true });
});

/** The variables of a job for a commit on the main branch. */
async function job(GITHUB_TOKEN = 'job-token'): Promise<Record<string, string>> {
  return {
    ...{ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'shop/crm', GITHUB_API_URL: github.url, GITHUB_TOKEN },
    ...{ GITHUB_SHA: merge, GITHUB_ACTOR: 'anna', GITHUB_EVENT_PATH: await shop.write('event.json', '{"ref":"main"}') },
    ...{ GITHUB_STEP_SUMMARY: `${shop.root}/summary`, GITHUB_OUTPUT: `${shop.root}/outputs` },
  };
}

const ci = (env: Record<string, string>, ...words: string[]) => shop.run(env, 'ci', ...words);
const bodies = () => github.comments.map(({ body }) => body);
const deployments = async () => JSON.parse((await shop.run({}, 'history', '--json')).out).deployments;

describe('crm ci apply', () => {
  it('applies the reviewed plan of the store, and says so in summary, outputs and the comment of the merged pull request', async () => {
    expect(await ci({}, 'plan', '--live')).toMatchObject({ code: 0 });
    const { planHash } = JSON.parse(await shop.text('plan/plan.json'));
    await ci(await job(), 'comment', '--pull', '12');
    const { code, out, err } = await ci(await job(), 'apply', '--reviewed', planHash);
    expect(code, err).toBe(0);
    expect(out).toContain('Applied as deployment 1.');
    const said = 'Applied as deployment 1 at 2026-03-07 10:00.';
    expect(bodies()).toEqual([expect.stringMatching(`^> \\*\\*${said}\\*\\* <!-- kaskad-applied -->\n\n\\*\\*`)]);
    expect(await shop.text('summary')).toContain(`**${said}**`);
    expect(await shop.text('outputs')).toContain('applied=true\ndeployment=1\n');
    expect(await deployments()).toMatchObject([{ serial: 1, by: 'anna' }]);
  });

  it('applies no plan twice, and says that it did not', async () => {
    await ci({}, 'plan', '--live');
    await ci(await job(), 'apply');
    const { code, err } = await ci(await job(), 'apply');
    expect(code).toBe(3);
    expect(err).toContain('has been applied already');
    expect(bodies()).toEqual([
      expect.stringMatching(/^> \*\*Not applied: The plan has been applied already.*\*\* <!--/),
    ]);
    expect(bodies()[0]?.match(/kaskad-applied/g)).toHaveLength(1);
    expect(await shop.text('outputs')).toMatch(/applied=false\n$/);
    expect(await deployments()).toHaveLength(1);
  });

  it('applies what was reviewed against a commit, where the store has what the commit has', async () => {
    await shop.git('checkout', '--quiet', 'main');
    await shop.run({}, 'apply', '--auto-approve');
    await shop.git('checkout', '--quiet', 'change');
    await ci({}, 'plan', '--base', 'main');
    expect(await ci(await job(), 'apply')).toMatchObject({ code: 0 });
    expect(await deployments()).toHaveLength(2);
  });

  it('refuses what the review against a commit did not show', async () => {
    await ci({}, 'plan', '--base', 'main');
    const { code, err } = await ci(await job(), 'apply');
    expect(code).toBe(3);
    expect(err).toMatch(/would also change what the review did not show: [\s\S]*--live/);
    expect((await shop.run({}, 'status')).code).toBe(1);
  });

  it('refuses a text that was not reviewed', async () => {
    await shop.git('checkout', '--quiet', 'main');
    await shop.run({}, 'apply', '--auto-approve');
    await shop.git('checkout', '--quiet', 'change');
    await ci({}, 'plan', '--base', 'main');
    await shop.edit(campaign, '2 days', '3 days');
    const { code, err } = await ci(await job(), 'apply');
    expect(code).toBe(3);
    expect(err).toContain('The project is not the one that was reviewed');
    expect(await deployments()).toHaveLength(1);
  });

  it('refuses a plan with another hash than the reviewed one', async () => {
    await ci({}, 'plan', '--live');
    const { code, err } = await ci(await job(), 'apply', '--reviewed', 'abc');
    expect(code).toBe(3);
    expect(err).toContain('and the reviewed one has abc');
    expect((await shop.run({}, 'status')).code).toBe(1);
  });

  it('has applied also where the comment cannot be written', async () => {
    await ci({}, 'plan', '--live');
    const { code, err } = await ci(await job('wrong-token'), 'apply');
    expect(code).toBe(0);
    expect(err).toContain('The comment does not say so: GitHub does not accept the token (401).');
    expect(await deployments()).toHaveLength(1);
    expect(github.writes).toEqual([]);
  });

  it('needs no pull request, and no service', async () => {
    await ci({}, 'plan', '--live');
    github.merged.clear();
    expect(await ci(await job(), 'apply')).toMatchObject({ code: 0 });
    expect(github.writes).toEqual([]);
    expect((await ci({}, 'apply')).err).toContain('has been applied already');
  });

  // OpenSSH signs the approvals; a machine without it cannot make any.
  it.skipIf(spawnSync('ssh-keygen', ['-?']).error !== undefined)(
    'applies what needs an approval once it has one, and says until then that it does not',
    async () => {
      const key = `${shop.root}/plan-key`;
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
      const approver = `ann@example.com ${(await shop.text('plan-key.pub')).split(' ').slice(0, 2).join(' ')}`;
      await shop.write(
        'campaigns/approvals.crm.yaml',
        `policies:\n  approvals: { required: 1, for: [always], approvers: ["${approver}"] }\n`,
      );
      await ci({}, 'plan', '--live');
      const { code, err } = await ci(await job(), 'apply');
      expect(code, err).toBe(3);
      expect(bodies()).toEqual([expect.stringMatching(/^> \*\*Not applied: The plan needs 1 approval and has none/)]);
      expect(await shop.run({}, 'approve', 'plan/plan.json', '--key', key, '--auto-approve')).toMatchObject({
        code: 0,
      });
      expect(await ci(await job(), 'apply')).toMatchObject({ code: 0 });
      expect(bodies()).toEqual([expect.stringMatching(/^> \*\*Applied as deployment 1/)]);
    },
  );

  it('finds the merge request of a commit on GitLab', async () => {
    const gitlab = new GitlabServer();
    await gitlab.start();
    gitlab.requests.push({ iid: 5, sha: 'a'.repeat(40) });
    gitlab.merged.set(merge, 5);
    const env = { GITLAB_CI: 'true', CI_API_V4_URL: gitlab.url, CI_PROJECT_ID: '7', CI_COMMIT_SHA: merge };
    await ci({}, 'plan', '--live');
    expect(await ci({ ...env, GITLAB_TOKEN: 'bot-token' }, 'apply')).toMatchObject({ code: 0 });
    expect(gitlab.notes).toMatchObject([{ iid: 5, body: expect.stringContaining('Applied as deployment 1') }]);
    await gitlab.stop();
  });
});

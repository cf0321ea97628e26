import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Shop } from './ci.fixture.ts';
import { withinBytes } from './report.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let shop: Shop;
let root: string;
const run = (env: Record<string, string>, ...words: string[]) => shop.run(env, ...words);
const git = (...words: string[]) => shop.git(...words);
const text = (path: string) => shop.text(path);

/** The target branch has moved on since; in the clone it is `origin/main` only. */
beforeAll(async () => {
  shop = await Shop.open();
  root = shop.root;
  await git('checkout', '--quiet', 'main');
  await git('branch', '--quiet', '-m', 'trunk');
  await shop.write(
    'campaigns/sale.crm.yaml',
    'campaigns:\n  sale:\n    on: { launch: manual }\n    steps: [send: { email: welcome/offer }]\n',
  );
  await shop.commit('on main');
  await git('update-ref', 'refs/remotes/origin/main', 'trunk');
  await git('checkout', '--quiet', 'change');
});
afterAll(() => rm(root, { recursive: true }));

describe('crm ci plan', () => {
  it('compares with where the branch left its target, and leaves the plan as files, summary and outputs', async () => {
    const [GITHUB_STEP_SUMMARY, GITHUB_OUTPUT] = [join(root, 'summary'), join(root, 'outputs')];
    const env = { GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: 'main', GITHUB_STEP_SUMMARY, GITHUB_OUTPUT };
    await writeFile(GITHUB_OUTPUT, 'before=1\n');
    const { code, out, err } = await run(env, 'ci', 'plan');
    expect(code, err).toBe(0);
    expect(out).toContain('Plan: 0 to add, 1 to change, 0 to remove');
    expect(err).toContain('The plan is in plan/plan.json; beside it, plan.html is its page');
    expect(await text('plan/plan.html')).toMatch(/^<!doctype html>/i);
    const plan = JSON.parse(await text('plan/plan.json'));
    expect(plan.against).toMatchObject({ name: 'origin/main...', commit: await git('rev-parse', 'trunk~1') });
    expect(plan.changes).toMatchObject([
      { address: 'campaign.welcome', origin: { file: 'campaigns/welcome.crm.yaml' } },
    ]);
    const comment = await text('plan/plan.md');
    expect(comment).toMatch(/^\*\*(Next 7 days|In 7 days of the data): /);
    expect(await text('summary')).toBe(`${comment}\n`);
    expect(await text('outputs')).toBe(
      `before=1\nhas-changes=true\nbreaking=false\napprovals-needed=0\nplan-hash=${plan.planHash}\n`,
    );
    expect((await stat(join(root, 'plan/plan.json'))).mode & 0o777).toBe(0o600);
  });

  it('annotates the lines that change, for each service', async () => {
    const { code, out } = await run({ GITHUB_ACTIONS: 'true' }, 'ci', 'plan', '--base', 'trunk~1', '--annotate');
    expect(code).toBe(0);
    expect(out).toMatch(/^::(notice|warning|error) file=campaigns\/welcome\.crm\.yaml,line=\d+/m);
    expect(await run({ GITLAB_CI: 'true' }, 'ci', 'plan', '--base', 'trunk~1', '--annotate')).toMatchObject({
      code: 0,
    });
    const found = JSON.parse(await text('plan/annotations.json'));
    expect(found).toMatchObject([{ location: { path: 'campaigns/welcome.crm.yaml' } }]);
  });

  it('says that it annotates nothing outside of a job of a service', async () => {
    const { code, out, err } = await run({}, 'ci', 'plan', '--base', 'trunk~1', '--annotate', '--out', 'plan-4');
    expect(code).toBe(0);
    expect(out).not.toContain('::');
    expect(err).toContain('Nothing was annotated: this is no job of GitHub or GitLab.');
  });

  it('finds the base in a job of GitLab, whose clone has no target branch', async () => {
    const env = {
      GITLAB_CI: 'true',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'production',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: await git('rev-parse', 'trunk~1'),
    };
    const { code, err } = await run(env, 'ci', 'plan', '--out', 'plan-2', '--detailed-exitcode');
    expect(code, err).toBe(2);
    const { planHash } = JSON.parse(await text('plan-2/plan.json'));
    expect(await text('plan-2/plan.env')).toBe(
      `CRM_HAS_CHANGES=true\nCRM_BREAKING=false\nCRM_APPROVALS_NEEDED=0\nCRM_PLAN_HASH=${planHash}\n`,
    );
  });

  it('tells what is missing where the clone lacks the target branch', async () => {
    const { code, err } = await run({ GITHUB_BASE_REF: 'production' }, 'ci', 'plan');
    expect(code).toBe(1);
    expect(err).toMatch(/no commit `origin\/production`[\s\S]*fetch-depth: 0[\s\S]*git fetch origin production/);
  });

  it('has nothing to compare with outside of a pull request', async () => {
    const { code, err } = await run({}, 'ci', 'plan');
    expect(code).toBe(1);
    expect(err).toContain('crm ci plan --base main');
  });

  it('compares with what is applied if asked, and the plan can be applied', async () => {
    expect(await run({}, 'ci', 'plan', '--live', '--out', 'plan-3')).toMatchObject({ code: 0 });
    expect(await run({}, 'apply', 'plan-3/plan.json')).toMatchObject({ code: 0 });
  });
});

describe('a text within bytes', () => {
  /** As a plan: a text of Cyrillic letters that never gets shorter than its head. */
  const render = (budget: number) => 'Ж'.repeat(Math.max(10, Math.min(1_000_000, budget)));

  it.each([2_000_000, 1_999_999, 1_048_576, 501, 20])('of %d is the longest one', (bytes) => {
    const text = withinBytes(render, bytes) ?? '';
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes);
    expect(Buffer.byteLength(text)).toBeGreaterThan(bytes - 3);
  });

  it('is none where the shortest is too long', () => {
    expect(withinBytes(render, 19)).toBeUndefined();
    expect(withinBytes(render, 0)).toBeUndefined();
    expect(withinBytes(render, -5)).toBeUndefined();
  });
});

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Shop } from '../../cli/ci/ci.fixture.ts';
import { repository } from '../docs/pages.ts';
import { GitlabServer } from '../forges/gitlab.ts';
import { GitlabTemplate } from './gitlab.ts';
import { commandsIn } from './shop.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const template = new GitlabTemplate(await readFile(join(repository, 'gitlab/kaskad.gitlab-ci.yml'), 'utf8'));
const head = 'a'.repeat(40);
const gitlab = new GitlabServer();
let shop: Shop;
let common: Record<string, string>;

beforeAll(async () => {
  await gitlab.start();
  gitlab.requests.push({ iid: 5, sha: head });
  shop = await Shop.open();
  common = {
    ...{ PATH: await commandsIn(`${shop.root}-bin`), HOME: shop.root, LANG: 'C.UTF-8' },
    ...{ GITLAB_CI: 'true', CI_API_V4_URL: gitlab.url, CI_PROJECT_ID: '7', CI_DEFAULT_BRANCH: 'main' },
    ...{ GITLAB_TOKEN: 'bot-token', GITLAB_USER_LOGIN: 'anna' },
  };
});
afterAll(async () => {
  await gitlab.stop();
  for (const folder of [shop.root, `${shop.root}-bin`]) await rm(folder, { recursive: true });
});

describe('the template of GitLab', () => {
  it('has jobs of known stages, with what GitLab asks for', () => {
    expect([...template.jobs.keys()]).toEqual(['kaskad:plan', 'kaskad:plan-live', 'kaskad:apply', 'kaskad:reconcile']);
    for (const [name, job] of template.jobs) {
      expect(['build', 'test', 'deploy'], name).toContain(job.stage);
      expect(job, name).toMatchObject({
        image: expect.any(String),
        script: expect.arrayContaining([expect.any(String)]),
      });
      expect(
        (job.needs ?? []).filter((one) => !template.jobs.has(one)),
        name,
      ).toEqual([]);
    }
  });

  it('plans a merge request, writes the note, and applies after the merge what was planned', async () => {
    const request = {
      ...{ CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_IID: '5', CI_MERGE_REQUEST_PROJECT_ID: '7' },
      ...{ CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main', CI_COMMIT_SHA: head },
    };
    expect(template.pipeline({ ...common, ...request })).toEqual(['kaskad:plan']);
    const planned = await template.play('kaskad:plan', shop.root, { ...common, ...request });
    expect(planned.code, planned.log).toBe(0);
    expect(planned.left).toMatchObject({ CRM_HAS_CHANGES: 'true' });
    expect(gitlab.notes).toMatchObject([{ body: expect.stringContaining('campaign welcome') }]);
    expect(gitlab.statuses).toMatchObject([{ state: 'success' }]);

    const merged = 'd'.repeat(40);
    gitlab.merged.set(merged, 5);
    const main = { ...common, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main', CI_COMMIT_SHA: merged };
    expect(template.pipeline(main)).toEqual(['kaskad:plan-live', 'kaskad:apply']);
    const live = await template.play('kaskad:plan-live', shop.root, main);
    expect(live.code, live.log).toBe(0);
    expect(gitlab.notes).toMatchObject([{ body: expect.stringMatching(/^> \*\*Merged\./) }]);
    const applied = await template.play('kaskad:apply', shop.root, { ...main, ...live.left });
    expect(applied.code, applied.log).toBe(0);
    expect(gitlab.notes).toMatchObject([
      { body: expect.stringMatching(/^> \*\*Applied as deployment 1 at [\s\S]*> \*\*Merged\./) },
    ]);
    expect(template.pipeline({ ...common, CI_PIPELINE_SOURCE: 'schedule' })).toEqual(['kaskad:reconcile']);
    const since = await template.play('kaskad:reconcile', shop.root, main);
    expect(since).toMatchObject({ code: 0, log: expect.stringMatching(/deployment 1/i) });
    const stale = await template.play('kaskad:apply', shop.root, { ...main, CRM_PLAN_HASH: 'another' });
    expect(stale.code).toBe(3);
    for (const { log } of [planned, live, applied, stale]) expect(log).not.toContain('bot-token');
  });
});

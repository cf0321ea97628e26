import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

export const campaign = 'campaigns/welcome.crm.yaml';

/** A small shop in a repository of its own, on a branch that changes a campaign. */
export class Shop {
  readonly root: string;
  /** The instant of commands. */
  now = Date.UTC(2026, 2, 7, 10);

  constructor(root: string) {
    this.root = root;
  }

  static async open(): Promise<Shop> {
    const shop = new Shop(await mkdtemp(join(tmpdir(), 'kaskad-ci-')));
    await shop.run({}, 'init', '.', '--yaml', '--template', 'welcome');
    await shop.git('init', '--quiet', '--initial-branch', 'main');
    await writeFile(join(shop.root, '.git/info/exclude'), '/plan*\n/summary\n/outputs\n/event.json\n');
    await shop.commit('first');
    await shop.git('checkout', '--quiet', '-b', 'change');
    await shop.edit(campaign, '1 day', '2 days');
    await shop.commit('later');
    return shop;
  }

  /** Runs a command. No output of any may have a token. */
  async run(env: Record<string, string>, ...words: string[]) {
    // In a job, the service names the actor.
    const io = testIo(this.root, { env: { CRM_ACTOR: '', ...env }, now: () => this.now });
    const code = await crm(words, io);
    for (const [name, value] of Object.entries(env))
      if (name.endsWith('TOKEN') && value !== '') expect(io.said.out + io.said.err).not.toContain(value);
    return { code, ...io.said };
  }

  text(path: string): Promise<string> {
    return readFile(join(this.root, path), 'utf8');
  }

  async write(path: string, text: string): Promise<string> {
    await writeFile(join(this.root, path), text);
    return join(this.root, path);
  }

  async edit(path: string, from: string, to: string): Promise<void> {
    const text = await this.text(path);
    if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
    await this.write(path, text.replace(from, to));
  }

  async git(...words: string[]): Promise<string> {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
    return (await promisify(execFile)('git', [...who, ...words], { cwd: this.root })).stdout.trim();
  }

  async commit(message: string): Promise<void> {
    await this.git('add', '-A');
    await this.git('commit', '--quiet', '-m', message);
  }
}

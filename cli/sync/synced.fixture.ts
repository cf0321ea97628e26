import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gitIn } from '../../test/git-server.ts';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

export const project: Record<string, string> = {
  'crm.yaml': `project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 1 second, segments_refresh: 1 hour }
data:
  customers: { from: customers.csv, attributes: { name: string, email: email } }
  events: { registered: { from: registered.csv, fields: {} } }
  consent: consent.csv
channels:
  email: { transport: file, directory: out/email, from: Shop <shop@example.com>, unsubscribe: https://shop.example/u }
`,
  'campaigns/welcome.crm.yaml': `campaigns:
  welcome:
    on: { event: registered }
    steps: [{ send: { email: hello } }]
`,
  'templates/hello.email.hbs':
    '---\nsubject: Hello, {{customer.name}}!\n---\n<p>Hello!</p><a href="{{unsubscribe_url}}">No more</a>\n',
};

const data: Record<string, string> = {
  'customers.csv': 'id,name,email\n',
  'registered.csv': 'customer,at\n',
  'consent.csv': 'customer,channel,status,at\n',
};

/** A repository with the project, a clone in which somebody works, and a folder with data in which the project shall run. */
export class SyncedShop {
  readonly root: string;
  /** The clock of the commands. */
  now: () => number = Date.now;
  private readonly customers: string[] = [];

  private constructor(root: string) {
    this.root = root;
  }

  static async create(): Promise<SyncedShop> {
    const shop = new SyncedShop(await mkdtemp(join(tmpdir(), 'kaskad-sync-')));
    await mkdir(shop.server);
    await gitIn(shop.root, 'init', '--quiet', '--bare', join(shop.server, 'shop.git'));
    await gitIn(join(shop.server, 'shop.git'), 'config', 'receive.denyDeleteCurrent', 'ignore');
    await gitIn(shop.root, 'clone', '--quiet', join(shop.server, 'shop.git'), shop.clone);
    await gitIn(shop.clone, 'checkout', '--quiet', '-b', 'main');
    for (const [path, text] of Object.entries(data)) await put(join(shop.folder, path), text);
    await shop.commit(project);
    return shop;
  }

  /** The folder of the repositories. */
  get server(): string {
    return join(this.root, 'server');
  }

  get clone(): string {
    return join(this.root, 'clone');
  }

  /** The folder in which the project runs. */
  get folder(): string {
    return join(this.root, 'folder');
  }

  get url(): string {
    return `file://${join(this.server, 'shop.git')}#main`;
  }

  git(...words: string[]): Promise<string> {
    return gitIn(this.clone, ...words);
  }

  /** Commits files (null: removed), and pushes them. Returns the commit. */
  async commit(files: Record<string, string | null>, ...how: string[]): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      if (text === null) await rm(join(this.clone, path));
      else await put(join(this.clone, path), text);
    }
    await this.git('add', '-A');
    await this.git('commit', '--quiet', '--allow-empty', '-m', 'change', ...how);
    await this.git('push', '--quiet', '--force', 'origin', 'HEAD:refs/heads/main');
    return this.git('rev-parse', 'HEAD');
  }

  async crm(...words: string[]): Promise<{ code: number; out: string; err: string }> {
    const io = testIo(this.folder, { now: this.now });
    return { code: await crm(words, io), out: io.said.out, err: io.said.err };
  }

  async json(...words: string[]) {
    const { code, out, err } = await this.crm(...words, '--json');
    return { code, ...JSON.parse(out === '' ? err : out) };
  }

  /** Lets a customer register now, who consents. */
  async register(customer: string): Promise<void> {
    this.customers.push(customer);
    const at = new Date().toISOString();
    const rows = (row: (id: string) => string) => this.customers.map((id) => `${row(id)}\n`).join('');
    await put(
      join(this.folder, 'consent.csv'),
      `${data['consent.csv']}${rows((id) => `${id},email,granted,2026-01-01T00:00:00Z`)}`,
    );
    await put(
      join(this.folder, 'customers.csv'),
      `${data['customers.csv']}${rows((id) => `${id},${id},${id}@example.com`)}`,
    );
    const events = this.customers.map((id) => (this.times.get(id) ?? this.times.set(id, at).get(id)) as string);
    const lines = this.customers.map((id, i) => `${id},${events[i]}\n`).join('');
    await put(join(this.folder, 'registered.csv'), `${data['registered.csv']}${lines}`);
  }

  private readonly times = new Map<string, string>();

  /** The number of messages that have been written. */
  async sent(): Promise<number> {
    return (await readdir(join(this.folder, 'out/email')).catch(() => [])).length;
  }

  close(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

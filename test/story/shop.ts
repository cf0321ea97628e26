import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { crm } from '../../cli/crm.ts';
import { amount } from '../extent.ts';
import { testIo } from '../io.ts';

const run = promisify(execFile);
export const customers = amount(500, 10_000);
export const start = Date.UTC(2026, 2, 2);
export const hour = 3_600_000;

/** The parts of the welcome campaign that the story changes. */
export interface Welcome {
  shares?: [string, string];
  /** The step at which everybody stands while the campaign is changed. */
  rest: string;
  also?: string;
}

/** A shop in a git repository, whose commands are called at instants of its time. */
export class Shop {
  readonly root: string;
  now = start;

  constructor(root: string) {
    this.root = root;
  }

  async call(...words: string[]): Promise<{ code: number; out: string; err: string }> {
    const { root, now } = this;
    const env = { CRM_ACTOR: 'ci', HOME: root };
    const io = testIo(root, { now: () => now, env, view: { color: false, width: 100 } });
    const code = await crm(words, io);
    return { code, ...io.said };
  }

  /** Ticks every six hours until an instant, hours from the start. */
  async tick(until: number): Promise<void> {
    for (; this.now <= start + until * hour; this.now += 6 * hour) {
      const { code, err } = await this.call('tick');
      if (code !== 0) throw new Error(err);
    }
  }

  async git(...words: string[]): Promise<string> {
    const identity = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'commit.gpgsign=false'];
    return (await run('git', [...identity, ...words], { cwd: this.root })).stdout.trim();
  }

  async commit(title: string): Promise<void> {
    await this.git('add', '-A');
    await this.git('commit', '-qm', title);
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.root, path)), { recursive: true });
    await writeFile(join(this.root, path), text);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.root, path), 'utf8');
  }

  writeCare(wait: string): Promise<void> {
    return this.write(
      'campaigns/care.crm.yaml',
      `campaigns:
  care:
    on: { event: registered }
    steps: [{ id: pause, wait: ${wait} }, { id: care, send: { email: care } }]
`,
    );
  }

  /** `approver`: the line of somebody who may approve. */
  async writeProject(approver: string): Promise<void> {
    await this.write(
      'crm.yaml',
      `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 6 hours }
data:
  customers: { from: data/customers.csv, attributes: { name: { type: string, pii: true }, email: email, phone: phone } }
  events: { registered: { from: data/registered.csv, fields: {} } }
  consent: data/consent.csv
channels:
  email: { transport: file, directory: out/email, from: Shop <shop@example.com>, unsubscribe: "https://shop.example/u" }
  sms: { transport: file, directory: out/sms, price: 0.05 }
policies:
  approvals: { required: 1, for: [always], approvers: ["${approver}"] }
`,
    );
    const text = '---\nsubject: For {{customer.name}}\n---\n<a href="{{unsubscribe_url}}">No more</a>\n';
    for (const name of ['hello', 'gift', 'last', 'care']) await this.write(`templates/${name}.email.hbs`, text);
    await this.write('templates/nudge.sms.hbs', 'Hello, {{customer.name}}');
    await this.write('.gitignore', '.kaskad/\nout/\nplan.*\n*.json\n*.html\n*.csv\n!data/*.csv\nid_*\n.ssh\n');
  }

  writeWelcome({ shares: [plain, gift] = ['50%', '50%'], rest, also = '' }: Welcome): Promise<void> {
    return this.write(
      'campaigns/welcome.crm.yaml',
      `campaigns:
  welcome:
    on: { event: registered }
${also}    steps:
      - split:
          id: offer
          arms:
            plain: { share: ${plain}, steps: [{ id: hello, send: { email: hello } }] }
            gift: { share: ${gift}, steps: [{ id: hello-gift, send: { email: gift } }] }
${rest}      - { id: nudge, send: { sms: nudge } }
      - { id: quiet, wait: 1 day }
      - { id: last, send: { email: last } }
`,
    );
  }

  /** Everybody registers within the first 24 hours. */
  async writeData(): Promise<void> {
    const all = Array.from({ length: customers }, (_, i) => i);
    const line = (text: (i: number) => string) => all.map(text).join('\n');
    const phone = (i: number) => `+7916${String(1_000_000 + i)}`;
    await this.write(
      'data/customers.csv',
      `id,name,email,phone\n${line((i) => `c${i},Zarina ${i},private${i}@example.com,${phone(i)}`)}\n`,
    );
    const at = (i: number) => new Date(start + Math.floor((i * 24 * hour) / customers)).toISOString();
    await this.write('data/registered.csv', `id,customer,at\n${line((i) => `r${i},c${i},${at(i)}`)}\n`);
    const given = new Date(start - hour).toISOString();
    await this.write(
      'data/consent.csv',
      `customer,channel,status,at\n${line((i) => `c${i},email,granted,${given}\nc${i},sms,granted,${given}`)}\n`,
    );
  }
}

import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Crm, type Ended } from './process.ts';

/** The parts of a trial's project besides customers, consent and events. */
export interface ShopParts {
  channels: Record<string, object>;
  campaigns: Record<string, object>;
  policies?: object;
  /** Further keys of `data.customers`. */
  customers?: object;
  /** Further keys of `data`. */
  data?: object;
  project?: object;
}

const letter =
  '---\nsubject: Hello\n---\n<p>Hello, {{customer.name}}</p><p><a href="{{unsubscribe_url}}">No more</a></p>\n';

/** An e-mail channel over SMTP. */
export const mailChannel = (url: string, more: object = {}): object => ({
  ...{ kind: 'email', transport: 'smtp', url, from: 'Shop <shop@example.com>' },
  ...{ unsubscribe: 'https://shop.example/u', ...more },
});

/** A campaign which a registration begins and which sends one message. */
export const oneMessage = (channel: string, more: object = {}): object => ({
  on: { event: 'registered' },
  steps: [{ send: { [channel]: 'hello' } }],
  ...more,
});

/** A project's folder, and the commands run in it. Its files grow as a shop's exports do. */
export class Shop {
  readonly root: string;
  private readonly started: (crm: Crm) => void;

  constructor(root: string, started: (crm: Crm) => void) {
    this.root = root;
    this.started = started;
  }

  async write(parts: ShopParts): Promise<void> {
    const { project = {}, customers = {}, data = {}, ...rest } = parts;
    const fields = { name: 'string', email: 'email' };
    const all = {
      project: { name: 'trial', timezone: 'UTC', locale: 'en', currency: 'EUR', tick: '1 second', ...project },
      data: {
        customers: { from: 'customers.csv', attributes: fields, ...customers },
        events: {
          registered: { from: 'registered.csv', fields: {} },
          bought: { from: 'bought.csv', fields: { item: 'string', total: 'money' } },
        },
        consent: 'consent.csv',
        ...data,
      },
      ...rest,
    };
    await this.put('crm.yaml', JSON.stringify(all, undefined, 1));
    await this.put('templates/hello.email.hbs', letter);
  }

  /** The data files with nothing but their headers. */
  async empty(): Promise<void> {
    await this.put('customers.csv', 'id,name,email\n');
    await this.put('registered.csv', 'customer,at\n');
    await this.put('bought.csv', 'customer,at,item,total\n');
    await this.put('consent.csv', 'customer,channel,status,at\n');
  }

  async put(path: string, text: string | Buffer): Promise<void> {
    await mkdir(dirname(join(this.root, path)), { recursive: true });
    await writeFile(join(this.root, path), text);
  }

  append(path: string, text: string): Promise<void> {
    return appendFile(join(this.root, path), text);
  }

  /** New customers who may be written to on the channels, and register now. */
  async register(ids: string[], channels: string[] = ['email']): Promise<void> {
    const at = new Date().toISOString();
    const lines = (line: (id: string) => string) => ids.map((id) => `${line(id)}\n`).join('');
    await this.append(
      'consent.csv',
      lines((id) => channels.map((channel) => `${id},${channel},granted,${at}`).join('\n')),
    );
    await this.append(
      'customers.csv',
      lines((id) => `${id},Customer,${id}@example.com`),
    );
    await this.append(
      'registered.csv',
      lines((id) => `${id},${at}`),
    );
  }

  start(...words: string[]): Crm {
    return this.startWith({}, ...words);
  }

  startWith(env: Record<string, string>, ...words: string[]): Crm {
    const crm = new Crm(this.root, words, env);
    this.started(crm);
    return crm;
  }

  /** Runs a command to its end. */
  run(...words: string[]): Promise<Ended> {
    return this.start(...words).ended;
  }

  /** The same, of a command that must succeed. */
  async must(...words: string[]): Promise<string> {
    const { code, out, err } = await this.run(...words);
    if (code !== 0) throw new Error(`crm ${words.join(' ')} ended with ${code}:\n${out.slice(-2000)}${err}`);
    return out;
  }

  /** Returns the number of messages by status, as the commands show it. */
  async outbox(): Promise<Record<string, number>> {
    return JSON.parse(await this.must('status', '--json')).outbox;
  }
}

/** `c0`, `c1` … from a number on. */
export function customers(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, i) => `c${from + i}`);
}

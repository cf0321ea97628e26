import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crm } from '../crm.ts';
import type { Io } from '../io.ts';

const project = `# The shop.

project:
  name: shop
  timezone: UTC
  locale: en
  currency: EUR
data:
  customers: { attributes: { email: email, city: string } }
  events: { order_paid: { fields: { total: money } } }
channels:
  email: { transport: console }
`;
const campaign = `campaigns:
  # Whoever buys again.
  thanks:
    steps: [ { send: { email: hello } } ]   # At once.
    on: { when:   event.total>5,   event: order_paid }
`;
const tidyCampaign = `campaigns:
  # Whoever buys again.
  thanks:
    on: { event: order_paid, when: event.total > 5 }
    steps: # At once.
      - send: { email: hello }
`;

let root: string;
let told: { out: string; err: string };

const view = { color: false, width: 100 };
function run(...words: string[]): Promise<number> {
  told = { out: '', err: '' };
  const io: Io = {
    cwd: root,
    env: {},
    now: () => 0,
    tz: 'test',
    out: async (text) => {
      told.out += text;
    },
    err: (text) => {
      told.err += text;
    },
    view,
    errorView: view,
    terminal: { stdin: false, stdout: false, stderr: false },
    interrupted: () => new AbortController().signal,
  };
  return crm(words, io);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const all = () =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
    .sort();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'crm-surfaces-'));
  write('crm.yaml', project);
  write('campaigns/thanks.crm.yaml', campaign);
  write('templates/hello.email.hbs', '---\nsubject: Hello\n---\n<a href="{{unsubscribe_url}}">x</a>');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('crm fmt', () => {
  it('lists what would change, and changes nothing, with --check', async () => {
    expect(await run('fmt', '--check')).toBe(1);
    expect(told.out).toBe('campaigns/thanks.crm.yaml\ncrm.yaml\n');
    expect(read('campaigns/thanks.crm.yaml')).toBe(campaign);
  });

  it('changes files whole, and has nothing to do a second time', async () => {
    expect(await run('fmt')).toBe(0);
    expect(read('campaigns/thanks.crm.yaml')).toBe(tidyCampaign);
    expect(all()).toEqual(['campaigns/thanks.crm.yaml', 'crm.yaml', 'templates/hello.email.hbs']);
    expect(await run('fmt', '--check')).toBe(0);
    expect(told).toEqual({ out: '', err: 'All 2 files are in the canonical form.\n' });
  });

  it('takes files and folders, and refuses what is none', async () => {
    expect(await run('fmt', 'campaigns')).toBe(0);
    expect(read('crm.yaml')).toBe(project);
    expect(await run('fmt', 'templates')).toBe(1);
    expect(told.err).toContain('templates is no file or folder with resources');
  });

  it('reports files that it cannot parse, and formats the rest', async () => {
    write('broken.crm', 'segment x {\n  where city == "a"\n');
    expect(await run('fmt')).toBe(1);
    expect(told.err).toContain('This `{` is never closed');
    expect(read('broken.crm')).toBe('segment x {\n  where city == "a"\n');
    expect(read('campaigns/thanks.crm.yaml')).toBe(tidyCampaign);
  });
});

describe('crm convert', () => {
  it('writes one file in the DSL, and removes the old one', async () => {
    expect(await run('convert', 'campaigns/thanks.crm.yaml', '--to', 'dsl')).toBe(0);
    expect(told.out).toBe('campaigns/thanks.crm.yaml → campaigns/thanks.crm\n');
    expect(all()).toEqual(['campaigns/thanks.crm', 'crm.yaml', 'templates/hello.email.hbs']);
    expect(read('campaigns/thanks.crm')).toBe(`# Whoever buys again.
campaign thanks {
  on event order_paid when event.total > 5

  # At once.
  send email hello
}
`);
    expect(await run('validate')).toBe(0);
  });

  it('there and back is where it began', async () => {
    await run('fmt');
    const before = read('crm.yaml');
    expect(await run('convert', '--all', '--to', 'dsl')).toBe(0);
    expect(all()).toEqual(['campaigns/thanks.crm', 'project.crm', 'templates/hello.email.hbs']);
    expect(await run('validate')).toBe(0);
    expect(await run('convert', '--all', '--to', 'yaml')).toBe(0);
    expect(read('crm.yaml')).toBe(before);
    expect(await run('convert', '--all', '--to', 'yaml')).toBe(1);
    expect(told.err).toContain('All files are in YAML already');
  });

  it('changes nothing with --stdout', async () => {
    expect(await run('convert', 'crm.yaml', '--to', 'dsl', '--stdout')).toBe(0);
    expect(told.out).toMatch(/^# The shop\.\n\nproject shop \{\n/);
    expect(all()).toContain('crm.yaml');
  });

  it.each([
    [['--to', 'dsl'], 'Say which file'],
    [['crm.yaml', '--all', '--to', 'dsl'], 'Say which file'],
    [['crm.yaml', '--to', 'yaml'], 'crm.yaml is in YAML already'],
    [['nothing.crm', '--to', 'yaml'], 'no file or folder'],
    [['crm.yaml'], '--to'],
  ])('%j is refused', async (words, says) => {
    expect(await run('convert', ...words)).toBe(1);
    expect(told.err).toContain(says);
    expect(all()).toHaveLength(3);
  });

  it('leaves a project with faults alone', async () => {
    write('campaigns/thanks.crm.yaml', campaign.replace('hello', 'helo'));
    expect(await run('convert', '--all', '--to', 'dsl')).toBe(1);
    expect(told.err).toContain('There is no template `helo`');
    expect(all()).toHaveLength(3);
  });
});

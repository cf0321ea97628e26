import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

vi.setConfig({ testTimeout: 60_000 });

const files: Record<string, string> = {
  'crm.yaml': `
project: { name: shop, timezone: Europe/Moscow, locale: en, currency: EUR, tick: 15 minutes }
data:
  customers: { from: customers.csv, attributes: { name: string, email: email, phone: phone } }
  events: { cart_updated: { fields: { total: money } }, order_paid: { fields: { total: money } } }
channels:
  email: { transport: console, from: Shop <shop@example.com>, unsubscribe: https://shop.example/u }
  sms: { transport: console }
campaigns:
  cart:
    on: { event: cart_updated }
    exit: { event: order_paid }
    steps:
      - wait: 2 hours
      - split:
          id: offer
          arms:
            control: { share: 10% }
            plain: { share: 90%, steps: [{ send: { email: cart } }, { send: { sms: cart } }] }
  silent:
    on: { event: order_paid }
    steps: [{ send: { sms: cart } }]
`,
  'templates/cart.email.hbs':
    '---\nsubject: Your cart, {{default customer.name "friend"}}\n---\n<p>It waits: {{money event.total}} & more.</p><a href="{{unsubscribe_url}}">No more</a>',
  'templates/cart.sms.hbs': 'Your cart waits',
  'tests/cart.crm.yaml': `
tests:
  buyer:
    campaign: cart
    start: 2026-03-02T10:00:00+03:00
    customers: [{ id: anna, consent: [email, sms] }]
    events: [{ at: +0m, customer: anna, cart_updated: {} }, { at: +90m, customer: anna, order_paid: {} }]
    expect: { messages: [], exits: [{ customer: anna, reason: exit-event, at: +90m }] }
  reminder:
    title: Who waits is "reminded"
    campaign: cart
    start: 2026-03-02T10:00:00+03:00
    arms: { offer: plain }
    customers: [{ id: anna, name: Anna, email: anna@example.com, consent: [email] }]
    events: [{ at: +0m, customer: anna, cart_updated: { total: 300 } }]
    expect: { messages: [{ at: +2h, email: cart, contains: ["Your cart, Anna", "€300 & more"] }] }
`,
};

const wrong = `
tests:
  wrong:
    campaign: cart
    start: 2026-03-02T10:00:00+03:00
    arms: { offer: plain }
    customers: [{ id: anna, name: "<Anna>", email: anna@example.com, consent: [email] }]
    events: [{ at: +0m, customer: anna, cart_updated: { total: 300 } }]
    expect:
      messages: [{ at: +1h, email: cart, contains: [Bob] }, { customer: anna, sms: cart }]
      exits: []
`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-test-'));
  for (const [path, text] of Object.entries(files)) await put(path, text);
});
afterEach(() => rm(root, { recursive: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function run(...words: string[]) {
  const io = testIo(root);
  const code = await crm(['test', ...words], io);
  return { code, ...io.said };
}

/** Times differ from run to run. */
const timeless = (text: string) => text.replaceAll(/\d+\.\d+ s/g, 'N s').replaceAll(/https:[^)]*/g, 'URL');

describe('crm test', () => {
  it('reports success in few lines, without reading data', async () => {
    const { code, out, err } = await run();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(timeless(out)).toBe(
      '✓ cart 2 of 2 tests, 83% reached\n\n2 passed in N s; 71% of the steps and arms of 2 campaigns reached\n',
    );
  });

  it('shows a failed test as a timeline of expected and actual results', async () => {
    await put('tests/wrong.crm.yaml', wrong);
    const { code, out } = await run('wrong');
    expect(code).toBe(1);
    expect(timeless(out)).toBe(`✗ cart 0 of 1 test, 83% reached

✗ wrong  tests/wrong.crm.yaml:3
  cart, from 2026-03-02 10:00 (Europe/Moscow)
                  expected        actual
       +0m  anna  → cart_updated
    ≠  +2h  anna  email cart      email cart                              1 hour later than expected, says no "Bob"
    −       anna  sms cart                                                is missing
       +2h  anna                  sms cart, not sent: no consent for sms
    +  +2h  anna                  leaves: completed                       unexpected
  email cart to anna says:
  | Your cart, <Anna>
  | It waits: €300 & more.
  | No more (URL)

1 failed in N s; 83% of the steps and arms of 1 campaign reached
`);
  });

  it('names what ended a journey, if a test that expects messages fails', async () => {
    await put(
      'tests/wrong.crm.yaml',
      wrong
        .replace(/cart_updated: \{ total: 300 \} \}/, '$& , { at: +90m, customer: anna, order_paid: {} }')
        .replace(/ {6}exits: .*\n/, ''),
    );
    const { code, out } = await run('wrong');
    expect(code).toBe(1);
    expect(out).toMatch(/\n +\+1h ?30m +anna +leaves: exit-event, the exit event happened\n/);
  });

  it('lists what no test reaches, and fails below the required coverage', async () => {
    const listed = await run('--coverage', '-v');
    expect(listed.out).toContain('  ✓ buyer\n  ✓ reminder\n');
    expect(listed.out).toContain('\narm control of cart is never reached by a test\nwithout a test: silent\n');
    expect(await run('cart', '--min-coverage', '84')).toMatchObject({
      code: 1,
      err: 'cart: tests reach 83% of its steps and arms, less than 84%.\n',
    });
    expect(await run('cart', '--min-coverage', '83%')).toMatchObject({ code: 0, err: '' });
    expect(await run('--min-coverage', 'much')).toMatchObject({ code: 1, out: '' });
  });

  it('plays what is named: a test, a campaign, a file, a folder', async () => {
    await put('tests/wrong.crm.yaml', wrong);
    const counted = async (...words: string[]) => /(\d) passed/.exec((await run(...words)).out)?.[1];
    expect(await counted('buyer')).toBe('1');
    expect(await counted('cart')).toBe('2');
    expect(await counted('tests/cart.crm.yaml')).toBe('2');
    expect(await counted('tests', 'buyer')).toBe('2');
    expect(await run('remindre')).toEqual({
      code: 1,
      out: '',
      err: 'error "remindre" is no test, no campaign, and no file or folder with tests.\n  help: Did you mean `reminder`?\n',
    });
    expect(await run('silent')).toMatchObject({ code: 0, out: expect.stringContaining('There are no tests.') });
  });

  it('speaks JSON', async () => {
    await put('tests/wrong.crm.yaml', wrong);
    const { code, out } = await run('--json');
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(1);
    expect(lines.map(({ type, name, campaign, passed }) => [type, name ?? campaign, passed])).toEqual([
      ['test', 'buyer', true],
      ['test', 'reminder', true],
      ['test', 'wrong', false],
      ['coverage', 'cart', undefined],
      ['coverage', 'silent', undefined],
      ['summary', undefined, 2],
    ]);
    expect(lines[2]).toMatchObject({
      file: 'tests/wrong.crm.yaml',
      line: 3,
      start: '2026-03-02T07:00:00.000Z',
      messages: [
        { actual: { at: 7_200_000 }, differences: [{ in: 'time' }, { in: 'text', lacks: 'Bob' }] },
        { actual: null },
      ],
    });
    expect(lines[3].missed).toEqual([{ step: 'offer', kind: 'split', way: 'control', text: 'arm control' }]);
  });

  it('writes a JUnit report that the usual readers take', async () => {
    await put('tests/wrong.crm.yaml', wrong);
    expect((await run('--junit', 'report.xml')).code).toBe(1);
    const xml = await readFile(join(root, 'report.xml'), 'utf8');
    const suites = parse(xml);
    expect(suites).toMatchObject({ name: 'testsuites', attributes: { tests: '3', failures: '1', errors: '0' } });
    const [suite] = suites.children;
    expect(suite).toMatchObject({ name: 'testsuite', attributes: { name: 'cart', tests: '3', failures: '1' } });
    expect(suite?.children.map(({ attributes }) => [attributes.name, attributes.file, attributes.line])).toEqual([
      ['buyer', 'tests/cart.crm.yaml', '3'],
      ['reminder', 'tests/cart.crm.yaml', '9'],
      ['wrong', 'tests/wrong.crm.yaml', '3'],
    ]);
    const times = suite?.children.map(({ attributes }) => Number(attributes.time)) ?? [];
    expect(times.every((time) => time > 0 && time < 60)).toBe(true);
    expect(suite?.children[2]?.children).toMatchObject([
      { name: 'failure', attributes: { message: '1 missing, 1 unexpected, 1 different' } },
    ]);
    expect(suite?.children[2]?.children[0]?.text).toContain('| Your cart, <Anna>');
  });

  it('runs the tests that a change concerns again, reports mistakes, and ends with Ctrl-C', async () => {
    const io = testIo(root);
    const running = crm(['test', '--watch', '--json'], io);
    const runs = () => io.said.out.split('\n').filter((line) => line.includes('"summary"')).length;
    const said = (what: () => boolean) => vi.waitFor(() => expect(what()).toBe(true), { timeout: 20_000 });
    await said(() => runs() === 1);
    await put('tests/wrong.crm.yaml', wrong);
    await said(() => runs() === 2);
    expect(io.said.out).toContain('"name":"wrong"');
    await put('tests/wrong.crm.yaml', wrong.replace('campaign: cart', 'campaign: card'));
    await said(() => io.said.err.includes('card'));
    await put('report.xml', 'no part of the project');
    await put('tests/wrong.crm.yaml', '');
    await said(() => runs() === 3);
    io.stop.abort();
    expect(await running).toBe(0);
  });
});

interface Node {
  name: string;
  attributes: Record<string, string>;
  children: Node[];
  text: string;
}

const tag = /<(\/)?([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/)?>/y;

/** The part of XML that such reports are written in; throws for anything else. */
function parse(xml: string): Node {
  const body = xml.replace('<?xml version="1.0" encoding="UTF-8"?>\n', '');
  const top: Node = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const plain = (text: string) =>
    text.replaceAll(/&(lt|gt|quot|amp|#\d+);|[<>]|&/g, (all, entity: string | undefined) => {
      if (entity === undefined) throw new Error(`not escaped: ${all} in ${text}`);
      if (entity.startsWith('#')) return String.fromCharCode(Number(entity.slice(1)));
      return { lt: '<', gt: '>', quot: '"', amp: '&' }[entity] ?? '';
    });
  for (let at = 0; at < body.length; ) {
    const inside = open.at(-1) ?? top;
    tag.lastIndex = at;
    const found = tag.exec(body);
    if (!found) {
      const end = body.indexOf('<', at + 1);
      const until = end < 0 ? body.length : end;
      inside.text += plain(body.slice(at, until));
      at = until;
      continue;
    }
    const [whole, closing, name = '', list = '', empty] = found;
    at += whole.length;
    if (closing) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes something else`);
      continue;
    }
    const attributes = Object.fromEntries(
      [...list.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, plain(value)]),
    );
    const node = { name, attributes, children: [], text: '' };
    inside.children.push(node);
    if (!empty) open.push(node);
  }
  const [only] = top.children;
  if (open.length !== 1 || top.children.length !== 1 || !only) throw new Error('not one element');
  return only;
}

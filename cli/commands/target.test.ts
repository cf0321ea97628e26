import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = Date.UTC(2026, 2, 2, 12);
let root: string;

async function call(...words: string[]) {
  const io = testIo(root, { now: () => now, env: { CRM_ACTOR: 'ci' }, view: { color: false, width: 300 } });
  const code = await crm(words, io);
  return { code, ...io.said };
}

async function must(...words: string[]) {
  const said = await call(...words);
  expect(said.code, said.err).toBe(0);
  return said.out;
}

interface Shop {
  campaigns: Record<string, string>;
  segment?: string;
  field?: string;
  text?: string;
}

async function writeProject({
  campaigns,
  segment = 'count(paid) > 0',
  field = '',
  text = 'Hello',
}: Shop): Promise<void> {
  const list = Object.entries(campaigns).map(
    ([name, wait]) => `  ${name}:
    on: { event: paid }
    audience: in segment buyers
    steps: [{ wait: ${wait} }, { send: { sms: ${name} } }]`,
  );
  await writeFile(
    join(root, 'crm.yaml'),
    `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { attributes: { phone: phone } }
  events: { paid: { fields: { total: money${field} } } }
channels:
  sms: { transport: file, directory: out }
segments: { buyers: { where: ${segment} } }
campaigns:
${list.join('\n')}
`,
  );
  for (const name of ['cart', 'other', 'new']) await writeFile(join(root, `templates/${name}.sms.hbs`), '{{> hello}}');
  await writeFile(join(root, 'templates/partials/hello.hbs'), text);
}

const changes = async (...words: string[]): Promise<string[]> => {
  const plan = JSON.parse(await must('plan', '--json', ...words));
  return plan.changes.map(({ address, action }: Record<string, string>) => `${action} ${address}`);
};

const before = { campaigns: { cart: '1 day', other: '1 day' } };

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-target-'));
  await mkdir(join(root, 'templates/partials'), { recursive: true });
  await writeProject(before);
});
afterEach(() => rm(root, { recursive: true }));

describe('--target', () => {
  beforeEach(() => must('apply', '--auto-approve'));

  it('plans and applies one change, says what it leaves out, and leaves the rest for the next plan', async () => {
    await writeProject({ campaigns: { cart: '2 days', other: '3 days', new: '1 day' } });
    expect(await changes('--target', 'campaign.cart')).toEqual(['change campaign.cart']);
    const out = await must('plan', '--target', 'campaign.cart', '--out', 'plan.json');
    expect(out).toContain('This is a part of the changes (--target): campaign.cart.');
    expect(out).toContain('Left out, and stays as it is applied: campaign.new, campaign.other.');
    expect(await must('plan', '--target', 'campaign.cart', '--format', 'markdown')).toContain('Left out');
    await must('apply', 'plan.json');
    expect(await changes()).toEqual(['create campaign.new', 'change campaign.other']);
    await must('apply', '--auto-approve', '--target', 'campaign.new');
    expect(await changes()).toEqual(['change campaign.other']);
  });

  it('takes along what the target names and what changes too, through others as well', async () => {
    await writeProject({
      campaigns: { cart: '2 days', other: '3 days' },
      segment: 'sum(paid.total) > 5 and count(paid where paid.gift) > 0',
      field: ', gift: boolean',
      text: 'Hi',
    });
    const { part } = JSON.parse(await must('plan', '--json', '--target', 'campaign.cart'));
    expect(part).toEqual({
      targets: ['campaign.cart'],
      with: ['event.paid', 'partial.hello', 'segment.buyers'],
      without: ['campaign.other'],
    });
    // The other campaign means something else by the segment, and its own change is left out.
    expect(await changes('--target', 'campaign.cart')).toEqual(
      expect.arrayContaining(['change campaign.cart', 'change campaign.other', 'change segment.buyers']),
    );
    await must('apply', '--auto-approve', '--target', 'campaign.cart');
    expect(await changes()).toEqual(['change campaign.other']);
  });

  it('removes one campaign, and not a segment that others need', async () => {
    await writeProject({ campaigns: { new: '1 day' } });
    expect(await changes('--target', 'campaign.cart')).toEqual(['remove campaign.cart']);
    await must('apply', '--auto-approve', '--target', 'campaign.cart', '--allow', 'campaign.cart');
    expect(await changes()).toEqual(['create campaign.new', 'remove campaign.other']);
  });

  it('is nothing to do where the target does not change, and an error where there is none', async () => {
    await writeProject({ campaigns: { cart: '2 days', other: '1 day' } });
    expect(await changes('--target', 'campaign.other')).toEqual([]);
    expect(await call('plan', '--target', 'campaign.card')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Did you mean "campaign.cart"?'),
    });
    await must('plan', '--out', 'plan.json');
    expect(await call('apply', 'plan.json', '--target', 'campaign.cart')).toMatchObject({ code: 1 });
  });
});

it('--target is a first plan too: with everything that is no campaign', async () => {
  expect(await must('plan', '--target', 'campaign.cart')).toContain(
    'Left out, and stays as it is applied: campaign.other.',
  );
  await must('apply', '--auto-approve', '--target', 'campaign.cart');
  expect(await changes()).toEqual(['create campaign.other']);
});

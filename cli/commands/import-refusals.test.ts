import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { dataFiles } from '../../test/data-files.ts';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const folder = dataFiles('import-refusals');
const addresses = Array.from({ length: 20 }, (_, i) => `u${i}@shop.example\n`).join('');
const project = 'project: { name: shop, timezone: UTC, locale: en, currency: EUR }\n';

async function imported(path: string, text: string, ...words: string[]) {
  await folder.put(path, text);
  const io = testIo(folder.root, { view: { color: false, width: 1000 } });
  const code = await crm(['import', path, '--yes', ...words], io);
  return { code, ...io.said, declared: await readFile(join(folder.root, 'crm.yaml'), 'utf8') };
}

beforeEach(() => folder.put('crm.yaml', project));

it.each([
  'unsub.csv',
  'opt-outs.csv',
  'optout.csv',
  'отписались.csv',
  'stop-list.csv',
  'black list.csv',
  'do_not_email.csv',
  'жалобы.csv',
])('addresses in %s are no customers, and the import says how a row of refusals looks', async (path) => {
  const { code, out, declared } = await imported(path, `E-mail\n${addresses}`);
  expect(declared).toBe(project);
  expect(code).toBe(1);
  expect(out).toContain('it looks like suppressions, but no column is the channel, at, reason');
  expect(out).toContain('A row is such as customer,channel,reason,at: anna@shop.example,*,unsubscribed,2026-01-31');
});

it('a list of nothing but addresses is not taken for anything without --as', async () => {
  const { code, out, declared } = await imported('list.csv', `E-mail\n${addresses}`);
  expect({ code, declared }).toEqual({ code: 1, declared: project });
  expect(out).toContain('nothing tells what it holds');
});

it('a list of refusals without a header is not to be taken for customers', async () => {
  const { out, declared } = await imported('отписались.csv', addresses);
  expect(declared).toBe(project);
  expect(out).toContain('give it the header `customer,channel,reason,at`');
  expect(out).not.toContain('--as customers');
});

it('a list of refusals that is written so is imported', async () => {
  const rows = addresses.replaceAll('\n', ',*,unsubscribed,2026-01-31\n');
  const { code, declared } = await imported('unsub.csv', `customer,channel,reason,at\n${rows}`);
  expect(code).toBe(0);
  expect(declared).toMatch(/suppressions:[\s\S]*unsub\.csv/);
});

it.each([
  ['suppression', 'suppressions'],
  ['customer', 'customers'],
  ['consents', 'consent'],
])('--as %s is asked back', async (word, right) => {
  const { code, err, declared } = await imported('list.csv', `customer,at\n1,2026-01-31\n`, '--as', word);
  expect({ code, declared }).toEqual({ code: 1, declared: project });
  expect(err).toContain(`Did you mean ${right}?`);
});

it('a few years of two digits beside whole ones do not make texts of birthdays', async () => {
  const days = Array.from({ length: 60 }, (_, i) => `${i},u${i}@shop.example,${10 + (i % 18)}.05.19${50 + (i % 40)}\n`);
  const { out, declared } = await imported(
    'people.csv',
    `id,email,Birthday\n${days.join('')}99,z@shop.example,05.06.85\n`,
  );
  expect(declared).toMatch(/birthday:\s+type: date/);
  expect(declared).toMatch(/DD\.MM\.YYYY[\s\S]*DD\.MM\.YY\n/);
  expect(out).toContain('years of two digits are read as 1950 to 2049');
  expect(out).toContain('Nothing is lost');
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useLanguage } from '../../spec/words/language.ts';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 60_000 });

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-import-consent-'));
});
afterEach(async () => {
  useLanguage('en');
  await rm(root, { recursive: true });
});

const project = `project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data: { customers: { attributes: { email: email } } }
channels:
  email: { transport: file, directory: out, from: Shop <shop@shop.example>, price: 0 }
segments:
  agreed: { where: consent(email) }
`;

async function run(...words: string[]) {
  const io = testIo(root, { now: () => Date.UTC(2026, 0, 15, 9), view: { color: false, width: 1000 } });
  return { code: await crm(words, io), ...io.said };
}

/** Imports a file of customers with an id, an address and these columns; returns who has consented then, and the output. */
async function imported(header: string, cells: string[], ...words: string[]) {
  await writeFile(join(root, 'crm.yaml'), project);
  const rows = cells.map((cell, i) => `u${i + 1},u${i + 1}@shop.example,${cell}`);
  await writeFile(join(root, 'people.csv'), `id,email,${header}\n${rows.join('\n')}\n`);
  const { code, out } = await run('import', 'people.csv', '--yes', ...words);
  expect(code).toBe(0);
  const list = await run('segment', 'agreed', '--list');
  expect(list).toMatchObject({ code: 0 });
  return { out, agreed: list.out.match(/^u\d+/gm) ?? [], text: await readFile(join(root, 'crm.yaml'), 'utf8') };
}

describe('columns of customers about consent', () => {
  const words = ['Y', 'N', '1', 'Unknown', 'opt-in (double)', 'no thanks', 'opt-in', '0', 'не согласен', ''];

  it('give consent by the words that are clear, and name the others with what to write', async () => {
    const { out, agreed, text } = await imported('Subscribed', words);
    expect(agreed).toEqual(['u1', 'u3', 'u7']);
    expect(out).toContain(
      '"Subscribed": consent by "Y", "1", "opt-in", none by "N", "Unknown", "no thanks", "0" and 1 more or an empty cell',
    );
    expect(out).toContain(
      '"Subscribed": not understood, so no consent: "opt-in (double)"; write what such a word means under `values` of the file, as in `values: { "opt-in (double)": yes }`',
    );
    expect(text).toContain('email: Subscribed');
    // The reader loses the word that it does not understand.
    expect(out).toContain('1 value: status "xxx-xx (xxxxxx)"');
  });

  it('give consent by a word of which the meaning is declared then', async () => {
    const { text } = await imported('Subscribed', words);
    await writeFile(join(root, 'crm.yaml'), text.replace(/values:\n( +)/, '$&"opt-in (double)": yes\n$1'));
    expect((await run('segment', 'agreed', '--list')).out.match(/^u\d+/gm)).toEqual(['u1', 'u3', 'u5', 'u7']);
  });

  it('are attributes if no word is understood, and the report shows what to write', async () => {
    const { out, agreed, text } = await imported('Marketing', ['summer', 'winter', 'summer']);
    expect(agreed).toEqual([]);
    expect(out).toContain('"Marketing" seems to be about consent, but its words are not understood');
    expect(out).toContain('`consent: { email: "Marketing" }`');
    expect(text).toContain('marketing: string');
    expect(out).not.toContain('"summer"');
  });

  it('count once for a channel, and dates alone are no consent', async () => {
    const both = await imported('Newsletter,Accepts marketing', ['yes,no', 'no,yes']);
    expect(both.agreed).toEqual(['u1']);
    expect(both.out).toContain('"Accepts marketing" seems to be about consent to email too: only "Newsletter" counts');
    const dates = await imported('Consent date', ['2025-01-05', '']);
    expect(dates.agreed).toEqual([]);
    expect(dates.out).toContain('"Consent date" has dates of consent, but no column says yes or no');
  });
});

describe('columns of customers who have refused', () => {
  it.each([
    ['Unsubscribed At', ['yes,2026-01-05', 'yes,', 'no,', 'yes,2026-01-06']],
    ['Unsubscribe time', ['yes,2026-01-05 10:00:00', 'yes,0000-00-00', 'no,-', 'yes,2026-01-06 10:00:00']],
    ['Дата отписки', ['yes,05.01.2026 10:00', 'yes,', 'no,', 'yes,06.01.2026 11:00']],
    ['Unsubscribed', ['yes,Y', 'yes,N', 'no,N', 'yes,Y']],
    ['Отписан от рассылки', ['yes,Да', 'yes,Нет', 'no,Нет', 'yes,Да']],
    ['Email marketing opt-out', ['yes,1', 'yes,0', 'no,0', 'yes,1']],
    ['Не присылать рассылку', ['yes,да', 'yes,нет', 'no,нет', 'yes,да']],
  ])('%s is never a grant: who has a value there has no consent', async (column, cells) => {
    const { out, agreed, text } = await imported(`Subscribed,${column}`, cells);
    expect(agreed).toEqual(['u2']);
    expect(text).toMatch(/email:\s+column: Subscribed\s+refusal: /);
    expect(out).toMatch(/customers with a (yes|date) in it have no consent, whatever another column says/);
  });

  it.each(['Unsubscribed At', 'Отписан от рассылки', 'Email marketing opt-out'])(
    '%s by itself gives nobody consent, and the import says so',
    async (column) => {
      const { out, agreed } = await imported(column, column.endsWith('At') ? ['2026-01-05', ''] : ['yes', 'no']);
      expect(agreed).toEqual([]);
      expect(out).toContain(`"${column}" seems to say who has refused, but is not read so`);
      expect(out).toContain(`refusal: "${column}" } }\``);
    },
  );
});

it('is understood in Russian as in English, and reported in Russian', async () => {
  await writeFile(join(root, 'crm.yaml'), project);
  const rows = ['u1@shop.example,Y,2026-01-05', 'u2@shop.example,maybe,', 'u3@shop.example,N,'];
  await writeFile(join(root, 'people.csv'), `Email,Subscribed,Unsubscribed At\n${rows.join('\n')}\n`);
  const english = JSON.parse((await run('import', 'people.csv', '--json')).out);
  const { out } = await run('import', 'people.csv', '--lang', 'ru');
  expect(out).toContain('«Subscribed»: непонятно, поэтому согласия нет: «maybe»');
  expect(out).toContain('«Unsubscribed At»: у клиентов с датой в этом столбце согласия нет');
  const russian = JSON.parse((await run('import', 'people.csv', '--json', '--lang', 'ru')).out);
  expect(russian.changes).toEqual(english.changes);
});

import { describe, expect, it } from 'vitest';
import { readInstant, readPercent, readRate, readReentry, readTimeOfDay } from '../words/readings.ts';
import { scalarChecks } from './scalars.ts';

describe('texts with a meaning', () => {
  it('reads shares in hundredths of a percent', () => {
    expect(['45%', '12.5%', '33.33 %', '100%', '0%'].map(readPercent)).toEqual([4500, 1250, 3333, 10_000, 0]);
    for (const text of ['45', '101%', '-1%', '12.345%', '1e1%', '%', '100.01%'])
      expect(readPercent(text)).toBeUndefined();
  });

  it('reads times of day', () => {
    expect(['00:00', '9:30', '23:59'].map(readTimeOfDay)).toEqual([0, 570, 1439]);
    for (const text of ['24:00', '12:60', '12', '12:5', '-1:00']) expect(readTimeOfDay(text)).toBeUndefined();
  });

  it('reads instants, and no date that does not exist', () => {
    expect(readInstant('2026-03-02T00:00:00+03:00')).toBe(Date.UTC(2026, 2, 1, 21));
    expect(readInstant('2024-02-29T12:00Z')).toBe(Date.UTC(2024, 1, 29, 12));
    for (const text of ['2026-02-29T00:00:00Z', '2026-03-02', '2026-03-02T00:00:00', '2026-03-02T25:00:00Z']) {
      expect(readInstant(text), text).toBeUndefined();
    }
  });

  it('reads rates and re-entry', () => {
    expect(readRate('50 per second')).toBe(50);
    expect(readRate('90 per minute')).toBe(1.5);
    expect(readRate('0 per second')).toBeUndefined();
    expect(readReentry('after 7 days')).toEqual({ kind: 'after', ms: 7 * 86_400_000 });
    expect(readReentry('after 0 days')).toBeUndefined();
  });

  it.each([
    [
      'timezone',
      ['Europe/Moscow', 'UTC', 'America/Argentina/Buenos_Aires'],
      ['europe/moscow', 'MSK+3', '+03:00', 'Moscow'],
    ],
    ['locale', ['ru', 'en-GB', 'zh-Hant-TW'], ['ru_RU', 'russian language', '']],
    ['currency', ['RUB', 'EUR'], ['rub', 'RUR2', '€']],
    [
      'secretUrl',
      ['env:SMTP_URL', 'file:/run/x', 'smtp://host:25', 'smtps://user@host', 'https://crm.example/x'],
      ['smtp://u:p@host', 'https://u:p@host', 'ftp://x', 'env:'],
    ],
    [
      'secretUrl',
      ['smtp://host/?auth.user=shop', 'https://crm.example/x?campaign=monkey&page=2', 'smtp://host/?tls.servername=x'],
      [
        'smtp://host/?auth.pass=x',
        'https://crm.example/x?a=1&password=x',
        'https://crm.example/x?token=x',
        'https://crm.example/x?access_token=x',
        'https://crm.example/x?apikey=x',
        'https://crm.example/x?apiKey=x',
        'https://crm.example/x?X-Amz-Signature=x',
        'https://crm.example/x?client_secret=x',
        'https://crm.example/x#token=x',
        'smtps://host/?dkim.privateKey=x',
      ],
    ],
    [
      'storePlace',
      ['.kaskad/store.duckdb', '/var/lib/crm.duckdb', 'C:\\crm\\store.duckdb', 'd:/x', 'env:CRM_STORE', 'file:/run/x'],
      [
        'postgres://host/db',
        'postgresql://u:p@host/db',
        'mysql://x',
        'env:',
        'env:a-b',
        's3://bucket/x',
        'http:x',
        'file:',
      ],
    ],
    ['clockTime', ['10:00', 'monday at 9:05', 'weekday at 10:00'], ['24:00', 'monday', 'moonday at 10:00', 'at 10:00']],
    ['dayOffset', ['3 days before', '1 week after', '0 days after'], ['3 days', '2 hours before', '9999 days after']],
    ['stepId', ['wait-3', 'offer.plain.send-1'], ['', '1a', 'a..b', 'a b', 'a'.repeat(501)]],
    ['eventOrAttribute', ['tier', 'event.total'], ['order_paid.total', 'event.', 'a b']],
    ['address', ['https://shop.example/u'], ['shop.example', 'https://u:p@shop.example', 'javascript:alert(1)']],
    ['name', ['a', 'abandoned-cart', 'x_1'], ['1a', 'корзина', 'a b', 'a.b', '', 'a'.repeat(64)]],
    ['identifier', ['a', 'order_paid', '_x'], ['order-paid', '1a', 'a'.repeat(49)]],
    ['templateName', ['cart/reminder', 'x', 'cart/reminder:warm'], ['/x', 'x/', '../x', 'a//b', 'x:', 'x:1', 'x:a:b']],
    ['capWindow', ['calendar day', '7 days'], ['day', '1 month']],
  ])('%s', (name, right, wrong) => {
    for (const text of right) expect(scalarChecks[name]?.(text), text).toBeUndefined();
    for (const text of wrong) expect(scalarChecks[name]?.(text)?.help, text).toMatch(/./);
  });

  it('does not repeat a password', () => {
    expect(JSON.stringify(scalarChecks.secretUrl?.('smtp://u:hunter2@host'))).not.toContain('hunter2');
  });

  it('finds the zone of a city', () => {
    expect(scalarChecks.timezone?.('Vladivostok')?.help).toContain('Asia/Vladivostok');
  });
});

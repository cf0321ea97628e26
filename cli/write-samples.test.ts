import { expect, it } from 'vitest';
import { withoutScripts } from './views/samples-page.ts';
import { namesOf } from './write-samples.ts';

const outgoing = { id: 'm', channel: 'email', to: 'x', text: 'x', category: 'marketing', at: 0 } as const;
const names = (...places: [campaign: string, step: string, customer: string][]) =>
  namesOf(places.map(([campaign, step, customer]) => ({ step, customer, outgoing: { ...outgoing, campaign } })));

it.each([
  ['c42', 'cart/send-1/c42'],
  ['../../etc/passwd', 'cart/send-1/_etc-passwd'],
  ['..', 'cart/send-1/_'],
  ['.hidden', 'cart/send-1/_hidden'],
  ['a/b\\c:d*e?f"g<h>i|j\u0000k\nl', 'cart/send-1/a-b-c-d-e-f-g-h-i-j-k-l'],
  ['con.txt', 'cart/send-1/_con.txt'],
  ['Ольга', 'cart/send-1/Ольга'],
  ['--help', 'cart/send-1/_help'],
  ['x'.repeat(200), `cart/send-1/${'x'.repeat(60)}`],
  ['name.', 'cart/send-1/name_'],
])('the message to %j is in a file that every system has', (customer, expected) => {
  expect(names(['cart', 'send-1', customer])).toEqual([expected]);
});

it('two messages are never in one file, even if their names differ only in case', () => {
  expect(names(['cart', 's', 'a/b'], ['cart', 's', 'a-b'], ['cart', 's', 'A-B'], ['cart', 't', 'a-b'])).toEqual([
    'cart/s/a-b',
    'cart/s/a-b~2',
    'cart/s/A-B~3',
    'cart/t/a-b',
  ]);
});

it.each([
  [
    '<!doctype html><html lang="ru"><head><title>x</title>',
    '<!doctype html><html lang="ru"><head>',
    '<title>x</title>',
  ],
  ['<p>x</p><head>', '', '<p>x</p><head>'],
  ['<body>x', '', '<body>x'],
])('a policy against scripts stands before all that could run in %s', (html, before, after) => {
  const page = withoutScripts(html);
  expect(page.startsWith(`${before}<meta charset="utf-8"><meta http-equiv="Content-Security-Policy"`)).toBe(true);
  expect(page).toContain("script-src 'none'");
  expect(page.endsWith(`>${after}`)).toBe(true);
});

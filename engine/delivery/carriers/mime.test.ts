import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { splitSender } from '../../../spec/model/sender.ts';
import type { Outgoing } from './carrier.ts';
import { writeMime } from './mime.ts';

const outgoing = (from: string, more: Partial<Outgoing> = {}): Outgoing => ({
  id: '0123456789abcdef',
  channel: 'email',
  to: 'buyer@example.com',
  from,
  subject: 'Hi',
  text: 'Hi',
  category: 'marketing',
  campaign: 'cart',
  at: 0,
  ...more,
});

async function parsed(from: string, more: Partial<Outgoing> = {}) {
  const raw = await writeMime(outgoing(from, more));
  const head = raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
  return { mail: await PostalMime.parse(raw), head };
}

describe('the sender of an e-mail', () => {
  it.each([
    ['Shop: sale <s@example.com>', 'Shop: sale'],
    ['Support (Billing) <s@example.com>', 'Support (Billing)'],
    ['Магазин (Москва) <s@example.com>', 'Магазин (Москва)'],
    ['A; B <s@example.com>', 'A; B'],
    ['A, B <s@example.com>', 'A, B'],
    ['Tom "Best" <s@example.com>', 'Tom "Best"'],
    ['"A; \\"B\\"" <s@example.com>', 'A; "B"'],
    ['back\\slash <s@example.com>', 'back\\slash'],
    ['🎁 Gifts [new] <s@example.com>', '🎁 Gifts [new]'],
    ['a@b <s@example.com>', 'a@b'],
    ['s@example.com', ''],
  ])('%s arrives as it is written', async (from, name) => {
    const { mail } = await parsed(from);
    expect(mail.from).toMatchObject({ name, address: 's@example.com' });
  });

  it('arrives whatever characters its name has', async () => {
    const signs = fc.constantFrom(...':;,()[]"\\\'.@ -_=?&', 'a', 'Z', '9', 'ж', 'Щ', 'é', '🎁', '漢');
    const names = fc.array(signs, { maxLength: 30 }).map((parts) => parts.join('').replaceAll(/\s+/g, ' ').trim());
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        const from = `${name} <s@example.com>`;
        const { mail, head } = await parsed(from);
        expect(mail.from).toMatchObject({ address: 's@example.com', name: splitSender(from)?.name });
        expect(head).toMatch(/^[\t\r\n -~]*$/);
      }),
      { numRuns: 300 },
    );
  });

  it('has its domain in ASCII in every header, and so has the address to unsubscribe', async () => {
    const unsubscribe = 'https://магазин.рф/отписка?m=1';
    const { mail, head } = await parsed('Shop <s@пример.рф>', { unsubscribe });
    expect(mail.messageId).toBe('<0123456789abcdef@xn--e1afmkfd.xn--p1ai>');
    expect(head).toMatch(/^[\t\r\n -~]*$/);
    const header = mail.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '';
    expect(new URL(header.slice(1, -1)).href).toBe(new URL(unsubscribe).href);
  });

  it.each([
    'иван@example.com',
    'a b@example.com',
    'A <a@b@example.com>',
    'A <>',
    'A <s@example.com> B',
    'a,b@example.com',
  ])('%s is none', (from) => expect(splitSender(from)).toBeUndefined());
});

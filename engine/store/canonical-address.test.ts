import fc from 'fast-check';
import sql, { raw } from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { FieldType } from '../../spec/model/data.ts';
import { onEveryStore } from '../../test/stores.ts';
import { email, phone } from '../data/files/convert/address.ts';
import { addressHash, addressHashSql, canonicalAddress } from './canonical-address.ts';

it.each<[FieldType, string, string]>([
  ['email', 'Anna.B@Example.COM', 'anna.b@example.com'],
  ['email', 'anna@ПРИМЕР.рф', 'anna@xn--e1afmkfd.xn--p1ai'],
  ['phone', '+79161234567', '+79161234567'],
  ['string', 'Token-AbC', 'Token-AbC'],
])('the canonical %s of %s is %s', (type, address, canonical) => {
  expect(canonicalAddress(type, address)).toBe(canonical);
});

onEveryStore('the hash of an address', (open) => {
  it('is the same in SQL and in TypeScript, of what is written and of what is stored', async () => {
    const db = await open();
    const word = fc.stringMatching(/^[A-Za-z0-9]{1,8}$/);
    const emails = fc
      .tuple(
        word,
        fc.constantFrom('.', '+', '_', "'", ''),
        word,
        fc.constantFrom('Example.COM', 'ПРИМЕР.рф', 'straße.de', 'XN--e1afmkfd.xn--P1AI'),
      )
      .map(([a, dot, b, domain]) => ({ type: 'email' as const, written: `${a}${dot}${b}@${domain}`, convert: email }));
    const phones = fc
      .integer({ min: 1_000_000, max: 9_999_999 })
      .map((n) => ({ type: 'phone' as const, written: `+7 916 ${n}`, convert: phone }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(emails, phones), { minLength: 1, maxLength: 20 }), async (all) => {
        for (const { type, written, convert } of all) {
          const stored = convert(written);
          if (typeof stored !== 'string') throw new Error(`${written} is not stored`);
          const [row] = await db.query<{ hash: string }>(
            sql`SELECT ${addressHashSql(db.dialect, type, sql`x.a`)} AS hash FROM (SELECT ${stored}::${raw(db.dialect.types.text)} AS a) x`,
          );
          expect(row?.hash).toBe(addressHash(type, stored));
          if (type === 'email') expect(row?.hash).toBe(addressHash(type, written));
        }
      }),
      { numRuns: 30, seed: 20_260_302 },
    );
  });
});

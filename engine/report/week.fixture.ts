import sql from 'sql-template-tag';
import { carryOn } from '../../test/drive.ts';
import { campaign, consents, day, events, hour, minute, people, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { Database } from '../store/database.ts';

/** Monday, 10:00 UTC. */
export const start = Date.UTC(2026, 2, 2, 10);
export const end = start + 7 * day;

/** A cart campaign in which everything that a report can contain happens. */
export const shop = program({
  campaigns: [
    campaign({
      title: 'Брошенная корзина',
      exit: [{ event: 'order_paid' }],
      goal: {
        event: 'order_paid',
        within: 3 * day,
        value: { kind: 'field', type: 'money', of: 'trigger', name: 'total' },
      },
      reenter: { kind: 'always' },
      steps: [
        { kind: 'wait', id: 'wait-1', ms: 2 * hour },
        {
          kind: 'split',
          id: 'offer',
          arms: [
            { name: 'control', share: 2_000, control: true, steps: [] },
            {
              name: 'cascade',
              share: 8_000,
              control: false,
              steps: [
                {
                  kind: 'cascade',
                  id: 'nudge',
                  stages: [
                    { id: 'nudge.email', channel: 'email', template: 'cart', until: 'opened', within: 3 * hour },
                    { id: 'nudge.sms', channel: 'sms', template: 'cart' },
                  ],
                },
              ],
            },
          ],
        },
      ],
    }),
  ],
  policies: {
    quietHours: { from: 21 * 60, to: 9 * 60, otherwise: 'hold', transactional: false },
    caps: [{ name: 'daily', max: 1, per: 'calendar day', channel: 'sms' }],
  },
});

/** Applies the program and runs the week; what is left in the outbox at its end is not sent. */
export async function runWeek(db: Database): Promise<void> {
  await applyProgram(db, { program: shop, at: start, lineage: 'test', commit: 'abc' });
  const ids = Array.from({ length: 12 }, (_, i) => `c${String(i + 1).padStart(2, '0')}`);
  await people(
    db,
    ids.map((id) => ({
      id,
      ...(id === 'c02' && { zone: 'Asia/Kamchatka' }),
      ...(id === 'c03' && { email: null }),
      ...(id === 'c04' && { consent: ['sms'] }),
    })),
  );
  await consents(db, [['c06', 'email', false, start + hour]]);
  await db.run(sql`
    INSERT INTO inbox_suppression (id, customer, channel, reason, "at") VALUES ('s1', 'c05', '*', 'complained', ${start}::bigint)`);
  await events(db, 'cart_updated', [
    ...ids.map((customer, i) => ({ customer, at: start + i * 7 * minute })),
    { customer: 'c07', at: start + 5 * hour },
    { customer: 'c01', at: start + 6 * day + 23 * hour },
  ]);
  await events(db, 'order_paid', [
    { customer: 'c08', at: start + hour, total: 120.5 },
    { customer: 'c09', at: start + 4 * hour, total: 80 },
    { customer: 'c10', at: start + 2 * day, total: 19.9 },
  ]);
  await carryOn(db, shop, start, end, { email: { open: 0.5, click: 0.2 } });
}

import { expect, it } from 'vitest';
import type { Expression } from '../../spec/model/expression.ts';
import { begin, carryOn, enrolments, messages } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, model, people, program } from '../../test/world.ts';

const start = Date.UTC(2026, 2, 2, 10);

onEveryStore('entering', (open) => {
  it('enters new members of a segment, not earlier ones, and again after the interval', async () => {
    const last: Expression = { kind: 'aggregate', type: 'instant', fn: 'last', event: 'order_paid' };
    const p = program({
      project: { ...model().project, refresh: day },
      segments: [
        {
          name: 'sleeping',
          where: {
            kind: 'and',
            type: 'boolean',
            operands: [
              {
                kind: 'compare',
                type: 'boolean',
                op: '<',
                left: last,
                right: { kind: 'ago', type: 'instant', ms: 45 * day },
              },
              {
                kind: 'compare',
                type: 'boolean',
                op: '>=',
                left: last,
                right: { kind: 'ago', type: 'instant', ms: 90 * day },
              },
            ],
          },
        },
      ],
      campaigns: [
        campaign({
          on: { kind: 'segment', segment: 'sleeping', existing: false },
          reenter: { kind: 'after', ms: 60 * day },
        }),
      ],
    });
    const db = await begin(open, p, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }]);
    await events(db, 'order_paid', [
      { customer: 'c1', at: start - 60 * day },
      { customer: 'c2', at: start - 10 * day },
      { customer: 'c2', at: start + 60 * day },
    ]);
    await carryOn(db, p, start, start + 200 * day);
    // Segments are refreshed at midnight: 45 days after 10 in the morning is noticed 14 hours later.
    expect(await enrolments(db, start)).toEqual(
      [35, 105].map((days) => {
        const at = (days * 24 + 14) * 60;
        return `+${at}m c2 cart completed +${at}m`;
      }),
    );
  });

  it('fires a schedule once per customer in the clock of each zone', async () => {
    const p = program({
      campaigns: [
        campaign({ on: { kind: 'schedule', cron: '0 10 * * 2', zone: 'customer' }, reenter: { kind: 'always' } }),
      ],
    });
    const db = await begin(open, p, start);
    await people(db, [{ id: 'c1', zone: 'Asia/Tokyo' }, { id: 'c2', zone: 'Europe/London' }, { id: 'c3' }]);
    await carryOn(db, p, start, start + 9 * day);
    expect(await messages(db, start)).toEqual([
      '+900m c1 send-1 email sent',
      '+1440m c2 send-1 email sent',
      '+1440m c3 send-1 email sent',
      `+${900 + 7 * 1440}m c1 send-1 email sent`,
      `+${1440 + 7 * 1440}m c2 send-1 email sent`,
      `+${1440 + 7 * 1440}m c3 send-1 email sent`,
    ]);
  });
});

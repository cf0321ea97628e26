import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Step } from '../../spec/model/campaign.ts';
import { begin, carryOn, enrolments, messages, tickAt } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, feedback, hour, minute, model, people, program } from '../../test/world.ts';

// The instants that docs/how-it-runs.md decides under "Exactly when".

/** A Thursday. */
const from = Date.UTC(2026, 1, 26, 12);
const exit = (reason: string): Step => ({ kind: 'exit', id: reason, reason });
const send = (id: string, channel = 'email'): Step => ({ kind: 'send', id, channel, template: 't' });
const every = (tick: number) => ({ ...model().project, tick, refresh: day });

onEveryStore('waits', (open) => {
  it('until a time of day: at that very minute not at all, and once where the clock shows it twice', async () => {
    const at = (iso: string) => Date.parse(iso);
    const world = program({
      campaigns: [campaign({ steps: [{ kind: 'until', id: 'until', minuteOfDay: 150 }, exit('done')] })],
    });
    const db = await begin(open, world, at('2026-10-24T12:00Z'));
    // In Berlin 02:30 is at 00:30Z, and again at 01:30Z.
    const reached = {
      before: '2026-10-25T00:29:59Z',
      first: '2026-10-25T00:30:00Z',
      within: '2026-10-25T00:30:00Z',
      between: '2026-10-25T00:31:00Z',
      second: '2026-10-25T01:10:00Z',
    };
    await people(
      db,
      Object.keys(reached).map((id) => ({ id, zone: 'Europe/Berlin' })),
    );
    await events(
      db,
      'cart_updated',
      Object.entries(reached).map(([customer, iso]) => ({ customer, at: at(iso) })),
    );
    await carryOn(db, world, at('2026-10-24T12:00Z'), at('2026-10-27T12:00Z'));
    const rows = await db.query<{ id: string; ended_at: number }>(sql`
      SELECT c.id, e.ended_at FROM enrolment e JOIN customer c ON c.customer = e.customer ORDER BY c.id`);
    expect(Object.fromEntries(rows.map((row) => [row.id, new Date(row.ended_at).toISOString().slice(5, 16)]))).toEqual({
      before: '10-25T00:30',
      first: '10-25T00:30',
      within: '10-25T00:30',
      between: '10-26T01:30',
      second: '10-26T01:30',
    });
  });

  it('for a reaction: counts what happened by its end, also where the tick is later', async () => {
    const stages = [
      { id: 'c.email', channel: 'email', template: 't', until: 'opened' as const, within: 90 * minute },
      { id: 'c.sms', channel: 'sms', template: 't' },
    ];
    const world = program({
      project: every(hour),
      campaigns: [campaign({ steps: [{ kind: 'cascade', id: 'c', stages }] })],
    });
    const db = await begin(open, world, from);
    const when: Record<string, number> = { 'at-the-end': 90 * minute, later: 90 * minute + 1 };
    await people(
      db,
      Object.keys(when).map((id) => ({ id })),
    );
    await events(
      db,
      'cart_updated',
      Object.keys(when).map((customer) => ({ customer, at: from })),
    );
    await tickAt(db, world, from);
    const sent = await db.query<{ id: string; message: string }>(
      sql`SELECT c.id, m.message FROM message m JOIN customer c ON c.customer = m.customer`,
    );
    await feedback(
      db,
      sent.map(({ id, message }) => [message, 'clicked', from + (when[id] ?? 0)]),
    );
    await carryOn(db, world, from + hour, from + day);
    expect(await enrolments(db, from)).toEqual([
      '+0m at-the-end cart completed +120m',
      '+0m later cart completed +120m',
    ]);
    expect((await messages(db, from)).filter((line) => line.includes('sms'))).toEqual(['+120m later c.sms sms sent']);
  });

  it('for a reaction: a click is an open, both are a delivery, as is an open by a machine, and nothing else is', async () => {
    const reached = async (until: 'delivered' | 'opened' | 'clicked', kind: string) => {
      const stages = [
        { id: 'c.email', channel: 'email', template: 't', until, within: hour },
        { id: 'c.sms', channel: 'sms', template: 't' },
      ];
      const world = program({ campaigns: [campaign({ steps: [{ kind: 'cascade', id: 'c', stages }] })] });
      const db = await begin(open, world, from);
      await people(db, [{ id: 'c' }]);
      await events(db, 'cart_updated', [{ customer: 'c', at: from }]);
      await tickAt(db, world, from);
      const [first] = await db.query<{ message: string }>(sql`SELECT message FROM message`);
      await feedback(db, [[first?.message ?? '', kind, from + minute]]);
      await carryOn(db, world, from + minute, from + day);
      return (await messages(db, from)).length === 1;
    };
    const kinds = ['delivered', 'opened', 'clicked'] as const;
    const table: Record<string, string[]> = {};
    for (const until of kinds) {
      table[until] = [];
      for (const kind of [...kinds, 'prefetched', 'complained'])
        if (await reached(until, kind)) table[until].push(kind);
    }
    expect(table).toEqual({
      delivered: ['delivered', 'opened', 'clicked', 'prefetched'],
      opened: ['opened', 'clicked'],
      clicked: ['clicked'],
    });
  });
});

onEveryStore('a cascade in preferred order', (open) => {
  const stages = (['email', 'sms'] as const).map((channel) => ({
    id: `c.${channel}`,
    channel,
    template: 't',
    until: 'opened' as const,
    within: hour,
  }));
  const world = program({
    campaigns: [campaign({ steps: [{ kind: 'cascade', id: 'c', order: 'preferred', stages }, exit('done')] })],
  });

  it('waits for nothing at its last stage, whichever that is', async () => {
    const db = await begin(open, world, from);
    await people(db, [{ id: 'both' }, { id: 'no-mail', consent: ['sms'] }, { id: 'no-sms', consent: ['email'] }]);
    await events(
      db,
      'cart_updated',
      ['both', 'no-mail', 'no-sms'].map((customer) => ({ customer, at: from })),
    );
    await carryOn(db, world, from, from + day);
    expect(await messages(db, from)).toEqual([
      '+0m both c.email email sent',
      '+0m no-mail c.email email no-consent',
      '+0m no-mail c.sms sms sent',
      '+0m no-sms c.email email sent',
      '+60m both c.sms sms sent',
      '+60m no-sms c.sms sms no-consent',
    ]);
    expect(await enrolments(db, from)).toEqual([
      '+0m both cart done +60m',
      '+0m no-mail cart done +0m',
      '+0m no-sms cart done +60m',
    ]);
  });

  it('chooses again at each stage, by what has been answered by then', async () => {
    const three = [...stages, { id: 'c.push', channel: 'push', template: 't', until: 'opened' as const, within: hour }];
    const channels = [
      ...model().channels,
      { name: 'push', kind: 'push' as const, address: 'name', transport: { kind: 'console' as const }, price: 0 },
    ];
    const other = campaign({
      name: 'other',
      on: { kind: 'event', event: 'order_paid' },
      steps: [send('push', 'push')],
    });
    const cascade = campaign({ steps: [{ kind: 'cascade', id: 'c', order: 'preferred', stages: three }] });
    const asked = program({ channels, campaigns: [cascade, other] });
    const db = await begin(open, asked, from);
    await people(db, [{ id: 'c', name: 'token', consent: ['email', 'sms', 'push'] }]);
    await events(db, 'cart_updated', [{ customer: 'c', at: from }]);
    await events(db, 'order_paid', [{ customer: 'c', at: from + minute }]);
    await tickAt(db, asked, from, from + minute);
    const [push] = await db.query<{ message: string }>(sql`SELECT message FROM message WHERE channel = 'push'`);
    await feedback(db, [[push?.message ?? '', 'opened', from + 2 * minute]]);
    await carryOn(db, asked, from + 2 * minute, from + day);
    expect((await messages(db, from)).filter((line) => line.includes(' c.'))).toEqual([
      '+0m c c.email email sent',
      '+60m c c.push push sent',
      '+120m c c.sms sms sent',
    ]);
  });
});

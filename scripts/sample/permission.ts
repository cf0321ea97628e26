import type { Person } from './customers.ts';
import { random } from './random.ts';
import { DAY, END, moment, START } from './time.ts';

export interface Consent {
  customer: string;
  channel: string;
  status: 'granted' | 'withdrawn';
  at: number;
}

export interface Suppression {
  customer: string;
  channel: string;
  reason: string;
  at: number;
}

/** Returns the consents: each is given at registration; a few are withdrawn later, and a few of those are given again. */
export function consents({ row, registered, ahead }: Person): Consent[] {
  const draw = random(`consent ${row.id}`);
  const channels = [
    { channel: 'email', share: row.email ? 0.8 : 0 },
    { channel: 'sms', share: row.phone ? 0.6 : 0 },
    { channel: 'push', share: row.push_token ? 0.85 : 0 },
  ];
  return channels.flatMap(({ channel, share }) => {
    if (!draw.chance(share)) return [];
    const ledger: Consent[] = [{ customer: row.id, channel, status: 'granted', at: registered }];
    let at = Math.max(registered, START);
    for (const status of ['withdrawn', 'granted'] as const) {
      if (at > END - 3 * DAY || !draw.chance(status === 'withdrawn' ? 0.05 : 0.15)) break;
      at = moment(draw, at + 60_000, END, ahead);
      ledger.push({ customer: row.id, channel, status, at });
    }
    return ledger;
  });
}

export function suppressions({ row, registered, ahead }: Person): Suppression[] {
  const draw = random(`suppression ${row.id}`);
  if (registered > END - 3 * DAY || !draw.chance(0.008)) return [];
  const [channel, reason] = draw.pick([
    ['email', 'bounced'],
    ['email', 'bounced'],
    ['email', 'complained'],
    ['sms', 'bounced'],
    ['*', 'asked not to be contacted'],
  ] as const);
  return [{ customer: row.id, channel, reason, at: moment(draw, Math.max(registered, START), END, ahead) }];
}

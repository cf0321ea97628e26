import { describe, expect, it } from 'vitest';
import { loadProject } from '../../load.ts';
import { channelKinds } from '../../model/channel-kinds.ts';
import { transportKeys, transportNames, transports } from '../../model/transports.ts';

// Every entry of the table is tested, and so is one that is added.

const samples = { from: 'Shop <shop@example.com>', directory: 'out' };

function codesFor(kind: string, channel: Record<string, string>): string[] {
  const text = JSON.stringify({
    project: { name: 'shop', timezone: 'Europe/Berlin', locale: 'en', currency: 'EUR' },
    data: {
      customers: {
        from: 'customers.csv',
        attributes: { mail: 'email', phone: 'phone', push_token: 'string' },
      },
    },
    channels: { out: { kind, ...channel } },
  });
  return loadProject([{ path: 'crm.yaml', text }]).diagnostics.map(({ code }) => code);
}

describe.each(transportNames)('the transport %s', (transport) => {
  const { carries, needs, url } = transports[transport];
  const needed = Object.fromEntries(needs.map((key) => [key, key === 'url' ? (url?.example ?? '') : samples[key]]));
  const [kind = ''] = carries;

  it('is right with the keys that it needs', () => {
    for (const each of carries) expect(codesFor(each, { transport, ...needed }), each).toEqual([]);
  });

  it('is wrong without one of them', () => {
    for (const key of needs) {
      const { [key]: _, ...others } = needed;
      expect(codesFor(kind, { transport, ...others }), key).toEqual(['CRM4014']);
    }
  });

  it('is wrong with a key that it ignores', () => {
    for (const key of transportKeys.filter((each) => !needs.includes(each)))
      expect(codesFor(kind, { transport, ...needed, [key]: key === 'url' ? 'https://a.example' : 'out' }), key).toEqual(
        ['CRM4013'],
      );
  });

  it('is wrong with a URL of another kind', () => {
    if (!url) return;
    const other = ['https://a.example', 'smtp://a.example'].find((each) => !url.begins.test(each)) ?? url.example;
    expect(codesFor(kind, { transport, ...needed, url: other })).toEqual(['CRM1028']);
    expect(codesFor(kind, { transport, ...needed, url: 'env:A_URL' })).toEqual([]);
  });

  it('carries no other kinds', () => {
    for (const other of channelKinds.filter((each) => !carries.includes(each)))
      expect(codesFor(other, { transport, ...needed }), other).toEqual(['CRM4022']);
  });
});

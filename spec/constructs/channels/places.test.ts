import { describe, expect, it } from 'vitest';
import { loadProject } from '../../load.ts';

const project = `project: { name: shop, timezone: UTC, locale: en, currency: EUR, store: .kaskad/shop.duckdb }
data: { customers: { attributes: { email: email, phone: phone } } }
variables: { who: you@example.com }
channels:
  email: { transport: smtp, url: env:SMTP_URL, from: Shop <a@shop.example>, rate: 5 per second }
  sms: { transport: file, directory: out/sms }
  crm: { kind: webhook, transport: http, url: "https://crm.example/hooks" }
`;

function load(environments: Record<string, string>, chosen?: string) {
  const files = Object.entries(environments).map(([name, text]) => ({ path: `environments/${name}.yaml`, text }));
  return loadProject([{ path: 'crm.yaml', text: project }, ...files], chosen);
}

function channelsOf(text: string, name = 'staging') {
  const { model, diagnostics } = load({ staging: text }, name);
  expect(diagnostics).toEqual([]);
  return { store: model?.project.store, ...Object.fromEntries(model?.channels.map((one) => [one.name, one]) ?? []) };
}

describe('an environment', () => {
  it('that is live has the channels of the project, and what it says of them', () => {
    const said =
      'delivery: live\nstore: live.duckdb\nchannels: { email: { rate: 50 per second, url: env:LIVE_URL } }\n';
    expect(channelsOf(said)).toMatchObject({
      store: 'live.duckdb',
      email: { transport: { kind: 'smtp', url: 'env:LIVE_URL' }, rate: 50, from: 'Shop <a@shop.example>' },
      sms: { transport: { kind: 'file', directory: 'out/sms' } },
      crm: { transport: { kind: 'http' } },
    });
  });

  it('that is a trial writes what would leave into files, with a store of its own', () => {
    expect(channelsOf('delivery: test\n')).toMatchObject({
      store: '.kaskad/staging.duckdb',
      email: { transport: { kind: 'file', directory: 'out/staging/email' } },
      sms: { transport: { kind: 'file', directory: 'out/sms' } },
      crm: { transport: { kind: 'file', directory: 'out/staging/crm' } },
    });
  });

  it('that is a trial sends to the address that it names, and to its own URLs of webhooks', () => {
    const said = 'delivery: test\nchannels:\n  email: { to: $who }\n  crm: { url: "https://trial.example/hooks" }\n';
    expect(channelsOf(said)).toMatchObject({
      email: { to: 'you@example.com', transport: { kind: 'smtp' } },
      crm: { transport: { kind: 'http', url: 'https://trial.example/hooks' } },
    });
    const elsewhere = 'delivery: test\nchannels: { email: { url: "smtp://trial.example" } }\n';
    expect(channelsOf(elsewhere), 'another server may reach customers as well').toMatchObject({
      email: { transport: { kind: 'file' } },
    });
  });

  it('that is temporary is one for each branch, and never live', () => {
    const branch = channelsOf('temporary: true\n', 'staging-12');
    expect(branch).toMatchObject({
      store: '.kaskad/staging-12.duckdb',
      email: { transport: { kind: 'file', directory: 'out/staging-12/email' } },
    });
    expect(load({ staging: 'delivery: test\n' }, 'staging-12').diagnostics).toMatchObject([{ code: 'CRM4062' }]);
    expect(load({ staging: 'temporary: true\n' }, 'staging-../x').diagnostics).toMatchObject([{ code: 'CRM4062' }]);
    const codes = load({ staging: 'temporary: true\ndelivery: live\nstore: x.duckdb\n' }).diagnostics;
    expect(codes.map(({ code }) => code)).toEqual(['CRM4064', 'CRM4064']);
  });

  it('must say where messages go if a channel really sends, chosen or not', () => {
    const { diagnostics } = load({ staging: 'variables: {}\n', production: 'delivery: live\n' });
    expect(diagnostics).toMatchObject([{ code: 'CRM4063', range: { file: 'environments/staging.yaml' } }]);
    const files = 'channels:\n  email: { transport: console }\n  crm: { transport: console }\n';
    expect(load({ staging: files }).diagnostics).toEqual([]);
  });

  it('is no part of a project that is loaded without one', () => {
    const { model } = load({ staging: 'delivery: test\nstore: other.duckdb\n' });
    expect(model?.project.store).toBe('.kaskad/shop.duckdb');
    expect(model?.channels.find(({ name }) => name === 'email')?.transport.kind).toBe('smtp');
  });
});

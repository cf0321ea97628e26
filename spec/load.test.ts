import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from './diagnostics/diagnostic.ts';
import { loadProject } from './load.ts';
import type { Step } from './model/campaign.ts';

function folder(name: string): SourceFile[] {
  const root = join(import.meta.dirname, '../test/golden', name);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, path)).isFile())
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const project = folder('project');
const yamlText = project.find(({ path }) => path === 'crm.yaml')?.text ?? '';
const withYaml = (text: string) => project.map((file) => (file.path === 'crm.yaml' ? { ...file, text } : file));
const replaced = (from: string, to: string) => {
  expect(yamlText).toContain(from);
  return loadProject(withYaml(yamlText.replace(from, to)));
};

function idsOf(steps: Step[]): string[] {
  return steps.flatMap((step) => {
    if (step.kind === 'split') return [step.id, ...step.arms.flatMap((arm) => idsOf(arm.steps))];
    if (step.kind === 'if') return [step.id, ...idsOf(step.then), ...idsOf(step.else)];
    if (step.kind === 'cascade') return [step.id, ...step.stages.map(({ id }) => id)];
    return [step.id];
  });
}

describe('a right project', () => {
  const { model, diagnostics, origins } = loadProject(project);

  it('gives a Model and nothing else', () => {
    expect(diagnostics).toEqual([]);
    expect(model?.campaigns.map(({ name }) => name)).toEqual(['abandoned-cart', 'weekly', 'win-back']);
  });

  it('fills in what is not written', () => {
    expect(model?.project).toMatchObject({ tick: 60_000, refresh: 3_600_000, store: '.kaskad/store.duckdb' });
    expect(model?.project.simulation).toEqual({
      from: Date.UTC(2026, 2, 1, 21),
      seed: 'demo',
      engagement: { push: { open: 0.12, click: 0.05 } },
    });
    const email = model?.channels.find(({ name }) => name === 'email');
    expect(email).toMatchObject({ kind: 'email', address: 'email', price: 0.1, rate: 50 });
    expect(model?.channels.find(({ name }) => name === 'push')).toMatchObject({ address: 'push_token', price: 0 });
    const pii = model?.data.customers.attributes.filter((field) => field.pii).map(({ name }) => name);
    expect(pii).toEqual(['name', 'email', 'phone']);
  });

  it('reads each notation of a source', () => {
    expect(model?.data.events[0]?.sources).toEqual([
      { path: 'a.csv', rename: {} },
      { path: 'b.jsonl', rename: { user: 'customer' } },
    ]);
    expect(model?.data.consent).toEqual([{ path: 'consent.csv', rename: {} }]);
    expect(model?.data.suppressions).toEqual([{ path: 's.csv', rename: {} }]);
  });

  it('derives stable ids of steps', () => {
    expect(idsOf(model?.campaigns[0]?.steps ?? [])).toEqual([
      'wait-1',
      'wait-2',
      'offer',
      'offer.plain.send-1',
      'offer.cascade.cascade-1',
      'offer.cascade.cascade-1.push',
      'offer.cascade.cascade-1.email',
      'offer.cascade.cascade-1.sms',
      'if-4',
      'if-4.then.exit-1',
      'if-4.else.wait-1',
    ]);
    expect(idsOf(model?.campaigns[1]?.steps ?? [])).toEqual(['x', 'exit-2']);
  });

  it('knows triggers, quiet hours and caps', () => {
    expect(model?.campaigns.map(({ on }) => on.kind)).toEqual(['event', 'schedule', 'segment']);
    expect(model?.campaigns[1]?.on).toEqual({ kind: 'schedule', cron: '30 9 * * 1,4', zone: 'customer' });
    expect(model?.campaigns[2]?.on).toEqual({ kind: 'segment', segment: 'sleeping', existing: true });
    expect(model?.policies).toEqual({
      quietHours: { from: 1260, to: 540, otherwise: 'hold', transactional: false },
      caps: [
        { name: 'daily', max: 1, per: 'calendar day' },
        { name: 'sms-weekly', max: 1, per: 604_800_000, channel: 'sms' },
      ],
    });
  });

  it('has the place of each resource and step', () => {
    const lines = yamlText.split('\n');
    const lineOf = (address: string) => lines[(origins[address]?.start.line ?? 0) - 1]?.trim();
    expect(lineOf('campaign.win-back')).toBe('win-back:');
    expect(lineOf('segment.sleeping')).toBe('sleeping:');
    expect(lineOf('campaign.abandoned-cart.offer.plain.send-1')).toBe('- send: { email: cart/reminder }');
    expect(origins['template.cart/sms.sms']?.file).toBe('templates/cart/sms.sms.hbs');
  });

  it('means the same however its text is cut and saved', () => {
    const sections = yamlText.split(/^(?=[a-z]+:)/m);
    const cut = sections.map((text, index) =>
      text.startsWith('project:') ? { path: 'crm.yaml', text } : { path: `part/${9 - index}.crm.yaml`, text },
    );
    const others = project.filter(({ path }) => path !== 'crm.yaml');
    expect(loadProject([...others, ...cut]).model).toEqual(model);
    expect(loadProject([...cut.reverse(), ...others]).model).toEqual(model);
    expect(loadProject(withYaml(yamlText.replaceAll('\n', '\r\n'))).model).toEqual(model);
    expect(loadProject(withYaml(`\uFEFF${yamlText}`)).model).toEqual(model);
  });
});

describe('one mistake, one finding', () => {
  it.each([
    ['where: >', 'wheer: >', 'CRM1010'],
    ['on: { event: cart_updated', 'no: { event: cart_updated', 'CRM1010'],
    ['steps:\n      - wait: 2 hours', 'stpes:\n      - wait: 2 hours', 'CRM1010'],
    ['transport: smtp, url:', 'transport: smtp, ulr:', 'CRM1010'],
    ['directory: out/sms', 'directroy: out/sms', 'CRM1010'],
    ['project:', 'porject:', 'CRM1010'],
    ['segments:', 'segment:', 'CRM1010'],
    ['campaigns:', 'campaign:', 'CRM1010'],
    ['attributes:', 'atributes:', 'CRM1010'],
    ['events:', 'evnets:', 'CRM1010'],
    ['channels:', 'chanels:', 'CRM1010'],
    ['share: 10%', 'shar: 10%', 'CRM1010'],
    ['until: opened', 'untill: opened', 'CRM1010'],
    ['within: 2 hours', 'withn: 2 hours', 'CRM1010'],
    ['email: email', 'email: emial', 'CRM1013'],
    ['total: money, items:', 'total: mony, items:', 'CRM1013'],
    ['cart_updated:', 'cart-updated:', 'CRM1015'],
    ['transport: smtp', 'transport: smpt', 'CRM1013'],
    ['event.items_count', 'event.items_cuont', 'CRM2022'],
    ['in segment sleeping', 'in segment slepping', 'CRM2023'],
    ['enters: sleeping', 'enters: slepping', 'CRM4002'],
    [
      '{ event: cart_updated, when: event.items_count > 0 }',
      '{ event: cart_udpated, when: event.items_count > 0 }',
      'CRM4003',
    ],
    ['city ==', 'ctiy ==', 'CRM2020'],
    ['locale: ru', 'locale: en', 'CRM4006'],
    ['quiet_hours:', 'quite_hours:', 'CRM1010'],
  ])('%s → %s', (from, to, code) => {
    const { model, diagnostics } = replaced(from, to);
    expect(model).toBeUndefined();
    expect(diagnostics.map((one) => `${one.code} ${one.message}`)).toEqual([expect.stringContaining(code)]);
    const { range } = diagnostics[0] ?? {};
    expect(range?.end.offset).toBeGreaterThan(range?.start.offset ?? 0);
  });
});

describe('whatever is in the files', () => {
  const words = [
    'project',
    'steps',
    'null',
    '5',
    '[]',
    '{}',
    '- x',
    ': ',
    '\n',
    '  ',
    '"',
    'constructor',
    '__proto__',
    '&a',
    '*a',
    '<<',
    'email',
    '10%',
    'event.total',
  ];
  const change = fc.tuple(fc.nat(yamlText.length), fc.nat(40), fc.constantFrom(...words, ''));

  it('the result is a Model or an error, never an exception', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        let text = yamlText;
        for (const [at, length, word] of changes) text = text.slice(0, at) + word + text.slice(at + length);
        const { model, diagnostics } = loadProject(withYaml(text));
        const errors = diagnostics.filter(({ severity }) => severity === 'error');
        expect(model === undefined).toBe(errors.length > 0);
        for (const { message, help, range } of diagnostics) {
          expect(`${message} ${help}`).not.toMatch(/oneOf|anyOf|#\/|\[object|NaN/);
          const file = range?.file === 'crm.yaml' ? text : project.find(({ path }) => path === range?.file)?.text;
          expect(range?.end.offset).toBeLessThanOrEqual(file?.length ?? 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a value of another kind is reported at any place', () => {
    const places = [...yamlText.matchAll(/: ([^\s{[>][^\n,}]*)/g)].map((match) => match.index + 2);
    for (const at of places) {
      const end = at + (/^[^\n,}]*/.exec(yamlText.slice(at))?.[0].length ?? 0);
      const text = `${yamlText.slice(0, at)}[[]]${yamlText.slice(end)}`;
      expect(loadProject(withYaml(text)).model, text.slice(at - 20, at + 10)).toBeUndefined();
    }
  });

  it('a long chain of segments is linked', () => {
    const chain = Array.from({ length: 3000 }, (_, i) => `  s${i}: { where: in segment s${i + 1} }`).join('\n');
    const text = `segments:\n${chain}\n  s3000: { where: city is missing }\n`;
    const { diagnostics } = loadProject([...project, { path: 'chain.crm.yaml', text }]);
    expect(diagnostics).toEqual([]);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stepCompilers } from '../../engine/tick/steps/index.ts';
import { triggerKinds } from '../../engine/tick/triggers/index.ts';
import { simulatedWorld } from './world.ts';

const worlds = fc.sample(simulatedWorld, { seed: 20_261_129, numRuns: 60 });

/** Returns all that is called so anywhere in a value. */
function all(name: string, value: unknown): Set<unknown> {
  const found = new Set<unknown>();
  JSON.stringify(value, (key, part) => {
    if (key === name) found.add(part);
    return part;
  });
  return found;
}

it('has every trigger, every step and every order of a cascade', () => {
  const campaigns = worlds.flatMap(({ model }) => model.campaigns);
  const kinds = [...Object.keys(triggerKinds), ...Object.keys(stepCompilers)];
  expect([...all('kind', campaigns)]).toEqual(expect.arrayContaining(kinds));
  expect([...all('order', campaigns)]).toEqual(expect.arrayContaining(['cheapest', 'preferred']));
});

it('compares customers, and asks for events, consent, dates, lists and what journeys write', () => {
  const asked = worlds.flatMap(({ model }) => [model.campaigns, model.segments]);
  const kinds = [
    'share',
    'rfm',
    'aggregate',
    'sequence',
    'consent',
    'reachable',
    'today',
    'calendar',
    'segment',
    'attribute',
  ];
  expect([...all('kind', asked)]).toEqual(expect.arrayContaining(kinds));
  expect([...all('which', asked)]).toEqual(expect.arrayContaining(['top', 'bottom']));
});

it('has caps of both kinds, quiet hours of both kinds, and hold-outs', () => {
  const policies = worlds.map(({ model }) => model.policies);
  expect([...all('per', policies)]).toEqual(expect.arrayContaining(['calendar day', 2 * 86_400_000]));
  expect([...all('otherwise', policies)]).toEqual(expect.arrayContaining(['hold', 'cancel']));
  for (const { model } of worlds) expect(model.holdouts.length).toBeGreaterThan(0);
});

it('has launches, feedback, and events that are read late or twice', () => {
  const rows = (text = '') => text.split('\n').slice(1, -1);
  const some = (holds: (world: (typeof worlds)[number]) => boolean) =>
    expect(worlds.filter(holds).length).toBeGreaterThan(1);
  some(({ model }) => model.campaigns.some(({ on }) => on.kind === 'manual'));
  some(({ files }) => rows(files['feedback.csv']).length > 0);
  some(
    ({ files, history }) =>
      rows(files['carts-1.csv']).length > rows(history?.files['carts-1.csv'] ?? files['carts-1.csv']).length,
  );
  some(({ files }) => {
    const ids = ['carts-1.csv', 'carts-2.csv'].flatMap((name) => rows(files[name]).map((row) => row.split(',')[0]));
    return new Set(ids).size < ids.length;
  });
});

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Model } from '../../spec/model/model.ts';
import { hour, minute } from '../../test/world.ts';
import { createPlan } from './create-plan.ts';
import { at, mail, onFiles, writeShop } from './files.fixture.ts';
import { segment } from './world.fixture.ts';

let root = '';
let folder = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-details-'));
  folder = await mkdtemp(join(tmpdir(), 'kaskad-details-folder-'));
  await writeShop(root);
});

afterEach(async () => {
  for (const each of [root, folder]) await rm(each, { recursive: true });
});

async function planned(desired: Model, base: Model, size?: number) {
  const sample = size === undefined ? {} : { sample: { size, folder } };
  const against = { kind: 'folder' as const, name: './before', model: base };
  return createPlan({ desired, against, at, tz: 'test', root, folder, ...sample });
}

const rich = { kind: 'segment', segment: 'rich', existing: true } as const;
const gift = { ...mail(), name: 'gift', on: rich };
const points = (where: string, part: Partial<Model> = {}) =>
  onFiles({ segments: [segment('rich', where)], campaigns: [mail(), gift], ...part });

it('tells how many enter and leave a segment that changes, and the audience of the campaign on it', async () => {
  const { forecast } = (await planned(points('points >= 100'), points('points < 120'))).effects;
  // Points are 0, 10, 20 … 190.
  expect(forecast.audiences.find(({ address }) => address === 'segment.rich')).toMatchObject({ before: 12, after: 10 });
  const exactly = (n: number) => ({ estimate: n, low: n, high: n });
  expect(forecast.details.moves).toEqual([
    { address: 'campaign.gift', enter: exactly(8), leave: exactly(10) },
    { address: 'segment.rich', enter: exactly(8), leave: exactly(10) },
  ]);
  expect(await readdir(folder), 'the ids of the members are gone').toEqual([]);
});

it('tells nothing of a segment that stays', async () => {
  const { forecast } = (await planned(points('points >= 100'), points('points >= 100', { campaigns: [gift] }))).effects;
  expect(forecast.details.moves).toEqual([]);
});

it('tells who gets messages of two campaigns, and the greatest hour', async () => {
  const { details } = (await planned(points('points >= 100'), points('points >= 150'))).effects.forecast;
  // Everybody gets one for the cart; those with enough points a gift too, all in the first hour.
  expect(details.recipients).toEqual({ before: 20, after: 20 });
  expect(details.several).toEqual({ before: 5, after: 10 });
  expect(details.overlaps).toEqual({ pairs: 1, greatest: [{ campaigns: ['cart', 'gift'], before: 5, after: 10 }] });
  expect(details.peaks).toEqual([{ channel: 'email', before: { at, messages: 6 }, after: { at, messages: 11 } }]);
  expect(details.days.find(({ campaign }) => campaign === 'gift')).toMatchObject({
    before: [5, 0, 0, 0, 0, 0, 0],
    after: [10, 0, 0, 0, 0, 0, 0],
  });
});

it('compares the greatest hour with the rate of the channel as it would be', async () => {
  const desired = points('points >= 100');
  const channels = desired.channels.map((one) => ({ ...one, rate: 0.002 }));
  const { details } = (await planned({ ...desired, channels }, desired)).effects.forecast;
  expect(details.peaks).toMatchObject([{ channel: 'email', rate: 7, after: { messages: 11 } }]);
});

it('tells what is refused and why, and who leaves', async () => {
  const capped = points('points >= 100', { policies: { caps: [{ name: 'once', max: 1, per: 30 * 24 * hour }] } });
  const { details } = (await planned(capped, points('points >= 100'))).effects.forecast;
  const refused = details.refusals.reduce((sum, { after }) => sum + (after ?? 0), 0);
  expect(refused).toBe(10);
  expect(new Set(details.refusals.map(({ reason }) => reason))).toEqual(new Set(['cap:once']));
  expect(details.refusals.every(({ before }) => before === 0)).toBe(true);
  expect(details.leaving).toContainEqual({ campaign: 'gift', before: 10, after: 10 });
  expect(details.exits).toContainEqual({ campaign: 'gift', reason: 'completed', before: 10, after: 10 });
});

it('estimates the same from a sample of everybody', async () => {
  const [desired, base] = [points('points >= 100'), points('points < 120')];
  const exact = (await planned(desired, base)).effects.forecast.details;
  const sampled = (await planned(desired, base, 20)).effects.forecast.details;
  const plain = JSON.parse(JSON.stringify(sampled, (key, value) => (key === 'sampled' ? undefined : value)));
  expect(plain).toEqual(exact);
  expect(sampled.recipients.sampled).toMatchObject({ after: { low: 20, high: 20 } });
});

it('counts what a first tick before the beginning sends in the first hour and day', async () => {
  const late = onFiles();
  const project = { ...late.project, simulation: { ...late.project.simulation, from: at + 2 * hour + 5 * minute } };
  const desired = { ...late, project };
  const { details } = (await planned(desired, { ...desired, project: { ...project, tick: 5 * hour } })).effects
    .forecast;
  const sum = (numbers: number[] | null = []) => (numbers ?? []).reduce((total, n) => total + n, 0);
  expect(details.days.map(({ before, after }) => [before?.length, after.length])).toEqual([[7, 7]]);
  expect(details.hours.map(({ before, after }) => [before?.length, after.length])).toEqual([[169, 169]]);
  expect(details.days.map(({ before }) => sum(before))).toEqual(details.steps.map(({ week }) => week.before));
});

it.each([undefined, 20])('counts a step that has moved as the same one, with a sample of %s', async (size) => {
  const moved = { ...mail(), moved: [{ from: 'send-1', to: 'mail' }] };
  const renamed = { ...moved, steps: moved.steps.map((step) => ({ ...step, id: 'mail' })) };
  const { steps } = (await planned(onFiles({ campaigns: [renamed] }), onFiles(), size)).effects.forecast.details;
  expect(steps).toHaveLength(1);
  const [{ step, week } = {}] = steps;
  expect(step).toBe('mail');
  expect(week?.before).toBeGreaterThan(0);
  expect(week?.before).toBe(week?.after);
});

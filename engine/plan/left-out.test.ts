import { expect, it } from 'vitest';
import type { Campaign } from '../../spec/model/campaign.ts';
import { campaign, day, program } from '../../test/world.ts';
import { leftOut } from './left-out.ts';

const rollout = [{ share: 1_000, lasts: day }, { share: 10_000 }];
const shop = (existing: boolean, part: Partial<Campaign> = {}) =>
  program({
    segments: [{ name: 'sleeping', where: { kind: 'literal', type: 'boolean', value: true } }],
    campaigns: [campaign({ on: { kind: 'segment', segment: 'sleeping', existing }, ...part })],
  });

it('a new campaign says how many of the present members its rollout lets in', () => {
  const found = leftOut(shop(true, { rollout }), undefined);
  expect(found).toMatchObject([{ level: 'doubtful', address: 'campaign.cart' }]);
  expect(found[0]?.message).toContain('its first stage lets in 10%; later stages do not let in the others');
  expect(leftOut(shop(true, { rollout }), shop(true)), 'they have had their occasion').toEqual([]);
  expect(leftOut(shop(false, { rollout }), undefined)).toEqual([]);
  expect(leftOut(shop(true), undefined)).toEqual([]);
  expect(leftOut(shop(true, { rollout: [{ share: 1_000 }] }), undefined), 'as it says').toEqual([]);
});

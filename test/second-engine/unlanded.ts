import type { Step } from '../../spec/model/campaign.ts';
import { type World, worldStart } from '../random-world.ts';
import type { Happening } from '../world.ts';

/** The world without what the production engine does otherwise than the documentation for the time being. */
export function landed(world: World): World {
  const { model, carts, orders, consents, people } = world;
  const known = ({ customer, at }: Happening) => at <= worldStart || people.some(({ id }) => id === customer);
  const { quietHours } = model.policies;
  return {
    ...world,
    model: {
      ...model,
      policies: { caps: model.policies.caps, ...(quietHours && { quietHours: { ...quietHours, otherwise: 'hold' } }) },
      campaigns: model.campaigns.map((campaign) => ({ ...campaign, steps: campaign.steps.map(withoutPreference) })),
    },
    carts: carts.filter(known),
    orders: orders.filter(known),
    consents: consents.filter(([customer, , , at]) => known({ customer, at })),
    people: people.map((person) => ({ ...person, phone: person.phone && `+7000000000${person.id.slice(1)}` })),
  };
}

function withoutPreference(step: Step): Step {
  if (step.kind === 'if' || step.kind === 'await')
    return { ...step, then: step.then.map(withoutPreference), else: step.else.map(withoutPreference) };
  if (step.kind === 'split')
    return { ...step, arms: step.arms.map((arm) => ({ ...arm, steps: arm.steps.map(withoutPreference) })) };
  return step.kind === 'cascade' && step.order === 'preferred' ? { ...step, order: 'cheapest' } : step;
}

import { createHash } from 'node:crypto';
import type { Arm, Split } from '../../spec/model/campaign.ts';
import type { Holdout } from '../../spec/model/model.ts';
import { bucket } from '../bucket.ts';
import type { Enrolment } from './state.ts';

export function drawArm(step: Split, { campaign, customer, occurrence }: Enrolment): Arm {
  const winner = step.arms.find(({ name }) => name === step.winner);
  if (winner) return winner;
  const salt = `${campaign.name}/${step.id}`;
  const place = bucket(step.sticky === false ? `${salt}/${customer.id}/${occurrence}` : `${salt}/${customer.id}`);
  let reached = 0;
  const drawn = step.arms.find((arm) => {
    reached += arm.share;
    return place < reached / 10_000;
  });
  if (!drawn) throw new Error(`${step.id}: the arms' shares do not sum to all`);
  return drawn;
}

export function heldOut({ salt, share }: Holdout, id: string): boolean {
  return bucket(`holdout/${salt}/${id}`) < share / 10_000;
}

export function messageId({ campaign, customer, occurrence }: Enrolment, step: string, channel: string): string {
  const parts = [campaign.name, customer.id, occurrence, step, channel];
  return createHash('md5').update(parts.join('/')).digest('hex');
}

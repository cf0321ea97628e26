import type { Arm, DrawnVariant, Send } from './campaign.ts';
import { plain, variantOf } from './template.ts';

/** All customers, in hundredths of a percent. */
export const allOfThem = 10_000;

/** Returns the variants with the shares that they have: those without one get equal parts of what the others leave. */
export function shared(variants: DrawnVariant[]): Required<DrawnVariant>[] {
  const open = variants.filter(({ share }) => share === undefined).length;
  const left = variants.reduce((rest, { share = 0 }) => rest - share, allOfThem);
  let more = open === 0 ? 0 : left % open;
  return variants.map(({ name, share }) => {
    if (share !== undefined) return { name, share };
    return { name, share: Math.floor(left / open) + (more-- > 0 ? 1 : 0) };
  });
}

/** Returns the variants of a send as the arms of a split, each with a send of its own. */
export function armsOf({ id, channel, template, variants = [] }: Send): Arm[] {
  return shared(variants).map(({ name, share }) => ({
    name,
    share,
    control: false,
    steps: [{ kind: 'send', id: `${id}.${name}`, channel, template: variantOf(template, name) }],
  }));
}

/**
 * Returns the arm with which the others are compared: the control, or of variants the plain one, otherwise the first. Undefined: nothing tells
 * what they are worth.
 */
export function baseOf<A extends { name: string; control: boolean }>(arms: A[], variants: boolean): A | undefined {
  const base = arms.find(({ control }) => control);
  return base ?? (variants ? (arms.find(({ name }) => name === plain) ?? arms[0]) : undefined);
}

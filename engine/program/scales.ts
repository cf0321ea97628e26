import type { Rfm } from '../../spec/model/data.ts';
import { watched } from './facts.ts';
import { hash } from './hash.ts';
import type { CompiledCampaign, Program, Ranking } from './program.ts';

/** A comparison of all customers: a ranking, or the quintiles of RFM. */
export type Scale = Ranking | Rfm;

export function isRanking(scale: Scale): scale is Ranking {
  return 'by' in scale;
}

const names = new WeakMap<Scale, string>();

/** Returns the name under which a store keeps the scores: equal scales have equal names. */
export function nameOf(scale: Scale): string {
  const known = names.get(scale) ?? hash(scale);
  names.set(scale, known);
  return known;
}

const read = new WeakMap<object, readonly Scale[]>();

/** Returns the scales that a compiled campaign or segment reads. One inside a ranking's value belongs to that ranking. */
export function scalesOf(compiled: object): readonly Scale[] {
  const before = read.get(compiled);
  if (before) return before;
  const found: Scale[] = [];
  JSON.stringify(compiled, (key, part: unknown) => {
    if (key === 'rankings' && Array.isArray(part)) found.push(...(part as Ranking[]));
    else if (key === 'rfm' && typeof part === 'object' && part !== null) found.push(part as Rfm);
    else return part;
    return undefined;
  });
  read.set(compiled, found);
  return found;
}

/** Returns true if a compiled query, campaign or segment compares all customers. */
export function comparesCustomers(compiled: object): boolean {
  return scalesOf(compiled).length > 0;
}

/** Returns the scales that these campaigns or watched segments read, by name. */
export function scalesInUse(program: Program, campaigns: CompiledCampaign[]): Map<string, Scale> {
  const found = [...campaigns, ...watched(program)].flatMap(scalesOf);
  return new Map(found.map((scale) => [nameOf(scale), scale]));
}

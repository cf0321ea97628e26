import type { Channel, CrmFile } from './document.generated.ts';
import { isRecord } from './identified.ts';
import type { Loose } from './loose.ts';
import type { Place } from './place.ts';

/** The keys of a channel that an environment can replace. */
type ChannelPlace = Partial<Pick<Channel, 'transport' | 'url' | 'directory' | 'to' | 'from' | 'rate' | 'unsubscribe'>>;

/** The definition `environment` of the schema. */
interface Environment {
  variables?: CrmFile['variables'];
  store?: string;
  delivery?: 'live' | 'test';
  temporary?: boolean;
  channels?: { [name: string]: ChannelPlace };
}

/** The contents of a file about an environment; nothing, where it cannot be read. */
export interface WrittenEnvironment {
  name: string;
  value: Loose<Environment>;
  place: Place;
}

/** Returns true if a file, which may be wrong elsewhere, describes one environment for each branch. */
export function isTemporary(value: unknown): boolean {
  return isRecord(value) && value.temporary === true;
}

/** Returns true if messages of the environment go to no customer. */
export function isTrial(value: unknown): boolean {
  return isTemporary(value) || (isRecord(value) && value.delivery === 'test');
}

/**
 * Returns where the store of an environment is, as it is written; undefined: where the project says. What a trial notes as
 * sent must not count as sent for customers, so it has a store of its own. `name`: as it was asked for.
 */
export function storeOf(name: string, value: unknown): unknown {
  if (isRecord(value) && value.store !== undefined && !isTemporary(value)) return value.store;
  return isTrial(value) ? `.kaskad/${name}.duckdb` : undefined;
}

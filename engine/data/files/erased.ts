import { addressHash } from '../../store/canonical-address.ts';
import type { Value } from '../../store/database.ts';
import { addressHashesIn } from './convert/address.ts';
import type { InputFile } from './record.ts';

/** The hashes by which erased customers are recognised. */
export interface Erased {
  ids: ReadonlySet<string>;
  /** Their canonical addresses. */
  addresses: ReadonlySet<string>;
  /** Ids of other customers that are one of these addresses. */
  others: ReadonlySet<string>;
}

/** Returns what the store keeps of the id of a customer who was erased. */
export function idHash(id: string): string {
  return addressHash('string', id);
}

/** Returns the hashes of the addresses that an id is. */
export function addressesOfId(id: string): string[] {
  return /@|^\+/.test(id) ? addressHashesIn(id) : [];
}

/** Returns true if a customer was erased who is named so. `addresses`: hashes of those that the name holds. */
export function isErased(name: string, addresses: string[], erased: Erased | undefined): boolean {
  if (!erased) return false;
  const id = idHash(name);
  if (erased.ids.has(id)) return true;
  return !erased.others.has(id) && addresses.some((hash) => erased.addresses.has(hash));
}

/**
 * Returns a function that recognises the rows about erased customers. A refusal by an address is none of them: others
 * may have it. `named`: the column with the customer.
 */
export function leftOut({ shape }: InputFile, named: number, erased: Erased | undefined) {
  return (row: Value[], refused: boolean): boolean => {
    const whom = row[named];
    if (erased === undefined || typeof whom !== 'string') return false;
    const refuses = refused && shape.addressed === true;
    const addresses = refuses ? addressHashesIn(whom) : addressesOfId(whom);
    return isErased(whom, addresses, erased) && !(refuses && addresses.length > 0);
  };
}

import { addressHash } from '../store/canonical-address.ts';
import type { Value } from '../store/database.ts';
import { addressHashesIn } from './convert/address.ts';
import type { InputFile } from './record.ts';

/** Hashes of the ids and addresses of customers who were erased; undefined where nobody was. */
type Erased = ReadonlySet<string> | undefined;

/** Returns what the store keeps of the id of a customer who was erased. */
export function idHash(id: string): string {
  return addressHash('string', id);
}

/** Returns the hashes of the addresses that an id is. */
export function addressesOfId(id: string): string[] {
  return /@|^\+/.test(id) ? addressHashesIn(id) : [];
}

/** Returns true if a customer was erased who is named so. `addresses`: hashes of those that the name holds. */
export function isErased(name: string, addresses: string[], erased: Erased): boolean {
  return erased !== undefined && (erased.has(idHash(name)) || addresses.some((hash) => erased.has(hash)));
}

/**
 * Returns a function that tells the rows about customers who were erased. A refusal by an address is none of them: others
 * may have it. `named`: the column with the customer.
 */
export function leftOut({ shape }: InputFile, named: number, erased: Erased) {
  return (row: Value[], refused: boolean): boolean => {
    const whom = row[named];
    if (erased === undefined || typeof whom !== 'string') return false;
    const refuses = refused && shape.addressed === true;
    const addresses = refuses ? addressHashesIn(whom) : addressesOfId(whom);
    return isErased(whom, addresses, erased) && !(refuses && addresses.length > 0);
  };
}

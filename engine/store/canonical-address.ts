import { hash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import sql, { type Sql } from 'sql-template-tag';
import type { FieldType } from '../../spec/model/data.ts';
import type { Dialect } from './dialect.ts';

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const lowerCase = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/**
 * Returns an address in the one spelling by which customers who share it are recognised: of an e-mail address in lower case,
 * its domain in ASCII and without a dot at its end; of others as they are stored (phone numbers in E.164). `type`: of the attribute that holds it.
 */
export function canonicalAddress(type: FieldType, address: string): string {
  if (type !== 'email') return address;
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at).replace(/\.$/, '');
  return lowerCase(address.slice(0, at)) + (/[^\0-\x7f]/.test(domain) ? domainToASCII(domain) : lowerCase(domain));
}

/** Returns a part of an e-mail address as it is stored: with whole parts of a domain in ASCII. */
export function storedPart(text: string): string {
  const at = text.lastIndexOf('@') + 1;
  const domain = text.slice(at);
  return /[^\0-\x7f]/.test(domain) ? text.slice(0, at) + (domainToASCII(domain) || domain) : text;
}

/** Returns what the store keeps of an address where it must not keep the address itself. */
export function addressHash(type: FieldType, address: string): string {
  return hash('sha256', canonicalAddress(type, address), 'hex');
}

/** Returns the same hash of a column that holds addresses as the intake converts them: their domains are in ASCII. */
export function addressHashSql({ sha256 }: Dialect, type: FieldType, column: Sql): Sql {
  return sha256(
    type === 'email' ? sql`translate(${column}, ${capitals}::text, ${capitals.toLowerCase()}::text)` : column,
  );
}

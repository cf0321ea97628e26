import { domainToUnicode } from 'node:url';

/** Returns an e-mail address with its domain in the letters of its owner, for people: `anna@почта.рф`. Other texts stay. */
export function readableAddress(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  // A domain that cannot be read has no form for people.
  return at > 0 && /(^|\.)xn--/i.test(domain) ? address.slice(0, at) + (domainToUnicode(domain) || domain) : address;
}

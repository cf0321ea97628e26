import { domainToUnicode } from 'node:url';

/** Returns an e-mail address with its domain in its own script, for people: `anna@почта.рф`. Other texts stay the same. */
export function readableAddress(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  // A domain that cannot be decoded has no readable form.
  return at > 0 && /(^|\.)xn--/i.test(domain) ? address.slice(0, at) + (domainToUnicode(domain) || domain) : address;
}

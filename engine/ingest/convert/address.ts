import { domainToASCII } from 'node:url';
import { addressHash } from '../../store/canonical-address.ts';
import { type Converter, ofText, remembered, type Trouble } from './converter.ts';

const BAD_EMAIL: Trouble = { code: 'bad-email', why: 'is not an e-mail address', soft: true };
const BAD_PHONE: Trouble = {
  code: 'bad-phone',
  why: 'is not a phone number; write it with its country code, like +79991234567',
  soft: true,
};

// Each pattern is one class of characters under one repetition: no text can make it slow.
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}$/;
const LABEL = /^[a-z0-9-]{1,63}$/;
const TOP_LABEL = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/** An address that mail can plausibly be sent to; its domain in lower case, in ASCII, without a dot at its end. */
export const email: Converter = ofText((cell) => {
  const at = cell.indexOf('@');
  if (cell.length > 254 || at < 0) return BAD_EMAIL;
  const local = cell.slice(0, at);
  const domain = asciiDomain(cell.slice(at + 1).replace(/\.$/, ''));
  return plausibleLocal(local) && plausibleDomain(domain) ? `${local}@${domain}` : BAD_EMAIL;
}, BAD_EMAIL);

function plausibleLocal(local: string): boolean {
  return LOCAL_PART.test(local) && !local.startsWith('.') && !local.endsWith('.') && !local.includes('..');
}

const asciiDomain = remembered((domain) => (/[^\0-\x7f]/.test(domain) ? domainToASCII(domain) : domain.toLowerCase()));

function plausibleDomain(domain: string): boolean {
  const labels = domain.split('.');
  if (domain.length > 253 || labels.length < 2 || !TOP_LABEL.test(labels.at(-1) ?? '')) return false;
  return labels.every((label) => LABEL.test(label) && !label.startsWith('-') && !label.endsWith('-'));
}

/** E.164. Russian numbers may begin with 8 or with 7 and no plus. */
export const phone: Converter = ofText((cell) => {
  if (cell.length > 40) return BAD_PHONE;
  const digits = cell
    .replace(/[\s().-]/g, '')
    .replace(/^8(?=\d{10}$)/, '+7')
    .replace(/^7(?=\d{10}$)/, '+7');
  const plausible = /^\+[1-9]\d{7,14}$/.test(digits) && (!digits.startsWith('+7') || digits.length === 12);
  return plausible ? digits : BAD_PHONE;
}, BAD_PHONE);

/** An address, and of which type it is. */
export interface Address {
  type: 'email' | 'phone';
  address: string;
}

const MAIL_IN_TEXT = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[\p{L}\p{M}\p{N}.-]{1,253}/gu;
const PHONE_IN_TEXT = /(?<![\p{L}\p{N}])(?:\+|00)?[\d(][\d\s().-]{5,38}\d(?![\p{L}\p{N}])/gu;

/**
 * Returns the addresses that a text holds, as people paste them: `mailto:anna@shop.example`, `Anna <anna@shop.example>`,
 * `tel:+7 999 123-45-67`, several at once.
 */
export function addressesIn(text: string): Address[] {
  const plain = decoded(text.normalize('NFKC').replace(/\p{Cf}/gu, ''));
  const mails = [...plain.matchAll(MAIL_IN_TEXT)].flatMap(([found]) => {
    const whole = found.replace(/[.-]+$/, '');
    // A quotation mark may be part of an address, or stand before it.
    return [whole, whole.replace(/^['`]+/, '')].map((address) => ({ type: 'email' as const, address: email(address) }));
  });
  const phones = [...plain.replace(MAIL_IN_TEXT, ' ').matchAll(PHONE_IN_TEXT)].map(([found]) => ({
    type: 'phone' as const,
    address: phone(found.replace(/^00/, '+')),
  }));
  const valid = [...mails, ...phones].filter((found): found is Address => typeof found.address === 'string');
  return [...new Map(valid.map((found) => [found.address, found])).values()];
}

/** A `mailto:` may be written with percent signs. */
function decoded(text: string): string {
  if (!/^\s*mailto:/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns the hashes of the addresses that a text holds. */
export function addressHashesIn(text: string): string[] {
  return addressesIn(text).map(({ type, address }) => addressHash(type, address));
}

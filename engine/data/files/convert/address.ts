import { domainToASCII } from 'node:url';
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { later } from '../../../../spec/words/t.ts';
import { addressHash } from '../../../store/canonical-address.ts';
import type { Value } from '../../../store/database.ts';
import { type Converter, ofText, remembered, type Trouble } from './converter.ts';

const BAD_EMAIL: Trouble = { code: 'bad-email', why: (what) => later`${what} is not an e-mail address`, soft: true };
const BAD_PHONE: Trouble = {
  code: 'bad-phone',
  why: (what) => later`${what} is not a phone number; write it with its country code, like +79991234567`,
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

const MANY_MAILS = several('bad-email', (what) => later`${what} holds several e-mail addresses`);
const MANY_PHONES = several('bad-phone', (what) => later`${what} holds several phone numbers`);

/** An address, as a customer's attribute: of several the first. */
export const emailAttribute: Converter = ofText((cell) => {
  const value = email(cell);
  return typeof value === 'string' ? value : first(cell.split(/[\s,;|]+/), email, MANY_MAILS, BAD_EMAIL);
}, BAD_EMAIL);

/**
 * E.164, by the rules of the country that the number is written in; without one, with its code. Only the length is checked:
 * ranges of numbers change. Of several the first.
 */
export function phoneAttribute(country: () => string | undefined): Converter {
  return ofText((cell) => {
    // Most numbers of a Russian shop need no further look.
    if (/^\+7\d{10}$/.test(cell)) return cell;
    if (cell.length > 200) return BAD_PHONE;
    const plain = bare(cell);
    const one = (text: string) => phoneIn(bare(text), country());
    return (
      one(plain) ??
      first(plain.split(/[,;|/]|\sи\s|\sили\s|\sor\s/), (text) => one(text) ?? BAD_PHONE, MANY_PHONES, BAD_PHONE)
    );
  }, BAD_PHONE);
}

/** A phone number in a text of which no country is known; without a plus it is taken for a Russian one. */
export const phone: Converter = ofText(
  (cell) => (cell.length > 40 ? BAD_PHONE : (phoneIn(bare(cell), 'RU') ?? BAD_PHONE)),
  BAD_PHONE,
);

/** Removes what spreadsheets, links and word processors put around a number. */
function bare(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .trim()
    .replace(/^'/, '')
    .replace(/^tel:/i, '');
}

function phoneIn(text: string, country: string | undefined): string | undefined {
  if (text.length > 40 || !/^[+(\d][\d\s().-]*$/.test(text)) return undefined;
  const digits = text.replace(/[\s().-]/g, '').replace(/^00/, '+');
  if (digits.startsWith('+0') || digits.length < 8) return undefined;
  // Nearly all numbers of a Russian shop; the rules of all countries take a hundred times as long.
  if (/^\+7\d{10}$/.test(digits)) return digits;
  if ((country === 'RU' || country === 'KZ') && /^[78]\d{10}$/.test(digits)) return `+7${digits.slice(1)}`;
  const from = isSupportedCountry(country ?? '') ? { defaultCountry: country as CountryCode } : {};
  const found = parsePhoneNumberFromString(text.replace(/^00/, '+'), { ...from, extract: false });
  return found?.isPossible() ? found.number : undefined;
}

/** The first of several values in a cell is taken, and that is reported. */
function several(code: 'bad-email' | 'bad-phone', why: Trouble['why']): (value: string) => Trouble {
  return (value) => ({
    code,
    why,
    instead: { value, says: (sentence) => later`${sentence}. The first is taken. Write one.` },
  });
}

function first(
  texts: string[],
  convert: (text: string) => Value | Trouble,
  many: (value: string) => Trouble,
  none: Trouble,
): Trouble {
  const found = texts
    .map((text) => (text.trim() === '' ? none : convert(text.trim())))
    .filter((value) => typeof value === 'string');
  return found.length > 1 && found[0] !== undefined ? many(found[0]) : none;
}

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

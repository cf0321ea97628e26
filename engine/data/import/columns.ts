import type { Field, FieldType, ValueWriting } from '../../../spec/model/data.ts';
import { t } from '../../../spec/words/t.ts';
import { isTrouble } from '../files/convert/converter.ts';
import { country, locale, timezone } from '../files/convert/place.ts';
import { type Concept, conceptOf } from './concepts.ts';
import { datesOf, epochOf, type Order, STRAY } from './dates.ts';
import type { Column } from './look.ts';
import { headerWords } from './names.ts';
import { numbersOf } from './numbers.ts';
import { genders, isNothing, yesOrNo } from './words.ts';

/** The values of a column, understood. */
export interface Understood {
  column: string;
  /** The list whose items are the rows. */
  each?: string;
  concept?: Concept;
  type: FieldType;
  /** The fields of the items, for lists. */
  items?: Field[];
  writing: ValueWriting;
  /** A number's sign before the decimals, where the values show one. */
  decimal?: ',' | '.';
  order?: Order;
  currency?: string;
  /** Words that mean an empty cell in any column of the file. */
  nothing: string[];
  /** The different values, if they are few. */
  words: Map<string, number>;
  /** The share of rows that have a value. */
  filled: number;
  /** The share of values that are different. */
  unique: number;
  texts: string[];
  /** The reading that was chosen of several, and why; or the values that no reading fits. */
  remarks: string[];
}

/** Knowledge from other columns and files, for a column that is ambiguous alone. */
export interface Hints {
  order: Order;
  /** The reason for the order. */
  why: string;
  decimal: ',' | '.';
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^\+?[\d\s().–-]{7,24}$/;
const MANY_WORDS = 30;
/** Columns whose 1 and 0 mean yes and no. */
const SWITCH = /^(?:is|has) |^(?:vip|active|blocked|активен|заблокирован|вип)$/;

/** Names of columns that are no numbers, whatever their digits. */
const TEXTS = [
  'id',
  'customer',
  'order',
  'sku',
  'postcode',
  'card_number',
  'product',
  'coupon',
  'status',
  'name',
  'full_name',
  'first_name',
  'last_name',
  'address',
];
const MOMENTS = [
  'at',
  'registered_at',
  'last_order_at',
  'first_order_at',
  'last_visit',
  'birthday',
  'consent',
  'refusal',
];

export function understand({ name, cells }: Column, hints: Hints): Understood {
  const concept = conceptOf(name);
  const lists = cells.filter(
    (cell) => Array.isArray(cell) && cell.some((item) => typeof item === 'object' && item !== null),
  );
  const all = cells.flatMap((cell) => textOf(cell) ?? []);
  const texts = all.filter((text) => !isNothing(text));
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const base: Understood = {
    column: name,
    ...(concept && { concept }),
    type: 'string',
    writing: {},
    nothing: [...new Set(all.filter((text) => isNothing(text)))],
    words: counts.size <= MANY_WORDS ? counts : new Map(),
    filled: cells.length === 0 ? 0 : texts.length / cells.length,
    unique: texts.length === 0 ? 0 : counts.size / texts.length,
    texts,
    remarks: [],
  };
  if (lists.length > 0) return { ...base, type: 'list', items: listItems(lists.flat(), hints) };
  if (texts.length === 0) return { ...base, type: concept?.type ?? (concept?.name === 'birthday' ? 'date' : 'string') };
  const json = cells.some((cell) => typeof cell === 'boolean' || typeof cell === 'number');
  return { ...base, ...typed(base, concept, hints, json) };
}

type Finding = Partial<Understood> | undefined;

function typed(base: Understood, concept: Concept | undefined, hints: Hints, json: boolean): Finding {
  const { texts, words } = base;
  const share = (fits: (text: string) => boolean) => texts.filter(fits).length / texts.length;
  const most = 1 - STRAY;
  const is = (name: string) => concept?.name === name;
  if (share((text) => EMAIL.test(text)) >= (is('email') ? 0.5 : most)) return { type: 'email' };
  const numbers = share((text) => PHONE.test(text) && digits(text) >= 7);
  const spare = texts.filter((text) => !isNothing(text, true));
  const blanks = blanksOf(texts);
  if (is('phone') && numbers >= 0.5) return withBlanks({ type: 'phone' }, blanks);
  if (numbers >= most && share((text) => text.startsWith('+')) >= most) return { type: 'phone' };
  const meanings =
    words.size > 0
      ? yesOrNo([...words.keys()], {
          numbers: is('consent') || is('refusal') || SWITCH.test(headerWords(base.column)),
          consent: is('consent'),
        })
      : undefined;
  if (meanings) return { type: 'boolean', writing: values(meanings) };
  const dated = dates(spare, concept, hints, json);
  if (dated) return withBlanks(dated, blanks);
  if (!is('status') && share((text) => /^[A-Z]\w+\/[A-Z]\w+/.test(text) && !isTrouble(timezone(text))) >= most)
    return { type: 'timezone' };
  if (is('country') && share((text) => !isTrouble(country(text))) >= most) return { type: 'country' };
  if (is('locale') && share((text) => !isTrouble(locale(text))) >= most) return { type: 'locale' };
  if (is('gender')) {
    const found = genders([...words.keys()]);
    return found && { writing: values(found) };
  }
  if (TEXTS.includes(concept?.name ?? '')) return undefined;
  const counted = amounts(spare, concept, hints);
  return counted && withBlanks(counted, blanks);
}

function dates(texts: string[], concept: Concept | undefined, hints: Hints, json: boolean): Finding {
  const moment = MOMENTS.includes(concept?.name ?? '');
  const epoch = moment ? epochOf(texts) : undefined;
  if (epoch) return { type: 'instant', writing: { dates: [epoch] } };
  const found = json
    ? datesOf(
        texts.filter((text) => /\D/.test(text)),
        hints.order,
      )
    : datesOf(texts, hints.order);
  if (!found) return undefined;
  if (found.shortYears) {
    return moment
      ? { remarks: [t`has years of two digits, which cannot be read as dates; it is taken as text`] }
      : undefined;
  }
  const { forms, order, ambiguous } = found;
  const short = forms.some((form) => /(?<!Y)YY(?!Y)/.test(form));
  // Such numbers are dates only under a header of dates.
  if (short && !moment && forms.every((form) => /(?<!Y)YY(?!Y)/.test(form))) return undefined;
  const years = short ? [t`years of two digits are read as 1950 to 2049`] : [];
  return {
    type: concept?.name === 'birthday' ? 'date' : found.type,
    writing: forms.length > 0 ? { dates: forms } : {},
    ...(order && !ambiguous && { order }),
    remarks: ambiguous
      ? [t`${ambiguous.example} may be either order: read as ${forms[0] ?? ''}, because ${hints.why}`, ...years]
      : years,
  };
}

function amounts(texts: string[], concept: Concept | undefined, hints: Hints): Finding {
  if (texts.some((text) => /^0\d/.test(text) || /^\d{16,}$/.test(text))) return undefined;
  const found = numbersOf(texts, hints.decimal);
  if (!found) {
    const remark = t`does not look like amounts of money, so it is taken as text: only digits and a currency beside them can be read`;
    return concept?.type === 'money' ? { remarks: [remark] } : undefined;
  }
  const money = (concept?.type === 'money' || found.currency !== undefined) && !found.negative && found.decimals <= 4;
  const { needs, decimal, currency, ambiguous } = found;
  return {
    type: money ? 'money' : found.decimals === 0 ? 'integer' : 'number',
    writing: needs && decimal ? { decimal } : {},
    ...(decimal && { decimal }),
    ...(currency && { currency }),
    remarks: ambiguous
      ? [t`${ambiguous.example} may be a decimal or thousands: read with \`decimal: "${decimal ?? ''}"\``]
      : [],
  };
}

/** The words that mean an empty cell in this column. */
function blanksOf(texts: string[]): ValueWriting {
  const words = [...new Set(texts)].filter((text) => isNothing(text, true));
  return values(Object.fromEntries(words.map((text) => [text, ''])));
}

function values(meanings: Record<string, string>): ValueWriting {
  return Object.keys(meanings).length > 0 ? { values: meanings } : {};
}

function withBlanks(found: Partial<Understood>, blanks: ValueWriting): Partial<Understood> {
  return { ...found, writing: { ...found.writing, ...blanks } };
}

function digits(text: string): number {
  return text.replace(/\D/g, '').length;
}

/** Returns the fields of the items of a list, by their own keys: a list cannot rename them. */
function listItems(items: unknown[], hints: Hints): Field[] {
  const keys = new Set(items.flatMap((item) => (typeof item === 'object' && item !== null ? Object.keys(item) : [])));
  return [...keys].flatMap((name): Field[] => {
    // A list does not rename its keys.
    if (!/^[A-Za-z_]\w{0,47}$/.test(name)) return [];
    const cells = items.map((item) =>
      typeof item === 'object' && item !== null ? Reflect.get(item, name) : undefined,
    );
    if (cells.some((cell) => typeof cell === 'object' && cell !== null)) return [];
    const { type, writing } = understand({ name, cells }, hints);
    return [{ name, type: Object.keys(writing).length > 0 ? 'string' : type, pii: false }];
  });
}

/** Returns the text of a plain cell; undefined: it is empty, or none. */
export function textOf(cell: unknown): string | undefined {
  if (cell === undefined || cell === null) return undefined;
  if (Array.isArray(cell))
    return (
      cell
        .map(textOf)
        .filter((text) => text !== undefined)
        .join(', ') || undefined
    );
  if (typeof cell === 'object') return undefined;
  const text = String(cell).trim();
  const plain = text.length > 1 && text.startsWith("'") ? text.slice(1) : text;
  return plain === '' ? undefined : plain;
}

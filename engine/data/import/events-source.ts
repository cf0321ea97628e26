import type { Field, Source } from '../../../spec/model/data.ts';
import { t } from '../../../spec/words/t.ts';
import { currenciesOf, means } from '../files/convert/currency.ts';
import type { Understood } from './columns.ts';
import { type Declared, idsBy, shareOf, writingOfFile } from './draft.ts';
import type { FileGuess, Shown, Wishes } from './guess.ts';
import type { Project } from './hints.ts';
import { isDay } from './kind.ts';
import { alikeIn, type Look } from './look.ts';
import { conflict, exampleOf, fieldOf, isPerson, nameOf } from './naming.ts';
import { statusOf } from './words.ts';

export interface Event {
  name: string;
  fields: Field[];
}

export interface Surroundings {
  /** The name of the event is the user's. */
  given: boolean;
  /** The customers that are known. */
  ids: ReadonlySet<string>;
  wishes: Wishes;
  /** The events that are declared; this one's fields are added. */
  events: Event[];
  kinds: Project;
}

/** Returns the source of a file of events, or the reason for which it is none. */
export function eventsSource(
  look: Look,
  columns: Understood[],
  name: string,
  { given, ids, wishes, events, kinds }: Surroundings,
): Omit<FileGuess, 'why'> | string {
  const remarks = alikeIn(look);
  const wished = (role: string) => columns.find((column) => wishes.names.get(column.column) === role);
  const customer = wished('customer') ?? referring(columns, ids);
  if (!customer) return t`no column says whose event a row is: name it by --name, as in --name "Buyer=customer"`;
  const at = wished('at') ?? moment(columns);
  if (!at) return t`no column says when a row happened: name it by --name, as in --name "Date=at"`;
  const numbered = columns.find(
    (column) => column !== customer && ['order', 'id'].includes(column.concept?.name ?? ''),
  );
  const id = wished('id') ?? (numbered && numbered.unique >= 0.98 && numbered.filled >= 0.98 ? numbered : undefined);
  const lines = numbered !== undefined && id === undefined;
  const event = lines && !given && name === 'order_paid' ? 'product_bought' : name;
  if (lines)
    remarks.push(
      t`"${numbered.column}" comes again in several rows, so each row is an event by itself, such as a product of an order`,
    );
  const known = events.find((one) => one.name === event)?.fields ?? [];
  const roles = new Map([...(id ? [[id, 'id'] as const] : []), [customer, 'customer'], [at, 'at']]);
  const taken = new Set(['id', 'customer', 'at']);
  const declared: Declared[] = [];
  const fields: Field[] = [];
  const shown: Shown[] = [];
  const rename: Source['rename'] = {};
  for (const column of columns) {
    const { column: header, writing, decimal } = column;
    const wish = wishes.names.get(header);
    const role = roles.get(column);
    const outer = look.writing.each !== undefined && !header.startsWith(`${look.writing.each}.`);
    const left = role === undefined && (wish === '' || outer);
    const chosen = role ?? (wish && !taken.has(wish) ? wish : left ? '' : nameOf(column, known, taken));
    taken.add(chosen);
    const field = role || left ? undefined : fieldOf(column, chosen, known);
    if (field) {
      fields.push(field);
      remarks.push(...conflict(column, field));
    }
    if (!left) {
      declared.push({ column: header, names: [chosen], writing, ...(decimal && { decimal }) });
      if (chosen !== header) rename[header] = chosen;
    }
    const type = role === 'at' ? 'instant' : role ? 'id' : (field?.type ?? '');
    const pii = column.concept?.pii === true || (field?.pii ?? ['email', 'phone'].includes(column.type));
    shown.push({ column: header, names: left ? [] : [chosen], type, example: exampleOf(column, pii) });
    remarks.push(...column.remarks.map((remark) => `"${header}": ${remark}`));
    const currency = currencyOf(column, kinds.currency);
    if (currency && currency !== kinds.currency && kinds.currency !== '') {
      remarks.push(
        t`amounts seem to be in ${currency}, and the project's currency is ${kinds.currency}: correct \`currency\` under \`project\``,
      );
    }
  }
  const nothing = [...new Set(columns.flatMap((column) => column.nothing))];
  const counted = event === 'order_paid' || event === 'product_bought' ? rowsOf(columns, remarks) : {};
  const money = fields.some(({ type }) => type === 'money');
  const conditions = money ? inCurrency(counted, columns, kinds.currency, remarks) : counted;
  const writing = { ...idsBy(customer, ids), ...writingOfFile(look.writing, declared, nothing) };
  const source = { path: look.path, rename, ...writing, ...conditions };
  const present = events.find((one) => one.name === event);
  const added = fields.filter((field) => !known.some((one) => one.name === field.name));
  if (present) present.fields.push(...added);
  else events.push({ name: event, fields: [...fields] });
  return { path: look.path, kind: 'events', event, source, fields, columns: shown, consent: {}, remarks };
}

/** Returns the column that names customers as they are known, or that is called so. */
export function referring(columns: Understood[], ids: ReadonlySet<string>): Understood | undefined {
  const place = ({ concept }: Understood) => ['customer', 'email', 'phone', 'id'].indexOf(concept?.name ?? '');
  const candidates = columns
    .filter((column) => place(column) >= 0 && column.filled > 0.5 && !isPerson(column.texts))
    .sort((a, b) => place(a) - place(b));
  const joined = candidates
    .map((column) => ({ column, share: shareOf(column, ids) }))
    .sort((a, b) => b.share - a.share)[0];
  if (joined && joined.share > 0.1) return joined.column;
  return candidates.find(({ concept }) => concept?.name !== 'id');
}

/** Returns the column of the time at which an event happened. */
function moment(columns: Understood[]): Understood | undefined {
  const days = columns.filter(
    ({ type, filled, concept }) => isDay(type) && filled > 0.5 && concept?.name !== 'birthday',
  );
  return days.find(({ concept }) => concept?.name === 'at') ?? days[0];
}

/** Returns the condition by which cancelled orders are none, if there is a column of statuses. */
function rowsOf(columns: Understood[], remarks: string[]): Pick<Source, 'where' | 'unless'> {
  const found = columns
    .filter(({ concept, words }) => concept?.name === 'status' && words.size > 0)
    .sort((a, b) => Number(isPayment(b)) - Number(isPayment(a)))
    .find(({ words }) => [...words.keys()].some((word) => statusOf(word) !== undefined));
  if (!found) return {};
  const all = [...found.words];
  const words = (status?: string) => all.filter(([word]) => statusOf(word) === status);
  const [paid, unpaid, others] = [words('paid'), words('unpaid'), words()];
  if (paid.length === 0) {
    remarks.push(t`rows count unless "${found.column}" is ${listed(unpaid)}`);
    return { unless: { [found.column]: unpaid.map(([word]) => word) } };
  }
  const out = [...unpaid, ...others];
  if (out.length > 0) {
    remarks.push(t`rows count where "${found.column}" is ${listed(paid)}; not where it is ${listed(out)}`);
    if (others.length > 0) remarks.push(t`add ${listed(others)} to \`where\` if that is an order too`);
  }
  return { where: { [found.column]: paid.map(([word]) => word) } };
}

/** Returns the conditions with the one by which amounts in other currencies do not count, if the currencies are in a column. */
function inCurrency(
  conditions: Pick<Source, 'where' | 'unless'>,
  columns: Understood[],
  own: string,
  remarks: string[],
): Pick<Source, 'where' | 'unless'> {
  const found = columns.find(({ concept, words }) => concept?.name === 'currency' && words.size > 1);
  const words = [...(found?.words ?? [])];
  const mine = words.filter(([word]) => means(word, own) === true);
  const others = words.filter(([word]) => means(word, own) !== true);
  if (!found || mine.length === 0 || others.length === 0) return conditions;
  remarks.push(
    t`rows count where "${found.column}" is ${listed(mine)}, the project's currency; not where it is ${listed(others)}`,
  );
  return { ...conditions, where: { ...conditions.where, [found.column]: mine.map(([word]) => word) } };
}

function isPayment({ column }: Understood): boolean {
  return /оплат|payment|financial/i.test(column);
}

function listed(words: [word: string, rows: number][]): string {
  return words.map(([word]) => `"${word}"`).join(', ');
}

/** Returns the currency that a column of amounts or codes is in, if that is certain; `own`: the project's. */
function currencyOf({ concept, words, currency }: Understood, own: string): string | undefined {
  const [only] = words.size === 1 ? words.keys() : [];
  if (concept?.name === 'currency' && only && /^[A-Z]{3}$/.test(only)) return only;
  if (currency === undefined || means(currency, own)) return undefined;
  const found = [...(currenciesOf(currency) ?? [])];
  return found.length > 1 ? main[currency] : found[0];
}

const main: Record<string, string> = { $: 'USD', '£': 'GBP' };

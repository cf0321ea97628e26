import { t } from '../../../spec/words/t.ts';
import type { Understood } from './columns.ts';
import { consentWord } from './words.ts';

/** A kind of data that a file may hold. */
export type Kind = 'customers' | 'events' | 'consent' | 'suppressions';

export interface KindGuess {
  kind: Kind;
  /** The evidence, for people. */
  why: string;
}

/** Returns the kind of data that a file seems to hold; undefined: it cannot be recognised. */
export function kindOf(path: string, columns: Understood[]): KindGuess | undefined {
  const file = (path.split('/').at(-1) ?? path).toLowerCase();
  const has = (...names: string[]) => columns.some(({ concept }) => names.includes(concept?.name ?? ''));
  const named = (pattern: RegExp) => pattern.test(file);
  const whom = has('customer', 'email', 'phone', 'id');
  const status = columns.find(({ concept }) => ['status', 'consent'].includes(concept?.name ?? ''));
  const words = [...(status?.words.keys() ?? [])];
  if (whom && has('channel') && words.length > 0 && words.every((word) => consentWord(word) !== undefined)) {
    return { kind: 'consent', why: t`a column of channels, and one that says granted or withdrawn` };
  }
  const refused = isOfRefusals(file);
  if (whom && (has('reason') || refused) && !has('total', 'order') && (has('channel') || refused)) {
    return { kind: 'suppressions', why: refused ? t`the name of the file` : t`columns of a channel and a reason` };
  }
  const dated = columns.filter(
    ({ type, concept }) => isDay(type) && !['birthday', 'consent', 'refusal'].includes(concept?.name ?? ''),
  );
  const repeated = columns.some(
    ({ concept, unique, filled }) => concept?.name === 'customer' && filled > 0.5 && unique < 0.9,
  );
  const eventEvidence = found([
    [2, has('customer') && has('order'), t`an order and its customer in each row`],
    [2, repeated, t`customers who come again`],
    [2, has('order'), t`numbers of orders`],
    [1, has('total'), t`an amount`],
    [1, has('status'), t`a status`],
    [1, has('at'), t`a time`],
    [1, has('product', 'sku'), t`a product`],
    [
      2,
      named(
        /order|purchase|sale|cart|basket|visit|view|event|regist|sign_?up|заказ|покупк|корзин|продаж|визит|событ|регистр/,
      ),
      t`the name of the file`,
    ],
  ]);
  const customerEvidence = found([
    [3, has('birthday'), t`birthdays`],
    [2, has('first_name', 'last_name', 'middle_name', 'gender'), t`names`],
    [1, has('name', 'full_name', 'city'), t`names`],
    [2, has('consent', 'refusal'), t`consent`],
    [
      2,
      has('registered_at', 'last_visit', 'orders_count', 'total_spent', 'bonus_points', 'last_order_at'),
      t`what customers have`,
    ],
    [
      1,
      columns.some(({ concept, unique }) => ['email', 'phone'].includes(concept?.name ?? '') && unique > 0.9),
      t`addresses that come once`,
    ],
    [
      2,
      named(
        /customer|client|contact|subscriber|audience|profile|user|people|клиент|покупател|подписчик|контакт|аудитор/,
      ),
      t`the name of the file`,
    ],
  ]);
  if (dated.length > 0 && whom && eventEvidence.score > customerEvidence.score) {
    return { kind: 'events', why: eventEvidence.why };
  }
  // A list of nothing but addresses may as well be the ones who must get nothing.
  if (columns.length === 1 && customerEvidence.score < 2) return undefined;
  return whom && customerEvidence.score > 0 ? { kind: 'customers', why: customerEvidence.why } : undefined;
}

/** Returns true if a file is called as a list of those who must not be written to. */
export function isOfRefusals(file: string): boolean {
  return /suppress|unsub|opt[ _-]?outs?(?![a-z])|black[ _-]?list|block[ _-]?list|do[ _-]?not[ _-]?|(?<![a-z])dnc(?![a-z])|no[ _-]?mail|bounce|complain|stop|стоп|отпис|отказал|черн|жалоб/.test(
    file.toLowerCase(),
  );
}

export function isDay(type: string): boolean {
  return type === 'date' || type === 'instant';
}

function found(evidence: [score: number, holds: boolean, why: string][]): { score: number; why: string } {
  const holding = evidence.filter(([, holds]) => holds);
  return {
    score: holding.reduce((sum, [score]) => sum + score, 0),
    why: [...new Set(holding.toSorted(([a], [b]) => b - a).map(([, , why]) => why))].slice(0, 3).join(', '),
  };
}

/** Files that hold amounts and numbers of orders, and no sales. */
const NO_SALES = /refund|return|cancel|quote|offer|draft|wish|возврат|отмен|смет|предложен|чернов|избран/;

/** Returns a name for the events of a file. `guessed`: only its columns, and nothing in its name, make it one of orders. */
export function eventName(path: string, columns: Understood[]): { name: string; guessed: boolean } {
  const file = (path.split('/').at(-1) ?? path).toLowerCase().replace(/\..*$/, '');
  const has = (...names: string[]) => columns.some(({ concept }) => names.includes(concept?.name ?? ''));
  const known: [RegExp, string][] = [
    [/order_?items|line_?items|позици|состав/, 'product_bought'],
    [/cart|basket|корзин/, 'cart_updated'],
    [/regist|sign_?up|регистр/, 'registered'],
    [/view|visit|просмотр|визит/, 'product_viewed'],
    [/order|purchase|sale|заказ|покупк|продаж|чек/, 'order_paid'],
  ];
  const found = NO_SALES.test(file) ? file : known.find(([pattern]) => pattern.test(file))?.[1];
  const guessed = found === undefined && has('order', 'total');
  return { name: found ?? (guessed ? 'order_paid' : file), guessed };
}

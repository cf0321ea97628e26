import type { AggregateFunction, CalendarFunction } from '../model/expression.ts';
import { later } from '../words/t.ts';

/** The meaning of a function, an operator or a word of expressions. */
export interface Meaning {
  /** Its spelling. */
  form: string;
  says: string;
  /** About the shop of the reference. */
  example: string;
}

const meaning = (form: string, says: string, example: string): Meaning => ({ form, says, example });

const functions: Record<AggregateFunction | CalendarFunction | 'reachable' | 'consent', Meaning> = {
  count: meaning(
    'count(event)',
    later`How many such events the customer has.`,
    'count(order_paid in last 90 days) >= 2',
  ),
  sum: meaning(
    'sum(event.field)',
    later`The sum of a field over such events; 0 where there are none.`,
    'sum(order_paid.total where order_paid.category == "shoes") > 5000',
  ),
  avg: meaning(
    'avg(event.field)',
    later`The average of a field over such events; missing where there are none.`,
    'avg(order_paid.total) > 3000 RUB',
  ),
  min: meaning(
    'min(event.field)',
    later`The least value of a field among such events; missing where there are none.`,
    'min(order_paid.total) < 500 RUB',
  ),
  max: meaning(
    'max(event.field)',
    later`The greatest value of a field among such events; missing where there are none.`,
    'max(order_paid.total in last 30 days) > balance',
  ),
  first: meaning(
    'first(event), first(event.field)',
    later`The instant of the earliest such event, or its field; missing where there is none.`,
    'first(order_paid) < 365 days ago',
  ),
  last: meaning(
    'last(event), last(event.field)',
    later`The instant of the latest such event, or its field; missing where there is none.`,
    'last(order_paid) < 45 days ago',
  ),
  distinct: meaning(
    'distinct(event.field)',
    later`How many different values a field has among such events.`,
    'distinct(order_paid.category) >= 3',
  ),
  age: meaning('age(date)', later`Whole years up to today, at the customer’s place.`, 'age(birthday) >= 18'),
  month: meaning('month(date)', later`The month, 1 to 12.`, 'month(birthday) == month(today)'),
  day: meaning('day(date)', later`The day of the month, 1 to 31.`, 'day(today) == 1'),
  weekday: meaning(
    'weekday(date)',
    later`The day of the week, from 1 (Monday) to 7 (Sunday).`,
    'weekday(today) in (6, 7)',
  ),
  days_until_anniversary: meaning(
    'days_until_anniversary(date)',
    later`Days to the next time that the date comes round; 0 on the day.`,
    'days_until_anniversary(birthday) == 3',
  ),
  reachable: meaning(
    'reachable(channel)',
    later`Whether the customer has an address for the channel, has consented to it, and is not suppressed.`,
    'reachable(email)',
  ),
  consent: meaning(
    'consent(channel)',
    later`Whether the customer has consented to the channel and not withdrawn, whatever the address.`,
    'consent(email) and not reachable(email)',
  ),
};

const compared = meaning(
  'a < b, a <= b, a > b, a >= b',
  later`Compares numbers, money, dates, instants and durations; false where one of the two is missing.`,
  'points >= 100',
);
const summed = meaning(
  'a + b, a - b',
  later`Of numbers, money and durations; of an instant or a date and a duration.`,
  'balance - 100 > event.total',
);
const multiplied = meaning(
  'a * b, a / b',
  later`Of numbers, and of money by a number. Division never rounds; by zero it gives something missing.`,
  'balance / 2 > 500',
);
const followed = meaning(
  'a then b within 2 hours, a then not b within 2 hours',
  later`Whether an event was followed by another one at most so long after it, or was not.`,
  'viewed then order_paid within 2 hours',
);
const item = 'any item in event.items where item.category == "shoes"';

const operators = {
  and: meaning('a and b', later`True where both are.`, 'subscriber and not city == "Омск"'),
  or: meaning('a or b', later`True where one of the two is, or both.`, 'subscriber or points > 5'),
  not: meaning(
    'not a',
    later`True where the condition is false, so also where it is false because something is missing.`,
    'subscriber and not city == "Омск"',
  ),
  '==': meaning('a == b', later`Whether the two are equal; false where one is missing.`, 'city == "Омск"'),
  '!=': meaning('a != b', later`Whether the two differ; false where one is missing.`, 'city != "Омск"'),
  '<': compared,
  '<=': compared,
  '>': compared,
  '>=': compared,
  between: meaning('a between b and c', later`Whether it lies there; both ends are inside.`, 'points between 5 and 10'),
  in: meaning(
    'a in (b, c)',
    later`Whether it equals one of these; false where it is missing.`,
    'city in ("Омск", "Тула")',
  ),
  'in segment': meaning(
    'in segment name',
    later`Whether the customer is a member of the segment.`,
    'not in segment vip',
  ),
  'in last': meaning(
    'in last 90 days',
    later`Only of the events within this time up to now.`,
    'count(order_paid in last 90 days) >= 2',
  ),
  'is missing': meaning(
    'a is missing, a is not missing',
    later`Whether there is a value at all.`,
    'email is not missing',
  ),
  contains: meaning('a contains b', later`Whether the text has this part; case matters.`, 'city contains "град"'),
  'starts with': meaning(
    'a starts with b',
    later`Whether the text begins so; case matters.`,
    'city starts with "Нижн"',
  ),
  'ends with': meaning(
    'a ends with b',
    later`Whether the text ends so; case matters.`,
    'email not ends with "@example.com"',
  ),
  matches: meaning(
    'a matches "pattern"',
    later`Whether the pattern, a regular expression, is found anywhere in the text.`,
    'email matches "@(mail\\\\.ru|inbox\\\\.ru)$"',
  ),
  '+': summed,
  '-': summed,
  '*': multiplied,
  '/': multiplied,
  within: meaning(
    'within 2 hours',
    later`How long after the first event the second one may be.`,
    'viewed then order_paid within 2 hours',
  ),
  where: meaning('… where condition', later`Only of those for which the condition holds.`, item),
  any: meaning('any item in list where …', later`Whether at least one item of a list is so.`, item),
  all: meaning(
    'all item in list where …',
    later`Whether no item of a list is otherwise.`,
    'all item in wishes where item.price < 1000',
  ),
  top: meaning(
    'top N% by value',
    later`Whether fewer than N % of all customers have a greater value.`,
    'top 10% by sum(order_paid.total in last 365 days)',
  ),
  bottom: meaning(
    'bottom N% by value',
    later`Whether fewer than N % of all customers have a smaller value.`,
    'bottom 5.5% by points',
  ),
};

const values = {
  now: meaning('now', later`The instant at which the condition is asked.`, 'now - registered_at > 30 days'),
  ago: meaning('45 days ago', later`The instant so long before now.`, 'registered_at < 45 days ago'),
  today: meaning('today', later`The date at the customer’s place.`, 'birthday == today'),
  true: meaning('true', later`Holds.`, 'subscriber == false'),
  false: meaning('false', later`Does not hold.`, 'subscriber == false'),
  event: meaning(
    'event.field',
    later`The event that this is about: in \`exit\` and \`goal\` the one named there, else the one that started the journey.`,
    'event.total > 1000',
  ),
  customer: meaning(
    'customer.attribute',
    later`An attribute of the customer, also where it is called like a word of the language.`,
    'customer.city == "Омск"',
  ),
  rfm: meaning(
    'rfm',
    later`How recent, how many and how great the customer’s purchases are, by three digits from 1 to 5.`,
    'rfm in ("555", "554")',
  ),
  'rfm.recency': meaning('rfm.recency', later`1 to 5, 5 for the latest purchases.`, 'rfm.recency >= 4'),
  'rfm.frequency': meaning('rfm.frequency', later`1 to 5, 5 for the most purchases.`, 'rfm.frequency == 1'),
  'rfm.monetary': meaning(
    'rfm.monetary',
    later`1 to 5, 5 for the greatest sum of their values.`,
    'rfm.monetary + rfm.frequency > 8',
  ),
};

/** By what is written: of an operator of two words both. */
export const meanings: ReadonlyMap<string, Meaning> = new Map([
  ...Object.entries({ ...functions, ...operators, ...values }),
  ['then', followed],
]);

/** The functions; a word without a parenthesis is a name of the project. */
export const functionNames: ReadonlySet<string> = new Set(Object.keys(functions));

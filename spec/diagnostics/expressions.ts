import { later } from '../words/t.ts';
import { condition, type Explanation, yaml } from './explanation.ts';

const long = Array.from({ length: 300 }, () => '(').join('');

/** Conditions and values. */
export const expressions: Record<string, Explanation> = {
  CRM2001: condition(
    later`The words do not follow each other as in the language of expressions, so that it is not clear what is asked.`,
    'city is "Omsk"',
    'city == "Omsk"',
  ),
  CRM2002: condition(
    later`The character means nothing here. Often it is a curly quotation mark from a text processor, or a percent sign.`,
    'city == “Omsk”',
    'city == "Omsk"',
  ),
  CRM2003: condition(
    later`Text stands between two quotation marks of the same kind. With one missing, the rest of the condition would be text too.`,
    'city == "Omsk',
    'city == "Omsk"',
  ),
  CRM2004: condition(
    later`A parenthesis is opened and never closed, so that it is not clear how far it reaches.`,
    '(city == "Omsk" or city == "Tomsk" and points > 5',
    '(city == "Omsk" or city == "Tomsk") and points > 5',
  ),
  CRM2005: condition(
    later`The sign belongs to another language. Here equality is \`==\`, inequality \`!=\`, and conditions are joined by \`and\`, \`or\` and \`not\`.`,
    'city = "Omsk" && points > 5',
    'city == "Omsk" and points > 5',
  ),
  CRM2006: condition(
    later`The condition is longer or nested more deeply than anybody could read. Give its parts names: each segment is a condition with one.`,
    `${long}city == "Omsk"${long.replaceAll('(', ')')}`,
    'city == "Omsk"',
  ),
  CRM2007: condition(
    later`The number, date or text is written in a way that gives no value: a day that does not exist, or an unknown escape.`,
    'birthday == 2026-02-31',
    'birthday == 2026-02-28',
  ),
  CRM2008: condition(
    later`A duration is a number and a unit from seconds to weeks. Months and years have no fixed length.`,
    'last(order_paid) < 3 months ago',
    'last(order_paid) < 90 days ago',
  ),
  CRM2009: condition(
    later`A condition that says nothing would hold for everybody or for nobody, and which of the two is a guess.`,
    ' ',
    'city == "Omsk"',
  ),
  CRM2010: condition(
    later`In mathematics \`1 < x < 5\` is one statement; in most languages it is another one than it looks. Here it is written so that nobody can be mistaken.`,
    '1 < points < 5',
    'points > 1 and points < 5',
  ),
  CRM2011: condition(
    later`A pattern is written out as a text and keeps to what both databases understand in the same way.`,
    'city matches "(Omsk"',
    'city matches "^(Omsk|Tomsk)$"',
  ),
  CRM2012: condition(
    later`All money of a project is in its one currency; there is no rate by which to convert another one.`,
    'event.total > 50 USD',
    'event.total > 50 EUR',
  ),
  CRM2020: condition(
    later`Customers have no attribute of this name. Text stands in quotes; without them it is taken for a name.`,
    'city == Omsk',
    'city == "Omsk"',
  ),
  CRM2021: condition(
    later`No event of this name is declared, so that there is nothing to count.`,
    'count(order_payed) > 2',
    'count(order_paid) > 2',
  ),
  CRM2022: condition(later`The event has no field of this name.`, 'event.totla > 1000', 'event.total > 1000'),
  CRM2023: condition(later`There is no segment of this name to be in.`, 'in segment sleping', 'in segment sleeping'),
  CRM2024: condition(
    later`There is no channel of this name by which somebody could be reached.`,
    'reachable(smss)',
    'reachable(sms)',
  ),
  CRM2025: condition(
    later`There is no function of this name.`,
    'average(order_paid.total) > 1000',
    'avg(order_paid.total) > 1000',
  ),
  CRM2026: condition(
    later`Some letters of the name are Cyrillic ones that look like Latin ones: for the computer it is another name.`,
    'сity == "Omsk"',
    'city == "Omsk"',
  ),
  CRM2027: yaml(
    later`Only a campaign that an event starts has an event to speak of. A schedule or a segment brings none.`,
    `campaigns:
  weekly:
    on: { schedule: every monday at 10:00 }
    steps:
      - if: event.total > 1000
        then:
          - send: { email: hello }
`,
    `campaigns:
  weekly:
    on: { schedule: every monday at 10:00 }
    steps:
      - if: last(order_paid.total) > 1000
        then:
          - send: { email: hello }
`,
  ),
  CRM2028: condition(
    later`A list has no single value to compare. Ask about its items: whether any, all, or how many of them are so.`,
    'event.items > 1000',
    'any item in event.items where item.price > 1000',
  ),
  CRM2029: condition(
    later`An event may have happened many times, so it has no single value. Say which value is meant: a count, a sum, the last one.`,
    'order_paid.total > 1000',
    'sum(order_paid.total) > 1000',
  ),
  CRM2030: yaml(
    later`RFM scores rank customers by their purchases, and it is not said which event is a purchase and what it is worth.`,
    `data:
  events:
    order_paid: { fields: { total: money } }
    order_returned: { fields: { total: money } }
segments:
  recent: { where: rfm.recency >= 4 }
`,
    `data:
  rfm: { event: order_paid, value: total, window: 365 days }
  events:
    order_paid: { fields: { total: money } }
    order_returned: { fields: { total: money } }
segments:
  recent: { where: rfm.recency >= 4 }
`,
  ),
  CRM2031: condition(
    later`The name given to an item has a meaning already, so that it would not be clear which of the two is meant.`,
    'any event in event.items where event.price > 1000',
    'any item in event.items where item.price > 1000',
  ),
  CRM2032: yaml(
    later`No variable of this name is declared, so that there is no value to put there.`,
    `variables:
  threshold: 1000
segments:
  valuable: { where: sum(order_paid.total) > $treshold }
`,
    `variables:
  threshold: 1000
segments:
  valuable: { where: sum(order_paid.total) > $threshold }
`,
  ),
  CRM2040: condition(
    later`A condition is true or false, and this is a value of another type. Say what is asked about it.`,
    'points',
    'points > 0',
  ),
  CRM2041: yaml(
    later`A number is needed here: what a conversion is worth, or by what customers are ranked.`,
    `campaigns:
  hello:
    on: { event: registered }
    goal: { event: viewed, within: 7 days, value: event.page }
    steps:
      - send: { email: hello }
`,
    `campaigns:
  hello:
    on: { event: registered }
    goal: { event: order_paid, within: 7 days, value: event.total }
    steps:
      - send: { email: hello }
`,
  ),
  CRM2042: condition(
    later`Values of different types are never equal, nor is one the smaller: the condition would be false for everybody.`,
    'points > "5"',
    'points > 5',
  ),
  CRM2043: condition(
    later`There is no order among texts that everybody would agree on: it depends on the language and on the database.`,
    'city < "Omsk"',
    'city in ("Abakan", "Kazan")',
  ),
  CRM2044: condition(
    later`The sum or product has no meaning for these types, as in a date plus a number without a unit.`,
    'birthday + 7 > today',
    'birthday + 7 days > today',
  ),
  CRM2045: condition(
    later`The function is about something else than it is given, or is given too much or too little.`,
    'sum(order_paid) > 1000',
    'sum(order_paid.total) > 1000',
  ),
  CRM2046: condition(
    later`A question about all events cannot stand inside of another one: for each event it would have to be asked anew.`,
    'count(order_paid where count(viewed) > 3) > 0',
    'count(order_paid) > 0 and count(viewed) > 3',
  ),
  CRM2047: condition(
    later`The function needs a number, or values with an order, and the field holds neither.`,
    'sum(viewed.page) > 5',
    'distinct(viewed.page) > 5',
  ),
  CRM2048: condition(
    later`Inside of the question stand the fields of the event. What is about the customer belongs outside.`,
    'count(viewed where reachable(sms)) > 0',
    'count(viewed) > 0 and reachable(sms)',
  ),
  CRM2049: condition(
    later`The test is about texts, and this is a value of another type.`,
    'points contains "5"',
    'city contains "burg"',
  ),
  CRM2050: condition(
    later`A sequence is two events by name, one after the other, within a time.`,
    'city == "Omsk" then order_paid within 1 day',
    'viewed then order_paid within 1 day',
  ),
  CRM2051: condition(
    later`A share of all customers lies between nothing and all of them.`,
    'top 100% by sum(order_paid.total)',
    'top 10% by sum(order_paid.total)',
  ),
  CRM2060: yaml(
    later`The attribute is a date or an instant, and can be set to nothing else.`,
    `campaigns:
  hello:
    on: { event: registered }
    steps:
      - set: { birthday: points }
`,
    `campaigns:
  hello:
    on: { event: registered }
    steps:
      - set: { birthday: today }
`,
  ),
};

import { expect, test } from 'vitest';
import { compileExpression } from './compile.ts';
import { expressionCodes, type Problem } from './problem.ts';
import type { Scope } from './scope.ts';
import { shop } from './shop.fixture.ts';

const variables = { values: new Map([['limit', 10]]), doubtful: () => false };
const scope: Scope = { ...shop, event: shop.data.events[0], variables };

/** Code, the text pointed at, a part of message and help. */
type Row = [text: string, ...problems: [code: string, at: string, says: string][]];

const rows: Row[] = [
  ['', ['CRM2009', '', 'empty']],
  // Habits of other languages
  [
    'a_money = 5 && city == "x" || !a_boolean',
    ['CRM2005', '=', 'Use "=="'],
    ['CRM2005', '&&', 'Write "and"'],
    ['CRM2005', '||', 'Write "or"'],
    ['CRM2005', '!', 'Write "not"'],
  ],
  ['a_money <> 5 AND a_boolean', ['CRM2005', '<>', 'Write "!="'], ['CRM2005', 'AND', 'Write "and"']],
  ['city is null', ['CRM2005', 'null', 'x is missing']],
  ['city == null', ['CRM2005', 'null', 'x is missing']],
  ['city is "M"', ['CRM2001', '"M"', 'to compare, write "=="']],
  ['“x” == city', ['CRM2002', '“', 'straight'], ['CRM2020', 'x', 'quotes'], ['CRM2002', '”', 'straight']],
  ['a_number > 10%', ['CRM2002', '%', 'fraction']],
  ['%', ['CRM2002', '%', 'fraction']],
  ['a_integer > $limt', ['CRM2032', '$limt', 'Did you mean `limit`']],
  ['a_integer > $5', ['CRM2002', '$', '$name']],
  ['city == $limit', ['CRM2042', 'city == $limit', 'string']],
  ['city like "a"', ['CRM2001', 'like', '"contains"']],
  ['city startswith "a"', ['CRM2001', 'startswith', '"starts with"']],
  ['city not "a"', ['CRM2001', 'not', '"!="']],
  ['1 < a_integer < 5', ['CRM2010', '<', 'between 1 and 5']],
  // Unfinished
  ['(city == "a"', ['CRM2004', '(', 'never closed']],
  ['city == "a")', ['CRM2001', ')', 'no "("']],
  ['city == "a', ['CRM2003', '"a', 'Add " at its end']],
  ['city == "a" and', ['CRM2001', '', 'ends too early']],
  ['a_boolean and and cty == "x"', ['CRM2001', 'and', 'a value'], ['CRM2020', 'cty', '"city"']],
  ['city in "a"', ['CRM2001', '"a"', '("a", "b")']],
  ['a_integer between 1, 5', ['CRM2001', ',', 'between 1 and 5']],
  // Literals
  ['a_date == 2026-02-31', ['CRM2007', '2026-02-31', 'no day']],
  ['a_instant > 2026-03-01T10:00', ['CRM2007', '2026-03-01T10:00', 'offset from UTC']],
  ['a_instant > 2026-02-31T10:00:00Z', ['CRM2007', '2026-02-31T10:00:00Z', 'no instant']],
  ['a_integer < 99999999999999999999', ['CRM2007', '99999999999999999999', 'too large']],
  ['city == "\\q"', ['CRM2007', '"\\q"', 'escape \\q']],
  ['city == "\\u0000"', ['CRM2007', '"\\u0000"', 'NUL']],
  ['last(order_paid) < 45 dayz ago', ['CRM2008', '45 dayz', '"days"']],
  ['last(order_paid) < 3 months ago', ['CRM2008', '3 months', 'not a fixed length']],
  ['last(order_paid) < 45 ago', ['CRM2008', '45 ago', 'unit']],
  ['count(order_paid in last 90) > 1', ['CRM2001', '90', 'has a unit']],
  ['last(order_paid) in last 30 days', ['CRM2001', 'in', 'inside an aggregate']],
  // Names
  [
    'cty == "a" and ctiy == "b"',
    ['CRM2020', 'cty', 'Did you mean "city"?'],
    ['CRM2020', 'ctiy', 'Did you mean "city"?'],
  ],
  ['city == Moscow', ['CRM2020', 'Moscow', 'Text stands in quotes: "Moscow".']],
  ['customer.cty == "a"', ['CRM2020', 'cty', '"city"']],
  ['total > 5', ['CRM2020', 'total', '"event.total"']],
  ['count(viewed where sku == "a") > 0', ['CRM2020', 'sku', '"viewed.sku"']],
  ['event.totl > 1', ['CRM2022', 'totl', '"total"']],
  ['count(order_payd) > 1', ['CRM2021', 'order_payd', '"order_paid"']],
  ['evnt.total > 1', ['CRM2021', 'evnt', '"event"']],
  ['in segment vp and in segment vip', ['CRM2023', 'vp', '"vip"']],
  ['in segment "vip"', ['CRM2001', '"vip"', 'no quotes: in segment vip']],
  ['city in segment vip', ['CRM2001', 'city in segment vip', 'Write "in segment vip" alone']],
  ['reachable(sms)', ['CRM2024', 'sms', 'Known: email, web-push']],
  ['coutn(order_paid) > 1', ['CRM2025', 'coutn', '"count"']],
  ['average(order_paid.total) > 1', ['CRM2025', 'average', '"avg"']],
  ['сity == "x"', ['CRM2026', 'сity', 'Cyrillic letter "с", which looks like the Latin "c"']],
  ['in segment vіp', ['CRM2026', 'vіp', 'Type "vip"']],
  ['a_boolean аnd a_boolean', ['CRM2001', 'аnd', 'Cyrillic letter "а"']],
  // Text
  ['a_integer contains "a"', ['CRM2049', 'a_integer', '"contains" is about strings, but this is an integer']],
  ['city contains a_integer', ['CRM2049', 'a_integer', 'quotes']],
  ['city matches city', ['CRM2011', 'city', 'written out']],
  ['city matches "(a"', ['CRM2011', '"(a"', 'never closed']],
  // Money
  ['a_money > 5 EUR', ['CRM2012', '5 EUR', 'in EUR, and the project']],
  ['a_integer > 5 RUB and a_integer > 5.00001 RUB', ['CRM2007', '5.00001 RUB', 'four decimals']],
  // Sequences
  ['viewed then order_paid', ['CRM2001', '', '"within" is expected']],
  ['viewed then order_payd within 1 day', ['CRM2021', 'order_payd', '"order_paid"']],
  ['city == "a" then viewed within 1 day', ['CRM2050', 'city == "a"', 'names of events']],
  [
    'viewed then viewed within 1 day then viewed within 1 day',
    ['CRM2050', 'viewed then viewed within 1 day', 'two events'],
  ],
  ['viewed then order_paid within 0 days', ['CRM2050', 'viewed then order_paid within 0 days', 'no time']],
  ['(viewed where viewed.sku == "x") == 1', ['CRM2050', '(viewed where viewed.sku == "x")', 'count(viewed where']],
  ['viewed followed by order_paid', ['CRM2029', 'viewed', 'aggregate'], ['CRM2001', 'followed', 'then order_paid']],
  [
    'count(viewed where viewed then viewed within 1 day) > 1',
    ['CRM2048', 'viewed then viewed within 1 day', 'outside'],
  ],
  // Shares
  ['top 10 by a_integer', ['CRM2001', '10 by', 'top 10% by']],
  ['top 10% a_integer', ['CRM2001', 'a_integer', 'Say what counts']],
  ['top 100% by a_integer', ['CRM2051', 'top 100% by a_integer', 'below 100%']],
  ['bottom 0.001% by a_integer', ['CRM2051', 'bottom 0.001% by a_integer', 'two decimals']],
  ['top 10% by city', ['CRM2041', 'city', 'a number is expected']],
  ['top 10% by event.total', ['CRM2027', 'event', 'All customers are ranked']],
  ['count(viewed where top 10% by a_integer) > 1', ['CRM2048', 'top 10% by a_integer', 'outside']],
  // RFM
  ['rfm.recent > 1', ['CRM2022', 'recent', '"recency"']],
  ['count(viewed where rfm.recency > 1) > 1', ['CRM2048', 'rfm.recency', 'outside']],
  ['rfm > 555', ['CRM2042', 'rfm > 555', 'cannot be compared']],
  // Dates
  ['age() > 5', ['CRM2045', 'age()', 'age(a_date)']],
  ['age(a_date, a_date) > 5', ['CRM2045', 'a_date', 'one argument']],
  ['month(a_instant) > 5', ['CRM2045', 'a_instant', 'around the world']],
  ['day(a_date in last 5 days) > 5', ['CRM2045', 'day(a_date in last 5 days)', 'a date only']],
  ['a_date + 2 hours > today', ['CRM2044', 'a_date + 2 hours', 'whole days']],
  // Lists
  ['any item in event.f_string where item.price > 1', ['CRM2028', 'f_string', 'A list is f_list']],
  ['any item in event.items where item.price > 1', ['CRM2022', 'items', 'f_list']],
  ['any item in event.f_list where item.prize > 1', ['CRM2022', 'prize', '"price"']],
  ['any item in event.f_list where price > 1', ['CRM2020', 'price', '"item.price"']],
  ['any item in event.f_list where item > 1', ['CRM2029', 'item', 'item.price']],
  ['any event in event.f_list where event.price > 1', ['CRM2031', 'event', 'something else']],
  ['all item in event.f_list', ['CRM2045', 'all item in event.f_list', 'condition']],
  ['sum(item in event.f_list) > 1', ['CRM2045', 'sum', '"count"']],
  ['count(item in event.f_list in last 5 days) > 1', ['CRM2001', '5 days', 'about events']],
  ['any item in order_paid.f_list where item.price > 1', ['CRM2029', 'order_paid.f_list', 'count(order_paid where']],
  [
    'any item in a_list where any other in a_list where other.price > 1',
    ['CRM2046', 'any other in a_list where other.price > 1', 'another'],
  ],
  ['any item in a_list where item.price > avg(order_paid.total)', ['CRM2046', 'avg(order_paid.total)', 'a list']],
  ['any item in a_list where reachable(email)', ['CRM2048', 'reachable(email)', 'outside']],
  ['a_list is missing', ['CRM2028', 'a_list', 'list']],
  ['event.f_list is missing', ['CRM2028', 'f_list', 'list']],
  ['order_paid.total > 1', ['CRM2029', 'order_paid.total', 'event.total']],
  ['viewed > 1', ['CRM2029', 'viewed', 'count(viewed) > 0']],
  // Types
  ['a_money', ['CRM2040', 'a_money', 'This is money, a condition is expected.']],
  ['city == "a" or "b"', ['CRM2040', '"b"', 'in ("a", "b")']],
  ['not 5', ['CRM2040', '5', 'an integer']],
  ['a_date < 45 days ago', ['CRM2042', 'a_date < 45 days ago', 'Compare it with a date']],
  ['a_instant > 2026-03-01', ['CRM2042', 'a_instant > 2026-03-01', '2026-03-01T00:00:00Z']],
  ['a_instant < 45 days', ['CRM2042', 'a_instant < 45 days', '"45 days ago"']],
  ['a_money > "500"', ['CRM2042', 'a_money > "500"', 'no quotes: 500']],
  ['a_date == "2026-01-01"', ['CRM2042', 'a_date == "2026-01-01"', 'no quotes: 2026-01-01']],
  ['city in ("a", 5)', ['CRM2042', '5', 'A string cannot be compared with an integer']],
  ['city < "b"', ['CRM2043', 'city < "b"', 'among strings']],
  ['a_instant - 45 > now', ['CRM2044', 'a_instant - 45', 'has a unit']],
  // Aggregates
  ['sum(order_paid) > 1', ['CRM2045', 'sum(order_paid)', 'needs a field']],
  ['sum(event.total) > 1', ['CRM2045', 'event.total', 'all events']],
  ['sum(order_paid.total * 2) > 1', ['CRM2045', 'order_paid.total * 2', 'an event or a field']],
  ['count() > 1', ['CRM2045', 'count()', 'lacks']],
  ['count(order_paid, viewed) > 1', ['CRM2045', 'viewed', 'one argument']],
  ['sum(count(order_paid)) > 1', ['CRM2046', 'count(order_paid)', 'inside another']],
  ['count(viewed where count(viewed) > 1) > 1', ['CRM2046', 'count(viewed)', 'inside another']],
  ['sum(viewed.sku) > 1', ['CRM2047', 'sum(viewed.sku)', 'needs a number, but sku is a string']],
  ['max(viewed.sku) == "a"', ['CRM2047', 'max(viewed.sku)', 'needs an order']],
  ['count(order_paid.total) > 1', ['CRM2047', 'count(order_paid.total)', 'counts events']],
  ['count(viewed where in segment vip) > 0', ['CRM2048', 'in segment vip', 'outside']],
  ['count(viewed where viewed.sku) > 0', ['CRM2040', 'viewed.sku', 'a string']],
];

test.each(rows)('%s', (text, ...expected) => {
  const { expression, problems } = compileExpression(text, scope, 'condition');
  expect(expression).toBeUndefined();
  expect(problems.map(({ code, start, end }) => [code, text.slice(start, end)])).toEqual(
    expected.map(([code, at]) => [code, at]),
  );
  problems.forEach((problem, index) => {
    expect(`${problem.message} ${problem.help}`).toContain(expected[index]?.[2]);
  });
});

test('"event" needs a trigger with an event', () => {
  expect(codes(compileExpression('event.total > 1', shop, 'condition').problems)).toEqual(['CRM2027']);
});

test('what RFM scores count has to be clear', () => {
  const { rfm: _, ...rest } = shop;
  const [order, viewed] = shop.data.events;
  if (!order || !viewed) expect.unreachable();
  for (const events of [[viewed], [order, { ...order, name: 'order_returned' }]]) {
    const { problems } = compileExpression('rfm.recency > 1', { ...rest, data: { ...shop.data, events } }, 'condition');
    expect(codes(problems)).toEqual(['CRM2030']);
    expect(problems[0]?.help).toContain('rfm: { event: order_paid');
  }
});

test('a number is expected', () => {
  expect(codes(compileExpression('event.f_string', scope, 'number').problems)).toEqual(['CRM2041']);
  expect(compileExpression('event.total', scope, 'number').expression?.type).toBe('money');
});

test('a date or an instant is expected', () => {
  expect(codes(compileExpression('today', scope, 'instant').problems)).toEqual(['CRM2060']);
  expect(compileExpression('today', scope, 'date').expression?.type).toBe('date');
});

test('every code is known and has an example here', () => {
  const seen = new Set([
    ...rows.flatMap(([, ...problems]) => problems.map(([code]) => code)),
    'CRM2027',
    'CRM2041',
    'CRM2006',
    'CRM2030',
    'CRM2060',
  ]);
  expect([...seen].sort()).toEqual(Object.keys(expressionCodes).sort());
});

function codes(problems: Problem[]): string[] {
  return problems.map(({ code }) => code);
}

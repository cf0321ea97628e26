import { type BadInput, where } from '../input.ts';

export const conditions: BadInput[] = [
  where('an unknown attribute in a condition', 'pionts > 1'),
  where('an unknown segment in a condition', 'in segment vips'),
  where('an unknown event in a condition', 'count(order_payed) > 1'),
  where('an unknown variable in a condition', 'points > $limt'),
  where('an unclosed parenthesis', '(points > 1 and (city == "Riga"'),
  where('a parenthesis too many', 'points > 1) and city == "Riga"'),
  where('a text for a number', 'points > "many"'),
  where('a number for a condition', 'points + 1'),
  where('an impossible date', 'birthday < 2026-02-30'),
  where('a pattern that would take for ever', 'city matches "(a+)+$"', { fine: true }),
  where('a pattern that looks back', 'city matches "(a)\\\\1"'),
  where('an open pattern', 'city matches "[a-"'),
  where('signs of another language', 'points >= 1 && city === "Riga"'),
  where('one equals sign', 'points = 1'),
  where('an operator at the end', 'points > 1 and'),
  where('a Cyrillic letter in an operator', 'points > 1 аnd points < 5'),
  where('a number beyond all bounds', 'points > 999999999999999999999999'),
];

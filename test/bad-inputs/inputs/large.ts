import { type BadInput, both, where } from '../input.ts';

const many = (count: number, item: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => item(i)).join('');
const block = (levels: number) => many(levels, (i) => `${' '.repeat(i)}a:\n`);

/** Made when they are asked for, and stored nowhere. */
export const large: BadInput[] = [
  where('100,000 terms', Array(100_000).fill('points > 1').join(' or ')),
  where('600 terms', Array(600).fill('points > 1').join(' or '), { fine: true }),
  where('10,000 parentheses', `${'('.repeat(10_000)}points > 1${')'.repeat(10_000)}`),
  where('4,000 parentheses', `${'('.repeat(4_000)}points > 1${')'.repeat(4_000)}`),
  where('2,400 times not', `${'not '.repeat(2_400)}points > 1`),
  both(
    '10,000 brackets',
    `segments: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`,
    `segment a ${'{ a '.repeat(10_000)}${'}'.repeat(10_000)}\n`,
  ),
  both('brackets that are never closed', `segments: ${'['.repeat(100_000)}\n`, `segment a ${'{'.repeat(100_000)}\n`),
  { name: '2,000 levels of indentation', yaml: block(2_000) },
  both(
    'journeys inside journeys',
    `campaigns:\n  c:\n    on: { event: cart_updated }\n    steps: ${'[{ if: points > 1, then: '.repeat(200)}[{ wait: 1 day }]${'}]'.repeat(200)}\n`,
    `campaign c {\n  on event cart_updated\n  ${'if points > 1 { '.repeat(200)}wait 1 day${' }'.repeat(200)}\n}\n`,
  ),
  both('six megabytes', `# ${'a'.repeat(6_000_000)}\n`, `# ${'a'.repeat(6_000_000)}\n`),
  both(
    'a line of nearly five megabytes',
    `segments: { ${'a'.repeat(4_900_000)} }\n`,
    `segment ${'a'.repeat(4_900_000)} { where points > 1 }\n`,
  ),
  both(
    'ten thousand mistakes',
    `segments:\n${many(10_000, (i) => `  s${i}: { where: poitns > ${i} }\n`)}`,
    many(10_000, (i) => `segment s${i} { where poitns > ${i} }\n`),
  ),
  both(
    '100,000 keys',
    `variables:\n${many(100_000, (i) => `  v${i}: 1\n`)}  v5: 2\n`,
    `variables {\n${many(100_000, (i) => `  v${i} 1\n`)}  v5 2\n}\n`,
  ),
  both('100,000 quotation marks', `segments: ${'"'.repeat(100_001)}\n`, `segment ${'"'.repeat(100_001)}\n`),
  both('100,000 wrong lines', '%%% ???\n'.repeat(100_000), '%%% ???\n'.repeat(100_000)),
];

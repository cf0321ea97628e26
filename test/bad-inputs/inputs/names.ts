import { type BadInput, both } from '../input.ts';

const segment = (name: string, name2 = name): [string, string] => [
  `segments:\n  ${name}: { where: points > 1 }\n`,
  `segment ${name2} { where points > 1 }\n`,
];

export const names: BadInput[] = [
  both('a Cyrillic name', ...segment('спящие')),
  both('a number as a name', ...segment('2026')),
  both('nothing as a name', ...segment('""')),
  { name: 'null as a name', yaml: 'segments:\n  ~: { where: points > 1 }\n' },
  both('blanks in a name', ...segment('my segment', '"my segment"')),
  both('a very long name', ...segment('a'.repeat(300))),
  both('a name of 100,000 letters', ...segment('a'.repeat(100_000))),
  both('names that objects have', ...segment('__proto__'), {}),
  both(
    'names that objects have, asked for',
    'segments:\n  a: { where: constructor == 1 and in segment toString }\ncampaigns:\n  c:\n    on: { event: constructor }\n    steps: [{ send: { __proto__: hasOwnProperty } }]\n',
    'segment a { where constructor == 1 and in segment toString }\ncampaign c {\n  on event constructor\n  send __proto__ hasOwnProperty\n}\n',
  ),
  both('names that objects have, as keys', 'constructor: {}\n__proto__: {}\n', 'constructor a {}\n__proto__ a {}\n'),
];

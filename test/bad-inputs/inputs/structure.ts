import { type BadInput, both } from '../input.ts';

const bomb = Array.from({ length: 12 }, (_, i) => {
  const inner =
    i === 0
      ? 'points > 1'
      : Array(9)
          .fill(`*l${i - 1}`)
          .join(', ');
  return `  l${i}: &l${i} [${inner}]`;
}).join('\n');

export const structure: BadInput[] = [
  both('an empty file', '', '', { fine: true }),
  both('only comments', '# Later.\n\n# Much later.\n', '# Later.\n\n# Much later.\n', { fine: true }),
  { name: 'an empty project file', yaml: { 'crm.yaml': '' }, dsl: { 'project.crm': '' } },
  both('a list instead of a map', '- segments\n- campaigns\n', 'segment [ vip, press ]\n'),
  both('plain words', 'hello there\n', 'hello there\n'),
  { name: 'several documents', yaml: 'segments: {}\n---\ncampaigns: {}\n' },
  { name: 'a merge key', yaml: 'segments:\n  a: &a { where: points > 1 }\n  b: { <<: *a, title: B }\n' },
  { name: 'a tag', yaml: 'segments: !!set { a, b }\n' },
  { name: 'a tag of another program', yaml: 'segments:\n  a: { where: !js/function "process.exit()" }\n' },
  { name: 'an anchor', yaml: 'segments:\n  a: &a { where: points > 1 }\n  b: *a\n', fine: true },
  { name: 'an unknown anchor', yaml: 'segments:\n  b: *vip\n' },
  { name: 'an alias bomb', yaml: `segments:\n${bomb}\n` },
  { name: 'an alias of itself', yaml: 'segments: &s\n  a: *s\n' },
  both(
    'a key twice',
    'segments:\n  a:\n    where: points > 1\n    where: points > 2\n',
    'segment a {\n  where points > 1\n  where points > 2\n}\n',
  ),
  both('a section twice', 'segments: {}\ncampaigns: {}\nsegments: {}\n', 'variables { a 1 }\nvariables { a 2 }\n'),
  {
    name: 'a resource on both surfaces',
    yaml: {
      'a.crm.yaml': 'segments:\n  mine: { where: points > 1 }\n',
      'b.crm': 'segment Mine { where points > 2 }\n',
    },
  },
  both('a tab', 'segments:\n\ta:\n\t\twhere: points > 1\n', 'segment a {\n\twhere\tpoints > 1\n}\n', { fine: 'dsl' }),
  both(
    'an unclosed brace',
    'segments: { a: { where: points > 1 }\n',
    'segment a {\n  where points > 1\n\nsegment b { where points > 2 }\n',
  ),
  both('a brace too many', 'segments: { a: { where: points > 1 } } }\n', 'segment a { where points > 1 } }\n'),
  both(
    'an unclosed quotation mark',
    'segments:\n  a:\n    title: "Gold\n    where: points > 1\n',
    'segment a "Gold {\n  where points > 1\n}\n',
  ),
  { name: 'a bracket in the indentation', yaml: 'segments:\n  a:\n    where: points > 1\n   title: A\n' },
  { name: 'a comma between braces', yaml: 'segments:\n  a: { where: city in ("Riga", "Tver") }\n' },
  { name: 'another comma between braces', yaml: 'segments:\n  a: { where: points in (1, 2) }\n' },
  { name: 'no blank after the colon', yaml: 'segments:\n  a:\n    where:points > 1\n' },
  both('a wrong word', 'segmnts:\n  a: { where: points > 1 }\n', 'segmnt a { where points > 1 }\n'),
  both('a word of another language', 'if: { x: 1 }\n', 'function a() { return 1 }\n'),
  both('a Cyrillic letter in a word', 'сampaigns: {}\n', 'сampaign a { on launch manual }\n'),
  both(
    'a Cyrillic letter in an inner word',
    'segments:\n  a: { whеre: points > 1 }\n',
    'segment a { whеre points > 1 }\n',
  ),
  both(
    'several mistakes in one file',
    `segments:
  a: { where: poitns > 1 }
  b: { wher: points > 1 }
  c d: { where: points > 1 }
campaigns:
  x:
    on: { event: cart_update }
    goal: { event: order_paid, within: 7 dayz }
    priority: high
    steps:
      - wiat: 2 hours
      - send: { email: cart/remainder }
      - send: { emial: cart/reminder }
`,
    `segment a { where poitns > 1 }
segment b { wher points > 1 }
segment "c d" { where points > 1 }
campaign x {
  on event cart_update
  goal order_paid within 7 dayz
  priority high
  wiat 2 hours
  send email cart/remainder
  send emial cart/reminder
}
`,
  ),
];

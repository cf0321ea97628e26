import { type BadInput, both } from '../input.ts';

const yaml = 'segments:\n  a: { where: points > 1 }\n  b: { where: poitns > 2 }\n';
const dsl = 'segment a { where points > 1 }\nsegment b { where poitns > 2 }\n';
const right = (text: string) => text.replace('poitns', 'points');
const bytes = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]);
const broken = (text: string) => new Uint8Array([...bytes(`# caf`), 0xe9, 0x0a, ...bytes(text)]);
const windows = (text: string) => text.replaceAll('\n', '\r\n');

export const encodings: BadInput[] = [
  both('byte order mark', `\uFEFF${right(yaml)}`, `\uFEFF${right(dsl)}`, { fine: true }),
  both('byte order mark before a mistake', `\uFEFFsegmets: {}\n`, `\uFEFFsegmet b { where points > 1 }\n`),
  both('CRLF', windows(right(yaml)), windows(right(dsl)), { fine: true }),
  both('CRLF and a mistake', windows(yaml), windows(dsl)),
  both('CR alone', right(yaml).replaceAll('\n', '\r'), right(dsl).replaceAll('\n', '\r')),
  both('a NUL byte', yaml.replace('> 1', '>\u0000 1'), dsl.replace('> 1', '>\u0000 1')),
  both('not UTF-8', broken(yaml), broken(dsl)),
  both('UTF-16', utf16(yaml), utf16(dsl)),
  both('an escape sequence', yaml.replace('a:', 'a\u001B[31m:'), dsl.replace('a {', 'a\u001B[31m {')),
  both(
    'an escape sequence written as an escape',
    'segments:\n  "\\x1b[2Ja\\x9b31m": { where: points > 1 }\n  b:\n    where: city in ("a\\u0007", points)\n',
    'segment "\\u001b[2Ja\\u009b31m" { where points > 1 }\nsegment b { where city in ("a\\u0007", points) }\n',
  ),
  both(
    'a control character of eight bits',
    'segments:\n  b: { where: "ci\u009B31mty == 1" }\n',
    'segment b { where ci\u009B31mty == 1 }\n',
  ),
  both(
    'text from right to left',
    'segments:\n  "לקוחות": { where: points > 1 }\n  "\u202Epiv": { where: points > 1 }\n',
    'segment לקוחות { where points > 1 }\nsegment \u202Epiv { where points > 1 }\n',
  ),
  both(
    'half of a letter',
    'segments:\n  "a\\uD800": { where: points > 1 }\n',
    'segment "a\\uD800" { where points > 1 }\n',
  ),
  both(
    'a blank that does not break',
    'segments:\n  b:\n\u00A0   where: points > 1\n',
    'segment b {\n\u00A0 where\u00A0points > 1\n}\n',
    { fine: 'dsl' },
  ),
  both(
    'typographic quotation marks',
    'segments:\n  b: { where: city == “Riga” }\n',
    'segment b { where city == “Riga” }\n',
  ),
];

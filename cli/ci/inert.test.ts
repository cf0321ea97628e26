import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isInert } from './inert.ts';

describe('a text shows everything as it is', () => {
  it.each([
    '**Next 7 days: email 1 → 2.** _a_',
    '<details><summary>~ campaign a</summary>\n\n```text\n@team <b> [a](b) /merge\n/merge\n```\n\n</details>',
    '````text\n```\n@a\n````',
    '| `[a](b)` | `` ` @team `` | \\[a\\] \\<b\\> |',
    '> **Blocked:** a@&#8203;b #&#8203;1 http:&#8203;//x www&#8203;.x &lt;b&gt;',
    '<details><summary>[a](b) @&#8203;c</summary>',
    '### Changes\n- a/b',
  ])('%j', (text) => expect(isInert(text)).toBe(true));

  it.each(globSync('cli/views/golden/plan*.md'))('as in %s', (path) =>
    expect(isInert(readFileSync(path, 'utf8'))).toBe(true),
  );

  it.each([
    'hello @team',
    'a <b>',
    '[a](b)',
    '![a](b)',
    '<details open>',
    '<details><summary>@a</summary>',
    '<details><summary><b>a</summary>',
    'https://x.example',
    'www.x.example',
    'fixes #1',
    '/merge',
    '> /merge',
    '> @team',
    '`a` @team `b`',
    '``a` @team',
    '\\`@team\\`',
    '\\\\[a](b)',
    '```text\na\n```\n@team',
    '```text\nnever ended',
    '``` `a` @team',
    '```text\n```` \n@team',
  ])('not %j', (text) => expect(isInert(text)).toBe(false));
});

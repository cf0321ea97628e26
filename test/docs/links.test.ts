import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { pagesOfDocs, proseOf, repository, textOf } from './pages.ts';

// Every link within the documentation leads to a file, and to a heading of it.

const pages = await pagesOfDocs();

it.each(pages)('%s links to what is there', (page) => {
  const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const broken = links.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [path = '', anchor] = decodeURI(target).split('#');
    const file = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(repository, file))) return true;
    return anchor !== undefined && statSync(join(repository, file)).isFile() && !anchorsOf(file).has(anchor);
  });
  expect(broken).toEqual([]);
});

/** Returns the anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): Set<string> {
  const headings = [...proseOf(page).matchAll(/^#+ +(.+)$/gm)].map(([, title = '']) => title);
  const slugs = headings.map((title) =>
    title
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
  const named = [...textOf(page).matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id = '']) => id);
  return new Set([...slugs.map((slug, i) => numbered(slug, slugs.slice(0, i))), ...named]);
}

/** A heading that is there already gets a number. */
function numbered(slug: string, before: string[]): string {
  const same = before.filter((other) => other === slug).length;
  return same === 0 ? slug : `${slug}-${same}`;
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = Date.UTC(2026, 2, 2, 12);
const minute = 60_000;
let root: string;

async function run(words: string[], at = now) {
  const io = testIo(root, {
    now: () => at,
    view: { color: false, width: 1000 },
    errorView: { color: false, width: 1000 },
  });
  const code = await crm(words, io);
  return { code, ...io.said };
}

const put = (path: string, text: string) => writeFile(join(root, path), text);
const project = (complete: string) => `project shop {
  timezone UTC
  locale en
  currency EUR
  tick 1 minute
}
customers {
  from customers.csv
  ${complete}
  attributes { email email }
}
event registered { from registered.csv }
channel email {
  transport file
  directory out
  from "Shop <shop@example.com>"
  unsubscribe https://shop.example/u
}
campaign welcome {
  category transactional
  on event registered
  wait 1 hour
  send email hello
}
`;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-complete-'));
  await put('project.crm', project(''));
  await mkdir(join(root, 'templates'));
  await put('templates/hello.email.hbs', '---\nsubject: Hello\n---\n<a href="{{unsubscribe_url}}">No more</a>\n');
  await put('customers.csv', 'id,email\nc1,c1@example.com\nc2,c2@example.com\n');
  await put('registered.csv', 'customer,at\nc1,2026-03-02T12:00:30Z\n');
  expect(await run(['apply', '--auto-approve'])).toMatchObject({ code: 0 });
});
afterAll(() => rm(root, { recursive: true }));

it('customers who are in no file any more leave, once that is allowed where they are too many', async () => {
  await put('project.crm', project('complete'));
  expect((await run(['plan'])).out).toMatch(/~ data customers.*\n\s+complete\s+.*true/);
  expect(await run(['apply', '--auto-approve'])).toMatchObject({ code: 0 });
  expect(await run(['tick'], now + minute)).toMatchObject({ code: 0 });
  await put('customers.csv', 'id,email\nc2,c2@example.com\n');
  const { code, err } = await run(['tick'], now + 2 * minute);
  expect(code).toBe(3);
  expect(err).toContain('customers.csv: customers whom it named and no file names now: 1.');
  expect(err).toContain('They are 1 of 2, more than `data.tolerance` (5%).');
  expect(err).toContain('If the customers are gone, `crm tick --allow-bad-data`, once, removes them');
  expect((await run(['tick', '--allow-bad-data'], now + minute)).err).toContain(
    'nothing was accepted of them: a tick reads them once. Repeat the command at 2026-03-02 12:02',
  );
  expect((await run(['tick'], now + 2 * minute)).code).toBe(3);
  expect(await run(['tick', '--allow-bad-data'], now + 2 * minute)).toMatchObject({ code: 0 });
  expect((await run(['explain', 'c1'], now + 2 * minute)).out).toContain(
    '2026-03-02 12:02  left: no file of customers names the customer any more',
  );
  expect((await run(['explain', 'c1'], now + 2 * minute)).out).toContain(
    'Gets nothing: no file of customers names the customer, since 2026-03-02 12:02.',
  );
  expect((await run(['explain', 'c2'], now + 2 * minute)).out).not.toContain('Gets nothing');
  expect((await run(['status'], now + 2 * minute)).out).toContain(
    '1 customer is in no file of customers any more and gets nothing.',
  );
  expect(await run(['tick'], now + 3 * minute)).toMatchObject({ code: 0 });
});

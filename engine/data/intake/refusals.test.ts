import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { onEveryStore } from '../../../test/stores.ts';
import { minute } from '../../../test/world.ts';
import { listSuppressed, noteSuppression } from '../../consent/suppressions.ts';
import { dataProblems } from '../../report/problems.ts';
import { at, granted, head, program, shopFiles, start } from './shop.fixture.ts';

const { put, shop } = shopFiles();

onEveryStore('a withdrawal that cannot be understood', (open) => {
  it.each([
    ['no date', 'c1,email,withdrawn,\n', 'missing-value'],
    ['a date that cannot be read', 'c1,email,withdrawn,31.12.2025\n', 'bad-instant'],
    ['a date in the future', `c1,email,withdrawn,${at(9000)}\n`, 'future-date'],
    ['an unknown status', `c1,email,opted out,${at(-50)}\n`, 'bad-choice'],
    ['an unknown channel', `c1,emial,withdrawn,${at(-50)}\n`, 'bad-choice'],
    ['too few cells', 'c1,email,withdrawn\n', 'wrong-cell-count'],
    ['an id in other letters', `C1,email,withdrawn,${at(-50)}\n`, 'refusal-by-spelling'],
    ['an address', `Anna@EXAMPLE.com,email,withdrawn,${at(-50)}\n`, 'refusal-by-address'],
  ])('withdraws: %s', async (_, row, code) => {
    const db = await open();
    const { tick, consents, problems } = await shop(db);
    await put('consent.csv', head.plain + granted);
    await tick(1);
    await put('consent.csv', head.plain + granted + row);
    await tick(2);
    expect(await consents()).toEqual(['C2', 'c3']);
    expect((await problems()).filter((line) => line.endsWith(code))).toEqual([`consent.csv:5 ${code}`]);
    expect(await db.query(sql`SELECT count(*) AS n FROM customer`)).toEqual([{ n: 3 }]);
    expect(await db.query(sql`SELECT "rows" FROM source WHERE path = 'consent.csv'`)).toEqual([{ rows: 4 }]);
  });

  it.each([
    ['an address as a link', 'mailto:Anna@example.com', 'address'],
    ['a link with a subject, in percent signs', 'MAILTO:anna%40example.com?subject=stop', 'address'],
    ['a name and an address', 'Anna P <anna@example.com>', 'address'],
    ['a domain with a dot at its end', 'anna@example.com.', 'address'],
    ['several addresses', 'old@example.com; anna@example.com', 'address'],
    ['an apostrophe before the address', "'anna@example.com", 'address'],
    ['a phone number as a link', 'tel:+7-900-000-00-01', 'address'],
    ['a phone number with the prefix 00', '007 900 000 00 01', 'address'],
    ['a number without its zeros', '7', 'spelling'],
    ['a number with decimals', '7.0', 'spelling'],
    ['another normal form', 'e\u0301t\u00e9', 'spelling'],
    ['capitals beyond ASCII', '\u00c9T\u00c9', 'spelling'],
    ['blanks and a spreadsheet’s apostrophe', "'0 07", 'spelling'],
  ])('withdraws, and says so: %s', async (_, written, how) => {
    const db = await open();
    const { tick, consents, problems } = await shop(db);
    const id = how === 'address' ? 'c1' : written.includes('7') ? '007' : '\u00e9t\u00e9';
    await put('people.csv', `id,email,phone\n${id},anna@example.com,+79000000001\nother,o@example.com,+79000000002\n`);
    const grants = `${id},email,granted,${at(-60)}\nother,email,granted,${at(-60)}\n`;
    await put('consent.csv', head.plain + grants);
    await tick(1);
    expect(await consents()).toEqual([id, 'other'].sort());
    await put('consent.csv', `${head.plain}${grants}${written},email,withdrawn,${at(-50)}\n`);
    await tick(2);
    expect(await consents()).toEqual(['other']);
    expect(await problems()).toEqual([`consent.csv:4 refusal-by-${how}`]);
    expect(await db.query(sql`SELECT "rows" FROM source WHERE path = 'consent.csv'`)).toEqual([{ rows: 3 }]);
    expect(await db.query(sql`SELECT message FROM quarantine WHERE code LIKE 'refusal-by-%'`)).toMatchObject([
      { message: expect.stringMatching(how === 'address' ? /counts for the address in it/ : /in another spelling/) },
    ]);
  });

  it.each([
    ['commas', 'c1, C2'],
    ['semicolons, in another spelling', 'C1;c2'],
    ['bars, beside a number that nobody has', '99|c1|"C2"'],
  ])('that names several customers withdraws each of them: %s', async (_, written) => {
    const db = await open();
    const { tick, consents } = await shop(db);
    const row = `"${written.replaceAll('"', '""')}",email,withdrawn,${at(-50)}\n`;
    await put('consent.csv', head.plain + granted + row);
    await tick(1);
    expect(await consents()).toEqual([]);
    expect(await db.query(sql`SELECT message FROM quarantine WHERE code = 'refusal-by-spelling'`)).toMatchObject([
      { message: expect.stringMatching(/one of several ids in it/) },
    ]);
  });

  it('that names several customers in another spelling withdraws later customers too', async () => {
    const { tick, consents } = await shop(await open());
    const grants = ['c1', 'c9'].map((id) => `${id},email,granted,${at(-60)}\n`).join('');
    await put('consent.csv', `${head.plain}${grants}c8; C9,email,withdrawn,${at(-50)}\n`);
    await tick(1);
    await put('people.csv', 'id,email\nc1,anna@example.com\nc9,nina@example.com\n');
    await tick(2);
    expect(await consents()).toEqual(['c1']);
  });

  it('of a list in JSON is one of every item, by ids, numbers and addresses', async () => {
    const db = await open();
    const { tick, consents, problems } = await shop(db);
    await put('people.csv', 'id,email\nc1,anna@example.com\n7,olga@example.com\nc3,ivan@example.com\na;b,\nc4,\n');
    await put(
      'consent.csv',
      `${head.plain}${['c1', '7', 'c3', 'a;b', 'c4'].map((id) => `${id},email,granted,${at(-60)}\n`).join('')}`,
    );
    await tick(1);
    expect(await consents()).toHaveLength(5);
    const customer = ['c1', 7, 'IVAN@example.com', 'a;b'];
    await put('other.jsonl', `${JSON.stringify({ customer, channel: 'email', status: 'withdrawn', at: at(-50) })}\n`);
    await tick(2);
    expect(await consents()).toEqual(['c4']);
    expect(await problems()).toEqual(['other.jsonl:1 refusal-by-address']);
  });

  it('is reported no more when its customer is there', async () => {
    const db = await open();
    const { tick, problems } = await shop(db);
    const rows = ['c1', 'c8', 'c9'].map((id) => `${id},email,withdrawn,${at(-50)}\n`).join('');
    await put('consent.csv', `${head.plain}${rows}C9,email,withdrawn,${at(-50)}\n`);
    await put('suppressions.csv', `${head.suppressions}c9,email,asked,${at(-50)}\n`);
    await tick(1);
    expect(await problems()).toEqual([
      ...[3, 4, 5].map((line) => `consent.csv:${line} refusal-of-nobody`),
      'suppressions.csv:2 refusal-of-nobody',
    ]);
    await put('people.csv', 'id,email\nc1,anna@example.com\nc9,nina@example.com\n');
    await tick(2);
    expect(await problems()).toEqual(['consent.csv:3 refusal-of-nobody', 'consent.csv:5 refusal-by-spelling']);
    expect(
      await db.query(sql`SELECT message FROM quarantine WHERE code = 'refusal-by-spelling' AND line = 5`),
      'in another spelling than that of a customer who was not there',
    ).toMatchObject([{ message: expect.stringMatching(/in another spelling/) }]);
  });

  it('is reported as without effect where it has none', async () => {
    const db = await open();
    const { tick, consents } = await shop(db);
    await put('consent.csv', `${head.plain}${granted}c11,email,withdrawn,${at(-50)}\nanna at example,*,withdrawn,\n`);
    await tick(1);
    expect(await consents()).toEqual(['C2', 'c1', 'c3']);
    expect(await db.query(sql`SELECT DISTINCT message FROM quarantine WHERE code = 'refusal-of-nobody'`)).toMatchObject(
      [{ message: expect.stringMatching(/counts for nobody/) }],
    );
  });

  it('is a cause of its own for each effect that it has, those without any first', async () => {
    const db = await open();
    const { tick } = await shop(db);
    const addresses = ['x@example.com', 'y@example.com'].map((id) => `${id},email,withdrawn,${at(-50)}\n`).join('');
    const rest = ['C1', 'c2', 'anna(at)example.com'].map((id) => `${id},email,withdrawn,${at(-50)}\n`).join('');
    await put('consent.csv', `${head.plain}${addresses}c7,email,granted,${at(-50)}\n${rest}c1,email,withdrawn,\n`);
    await tick(1);
    const { causes, first } = await dataProblems(db, 1);
    const found = causes.filter(({ code }) => code !== 'missing-file');
    expect(found.map(({ level, code, count }) => `${level} ${code} ${count}`)).toEqual([
      'refusal refusal-of-nobody 1',
      'refusal refusal-by-spelling 2',
      'refusal missing-value 1',
      'hint unknown-customer 1',
      'note refusal-by-address 2',
    ]);
    expect(first).toMatchObject([{ code: 'refusal-of-nobody', line: 7 }]);
  });

  it('by an address reaches a customer with that id, now or later', async () => {
    const { tick, consents } = await shop(await open());
    const both = ['now@example.com', 'later@example.com'];
    await put('people.csv', 'id\nnow@example.com\n');
    await put(
      'consent.csv',
      head.plain + both.map((id) => `${id},email,granted,${at(-60)}\nmailto:${id},*,withdrawn,${at(-50)}\n`).join(''),
    );
    await tick(1);
    await put('people.csv', 'id\nnow@example.com\nlater@example.com\n');
    await tick(2);
    expect(await consents()).toEqual([]);
  });

  it('of a customer whose domain has a dot at its end holds for the address', async () => {
    const { tick, consents } = await shop(await open());
    await put('people.csv', 'id,email\nc1,anna@example.com\nc3,Anna@EXAMPLE.com.\n');
    await put('consent.csv', `${head.plain}${granted}c3,email,withdrawn,${at(-50)}\n`);
    await tick(1);
    expect(await consents()).toEqual([]);
  });

  it('by an address holds for all who have it, and for the address', async () => {
    const db = await open();
    const { tick, consents } = await shop(db);
    await put('consent.csv', `${head.plain}${granted}OLGA@example.com,*,withdrawn,${at(-50)}\n`);
    await tick(1);
    expect(await consents()).toEqual(['c1']);
    expect(await db.query(sql`SELECT channel FROM consent WHERE customer IS NULL AND address IS NOT NULL`)).toEqual([
      { channel: '*' },
    ]);
  });

  it('without a date counts once, and again where it is written again', async () => {
    const { tick, consents } = await shop(await open());
    const undated = 'c1,email,withdrawn,\n';
    await put('consent.csv', head.plain + undated);
    await tick(1);
    await put('consent.csv', `${head.plain}${undated}c1,email,granted,${at(2)}\n`);
    await tick(3);
    expect(await consents()).toEqual(['c1']);
    await put('consent.csv', `status;at;channel;customer\nwithdrawn;" ";email;c1\ngranted;${at(2)};email;c1\n`);
    await tick(4);
    expect(await consents(), 'in another spelling').toEqual(['c1']);
    await put('consent.csv', `${head.plain}c1,email,granted,${at(2)}\n`);
    await tick(5);
    expect(await consents()).toEqual(['c1']);
    await put('consent.csv', head.plain + undated);
    await tick(6);
    expect(await consents()).toEqual([]);
  });

  it('is reported as long as its file has it', async () => {
    const { tick, problems } = await shop(await open());
    await put('consent.csv', `${head.plain}nobody,email,withdrawn,\n`);
    await put('suppressions.csv', `${head.suppressions}nobody,email,asked,\n`);
    await tick(1);
    const before = await problems();
    expect(before.filter((line) => line.endsWith('refusal-of-nobody'))).toHaveLength(2);
    await put('consent.csv', `${head.plain}nobody,email,withdrawn,\n`);
    await put('suppressions.csv', `${head.suppressions}nobody,email,asked,\n`);
    await tick(2);
    expect(await problems()).toEqual(before);
  });

  it('reaches a later customer with the id in other letters', async () => {
    const { tick, consents } = await shop(await open());
    await put('consent.csv', `${head.plain}NEW,email,withdrawn,${at(-50)}\nnew,email,granted,${at(-60)}\n`);
    await tick(1);
    await put('people.csv', 'id,name,email\nnew,Nina,nina@example.com\n');
    await tick(2);
    expect(await consents()).toEqual([]);
  });

  it('by an id in other letters holds whichever of the two has the capitals', async () => {
    const { tick, consents } = await shop(await open());
    await put('consent.csv', `${head.plain}${granted}c2,email,withdrawn,${at(-50)}\n`);
    await tick(1);
    expect(await consents()).not.toContain('C2');
  });

  it('an unreadable consent is none, and is reported', async () => {
    const { tick, consents, problems } = await shop(await open());
    await put(
      'consent.csv',
      `${head.plain}c1,email,granted,\nc1,emial,granted,${at(-50)}\nANNA@example.com,email,granted,${at(-50)}\n`,
    );
    await tick(1);
    expect(await consents()).toEqual([]);
    expect(await problems()).toEqual([
      'consent.csv:2 missing-value',
      'consent.csv:3 bad-choice',
      'consent.csv:4 unknown-customer',
    ]);
  });
});

onEveryStore('feedback', (open) => {
  it('finds its message in any spelling, and waits for one that is not known', async () => {
    const db = await open();
    const { tick, consents, problems } = await shop(db);
    await put('consent.csv', head.plain + granted);
    await put('carts.csv', `id,customer,at,total\nk1,c1,${at(0)},5\n`);
    await tick(1);
    await tick(61);
    const [row] = await db.query<{ message: string }>(sql`SELECT message FROM message`);
    const known = row?.message ?? '';
    await db.run(sql`UPDATE message SET message = 'later'`);
    await put(
      'feedback.csv',
      `message,kind,at\n <${known.toUpperCase()}@shop.example> ,Unsubscribed,${at(61)}\nnobody,opened,${at(61)}\n`,
    );
    await tick(62);
    expect(await problems()).toEqual(['feedback.csv:2 unknown-message', 'feedback.csv:3 unknown-message']);
    expect(await consents()).toContain('c1');
    await db.run(sql`UPDATE message SET message = ${known}`);
    await tick(63);
    expect(await problems()).toEqual(['feedback.csv:3 unknown-message']);
    expect(await consents()).not.toContain('c1');
  });
});

onEveryStore('a suppression that cannot be understood', (open) => {
  it('without a date counts once, and again where it is written again', async () => {
    const db = await open();
    const { tick } = await shop(db);
    const reasons = async () =>
      (await listSuppressed(db, program, ['c1'])).map(({ channel, since }) => [channel, (since - start) / minute]);
    const undated = 'c1,email,asked,soon\n';
    await put('suppressions.csv', head.suppressions + undated);
    await tick(1);
    expect(await reasons()).toEqual([['email', 1]]);
    await put('suppressions.csv', `${head.suppressions}c3,email,asked,${at(-50)}\n" c1",email,asked,soon\n`);
    await tick(2);
    expect(await reasons(), 'in another spelling').toEqual([['email', 1]]);
    const lift = { word: 'email', reason: 'lifted', at: start + 3 * minute, lifted: true };
    await noteSuppression(db, program, { customers: ['c1'], hashes: [] }, lift);
    await put('suppressions.csv', `${head.suppressions}${undated}c3,email,asked,${at(-50)}\n`);
    await tick(4);
    expect(await reasons(), 'lifted').toEqual([]);
    await put('suppressions.csv', `${head.suppressions}c3,email,asked,${at(-50)}\n`);
    await tick(5);
    expect(await reasons()).toEqual([]);
    await put('suppressions.csv', head.suppressions + undated);
    await tick(6);
    expect(await reasons(), 'written again').toEqual([['email', 6]]);
  });
});

onEveryStore('an unsubscription in JSON', (open) => {
  it('that names a list of messages is one of each', async () => {
    const db = await open();
    const { tick, consents } = await shop(db);
    await put('people.csv', 'id,email\nc1,anna@example.com\nC2,olga@example.com\nc3,ivan@example.com\n');
    await put('consent.csv', head.plain + granted);
    await put(
      'carts.csv',
      `id,customer,at,total\n${['c1', 'C2', 'c3'].map((id) => `k${id},${id},${at(0)},5\n`).join('')}`,
    );
    await tick(1);
    await tick(61);
    const messages = await db.query<{ message: string }>(sql`
      SELECT m.message FROM message m JOIN customer c ON c.customer = m.customer WHERE c.id IN ('c1', 'C2')`);
    const message = messages.map((row) => row.message);
    expect(message).toHaveLength(2);
    await put('feedback.jsonl', `${JSON.stringify({ message, kind: 'unsubscribed', at: at(62) })}\n`);
    await tick(63);
    expect(await consents()).toEqual(['c3']);
  });
});

onEveryStore('a complaint without a date', (open) => {
  it('counts once, and again where it is written again', async () => {
    const db = await open();
    const { tick, consents } = await shop(db);
    await put('consent.csv', head.plain + granted);
    await put('carts.csv', `id,customer,at,total\nk1,c1,${at(0)},5\n`);
    await tick(1);
    await tick(61);
    const [row] = await db.query<{ message: string }>(sql`SELECT message FROM message`);
    const complaint = `${row?.message},spam,\n`;
    const feedback = (text: string) => put('feedback.csv', `message,kind,at\n${text}`);
    const suppressed = async () => (await listSuppressed(db, program, ['c1'])).map(({ channel }) => channel);
    await feedback(complaint);
    await tick(62);
    expect([await suppressed(), await consents()]).toEqual([['email'], ['C2', 'c3']]);
    const lift = { word: 'email', reason: 'lifted', at: start + 63 * minute, lifted: true };
    await noteSuppression(db, program, { customers: ['c1'], hashes: [] }, lift);
    await put('consent.csv', `${head.plain}${granted}c1,email,granted,${at(63)}\n`);
    await feedback(`${complaint}unknown,opened,${at(1)}\n`);
    await tick(64);
    expect([await suppressed(), await consents()]).toEqual([[], ['C2', 'c1', 'c3']]);
    await feedback('');
    await tick(65);
    await feedback(complaint);
    await tick(66);
    expect([await suppressed(), await consents()]).toEqual([['email'], ['C2', 'c3']]);
  });
});

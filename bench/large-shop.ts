import sql from 'sql-template-tag';
import { ensurePermissions } from '../engine/consent/permissions.ts';
import type { Program } from '../engine/program/program.ts';
import { DuckDb } from '../engine/store/duckdb.ts';
import { prepareTables } from '../engine/store/tables.ts';
import { ensureZones } from '../engine/store/zones.ts';

const day = 86_400_000;
export const today = Date.UTC(2026, 2, 2, 12);

/**
 * A shop of `customers` with ten orders each on average over two years, heavy-tailed: made inside the database from row
 * numbers, so that it is the same every time. Nine in ten consent to e-mail, two in a hundred have no address. `path`: the store's file.
 */
export async function largeShop(program: Program, customers: number, path = ':memory:'): Promise<DuckDb> {
  const db = await DuckDb.open(path);
  await prepareTables(db, program.data);
  await ensureZones(db, ['UTC', 'Europe/Moscow', 'Asia/Omsk', 'Asia/Vladivostok'], 'bench');
  await db.run(sql`
    INSERT INTO customer (customer, id, name, email, phone, city, zone, points)
    SELECT n, concat('c', n), 'Anna', CASE WHEN n % 50 <> 0 THEN concat('c', n, '@example.com') END, concat('+7', 9000000000 + n),
      ['Москва', 'Омск', 'Тула', NULL][1 + n % 4], ['Europe/Moscow', 'Asia/Omsk', 'Asia/Vladivostok', NULL][1 + n % 4], n % 7
    FROM (SELECT range + 1 AS n FROM range(${customers}))`);
  await db.run(sql`INSERT INTO identity SELECT id, customer FROM customer`);
  await db.run(sql`
    INSERT INTO consent (seq, id, customer, channel, granted, "at")
    SELECT customer, id, customer, 'email', TRUE, 0 FROM customer WHERE hash(customer) % 10 <> 0`);
  await db.run(
    sql`INSERT INTO suppression (id, customer, channel, reason, "at") SELECT id, customer, 'email', 'bounced', 0 FROM customer WHERE hash(customer) % 100 = 1`,
  );
  await db.transaction((tx) => ensurePermissions(tx, program));
  await db.run(sql`
    INSERT INTO event_order_paid (seq, id, customer, "at", total)
    SELECT range + 1, concat('o', range), 1 + (${customers} * power((hash(range) % 1000003) / 1000003.0, 2))::bigint % ${customers},
      ${today}::bigint - (hash(range + 7) % 63072000)::bigint * 1000, 100 + hash(range + 3) % 5000
    FROM range(${customers * 10})`);
  return db;
}

/** Enrols every customer in the first step of the first campaign, due now, with three past messages each. */
export async function everybodyAtFirstStep(db: DuckDb, program: Program): Promise<void> {
  const campaign = program.campaigns[0];
  if (!campaign) throw new Error('the program has no campaign');
  await db.run(sql`
    INSERT INTO enrolment (enrolment, customer, campaign, version, occurrence, started_at, entered_at, step, phase, due_at, status)
    SELECT customer, customer, ${campaign.name}, ${campaign.hash}, concat('e', customer), ${today - day}::bigint,
      ${today - day}::bigint, (SELECT min(step) FROM step), 0, ${today}::bigint, 'active' FROM customer`);
  await db.run(sql`
    INSERT INTO message (message, enrolment, customer, campaign, version, channel, category, status, decided_at, price)
    SELECT md5(concat(customer, '/', k)), -customer, customer, 'earlier', 'v', 'email', 'marketing', 'sent',
      ${today}::bigint - (hash(customer * 3 + k) % 5184000)::bigint * 1000, 0.1
    FROM customer CROSS JOIN (SELECT range AS k FROM range(3))`);
}

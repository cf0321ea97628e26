import sql, { type Sql } from 'sql-template-tag';
import type { EventKind } from '../../../spec/model/data.ts';
import { later } from '../../../spec/words/t.ts';
import { feedsRead } from '../../data/intake/feeds-of-files.ts';
import type { Program } from '../../program/program.ts';
import type { Cause, Place } from '../../report/causes.ts';
import { ident } from '../../store/dialect.ts';
import { temporary } from '../../store/statements.ts';
import { eventInbox } from '../../store/tables.ts';
import { type Checking, folded, placed, sourced } from './fold.ts';

const DAY = 86_400_000;

/** No shop on the net is older; such dates are empty fields of other programs. */
const EARLIEST = Date.UTC(1995, 0, 1);

/** The days with events that a rhythm takes, and of which it looks at the latest. */
const FEWEST = 10;
const LATEST = 100;

/** The number of usual gaps after which a source counts as silent. */
const SILENT = 3;

/** Returns what is wrong with the events of a kind, as they wait in the inbox. */
export async function eventCauses(checking: Checking, program: Program, kind: EventKind): Promise<Cause[]> {
  const { db, at } = checking;
  const inbox = ident(eventInbox(kind.name));
  const [all] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM ${inbox}`);
  const of = all?.n ?? 0;
  if (of === 0) return [];
  const find = (level: Cause['level'], code: string, field: string, where: Sql) =>
    folded(checking, { level, code, field, of }, sql`SELECT ${placed} FROM ${inbox} n ${sourced} WHERE ${where}`);
  const nobody = sql`n.customer NOT IN (SELECT id FROM inbox_customer)`;
  const causes = [
    ...(program.data.customers.sources.length > 0 ? await find('hint', 'event-of-nobody', kind.name, nobody) : []),
    ...(await find('hint', 'event-in-future', kind.name, sql`n.at > ${at}::bigint`)),
    ...(await find('hint', 'event-too-early', kind.name, sql`n.at < ${EARLIEST}::bigint`)),
  ];
  for (const { name: field } of kind.fields)
    causes.push(...(await find('note', 'empty-value', `${kind.name}.${field}`, sql`n.${ident(field)} IS NULL`)));
  return causes;
}

/** Returns the sources that are silent, as one cause. `shift`: of the project's clock from UTC, milliseconds. */
export async function silentCauses(checking: Checking, program: Program, shift: number): Promise<Cause[]> {
  const { db } = checking;
  // Files of one source have one rhythm.
  const files = (await feedsRead(db, program)).filter(({ name, declared }) => name !== declared.name);
  await temporary(db, 'several', sql`SELECT path, path AS declared FROM source WHERE FALSE`);
  const text = { type: 'text' } as const;
  await db.load(
    'several',
    [
      { name: 'path', ...text },
      { name: 'declared', ...text },
    ],
    files.map(({ name, declared }) => ({ path: name, declared: declared.name })),
  );
  const places: Place[] = [];
  for (const kind of program.data.events) places.push(...(await silentSources(checking, kind.name, shift)));
  if (places.length === 0) return [];
  const count = places.length;
  return [{ level: 'hint', code: 'silent-source', field: null, count, places: places.slice(0, checking.most) }];
}

/**
 * A source of events is silent if its newest event is more than three usual gaps ago. A gap is the number of days from one
 * day with events to the next; the usual one is that which 9 of 10 of the last hundred days with events do not exceed.
 */
async function silentSources({ db, at }: Checking, kind: string, shift: number): Promise<Place[]> {
  const inbox = ident(eventInbox(kind));
  const day = (instant: Sql) => db.dialect.divided(sql`(${instant} + ${shift}::bigint)`, sql`${DAY}::bigint`);
  const rows = await db.query<{ path: string; usual: number; newest: number; today: number }>(sql`
    WITH active AS (SELECT DISTINCT coalesce(f.declared, s.path) AS path, ${day(sql`n.at`)} AS day
        FROM ${inbox} n ${sourced} LEFT JOIN several f ON f.path = s.path WHERE n.at <= ${at}::bigint),
      latest AS (SELECT path, day, row_number() OVER (PARTITION BY path ORDER BY day DESC) AS nth FROM active),
      gaps AS (SELECT path, day, day - lag(day) OVER (PARTITION BY path ORDER BY day) AS gap FROM latest WHERE nth <= ${LATEST}::bigint)
    SELECT path, percentile_disc(0.9) WITHIN GROUP (ORDER BY gap) AS usual, max(day) AS newest, ${day(sql`${at}::bigint`)} AS today
    FROM gaps GROUP BY path HAVING count(*) >= ${FEWEST}::bigint ORDER BY path`);
  const silent = rows.filter(({ usual, newest, today }) => today - newest > SILENT * usual);
  return silent.map(({ path, usual, newest, today }) => ({
    path,
    line: 0,
    message: silence(kind, new Date(newest * DAY).toISOString().slice(0, 10), today - newest, usual),
  }));
}

function silence(kind: string, newest: string, days: number, usual: number): string {
  return usual === 1
    ? later`${kind}: the newest is of ${newest}, ${days} days ago; usually the next comes within 1 day.`
    : later`${kind}: the newest is of ${newest}, ${days} days ago; usually the next comes within ${usual} days.`;
}

import sql, { join } from 'sql-template-tag';
import { moveCursor, readCursor } from '../../store/cursor.ts';
import type { Database } from '../../store/database.ts';
import type { Prefix } from '../files/prefix.ts';
import { declaration, unfinished } from './feeds.ts';
import { type FeedNow, fileOf, GONE } from './feeds-of-files.ts';
import type { Outcome } from './file.ts';

/** The knowledge about a file from its last reading. */
export interface Known {
  /** The number of the source, as in the column `#source`. */
  number: number;
  /** The arrival of its line 0. */
  base: number;
  /** The fields that the project declared at the last reading. */
  fields: string[] | undefined;
  /** It has held rows at some reading. */
  held: boolean;
  /** The next reading may begin after this part. */
  read?: Read;
}

/** The part of a file that an earlier reading has taken. */
export interface Read {
  prefix: Prefix;
  rows: number;
  lost: number;
  incomplete: number;
  spoilt: number;
  passed: number;
}

type Remembered = {
  fingerprint: string;
  number: number | null;
  fields: string | null;
  held: boolean;
  rows: number;
  lost: number | null;
  incomplete: number | null;
  spoilt: number | null;
  passed: number | null;
  prefix: string | null;
  fewer: number | null;
  judged: string | null;
};

const CURSOR = 'arrival';

const nothing: Remembered = {
  fingerprint: '',
  number: null,
  fields: null,
  held: false,
  rows: 0,
  lost: 0,
  incomplete: 0,
  spoilt: 0,
  passed: 0,
  fewer: null,
  judged: null,
  prefix: null,
};

/** Stores of earlier versions know only how many rows there were at the last reading. */
export const HELD = sql`coalesce(held, "rows" > 0)`;

/** The files that have been read: their numbers, and the order in which their rows arrive. */
export class Sources {
  private readonly known: Map<string, Remembered>;
  private arrival: number;
  private last: number;

  private constructor(known: Sources['known'], arrival: number, last: number) {
    this.known = known;
    this.arrival = arrival;
    this.last = last;
  }

  static async of(db: Database): Promise<Sources> {
    const rows = await db.query<Remembered & { path: string }>(
      sql`SELECT path, fingerprint, number, fields, ${HELD} AS held, "rows", lost, incomplete, spoilt, passed, fewer, judged, prefix FROM source`,
    );
    const last = Math.max(0, ...rows.map((row) => row.number ?? 0));
    return new Sources(new Map(rows.map((row) => [row.path, row])), (await readCursor(db, CURSOR)) ?? 0, last);
  }

  /** The names of the files that were read, and are still there by the last look. */
  names(): string[] {
    return [...this.known].flatMap(([path, { fingerprint }]) => (fingerprint === GONE ? [] : [path]));
  }

  fingerprint(path: string): string | undefined {
    return this.known.get(path)?.fingerprint;
  }

  /** Returns true if the last reading missed customers, and was not accepted for that. */
  misses(path: string): boolean {
    return (this.known.get(path)?.fewer ?? 0) > 0;
  }

  /** Returns true if customers are missing by the judgement of another program. */
  missesByOther(program: string): boolean {
    return [...this.known.values()].some(({ fewer, judged }) => (fewer ?? 0) > 0 && judged !== program);
  }

  /** Returns the number under which a file is read now, and where the order of its rows begins. `print`: its fingerprint now. */
  begin(feed: FeedNow, print: string): Known {
    const known = this.known.get(feed.name) ?? nothing;
    const number = known.number ?? ++this.last;
    const { fields, rows, lost, incomplete, spoilt, passed, prefix } = known;
    const held = known.held || (feed.fault !== undefined && this.heldBy(feed));
    this.known.set(feed.name, { ...known, number, held });
    return {
      number,
      base: this.arrival,
      fields: fields === null ? undefined : (JSON.parse(fields) as string[]),
      held,
      ...(prefix !== null &&
        declaration(known.fingerprint) === declaration(print) && {
          read: {
            prefix: JSON.parse(prefix) as Prefix,
            rows,
            lost: lost ?? 0,
            incomplete: incomplete ?? 0,
            spoilt: spoilt ?? 0,
            passed: passed ?? 0,
          },
        }),
    };
  }

  private heldBy(feed: FeedNow): boolean {
    const isOf = fileOf(feed);
    return [...this.known].some(([path, { held }]) => held && isOf(path));
  }

  /** Notes that files are there no more. What was read of them stays; they are read again if they are back. */
  async leave(db: Database, paths: string[]): Promise<void> {
    const some = join(paths);
    for (const path of paths) {
      const known = this.known.get(path);
      if (known) this.known.set(path, { ...known, fingerprint: GONE, fewer: null, prefix: null });
    }
    await db.run(sql`
      UPDATE source SET fingerprint = ${GONE}, "rows" = 0, lost = 0, incomplete = 0, spoilt = 0, passed = 0,
        readable = TRUE, fewer = NULL, prefix = NULL WHERE path IN (${some})`);
    await db.run(sql`DELETE FROM quarantine WHERE path IN (${some})`);
  }

  /** Notes what has been read of a file, and as what. */
  async keep(
    db: Database,
    print: string,
    { report, readable, rows, lost, incomplete, spoilt, passed, prefix: read, lines, declared }: Outcome,
    at: number,
  ): Promise<void> {
    const fingerprint = report.unfinished ? unfinished(print) : print;
    const { path } = report;
    const before = this.known.get(path);
    const number = before?.number ?? 0;
    const fields = JSON.stringify(declared);
    const held = before?.held === true || rows + lost + passed > 0 || !readable;
    const prefix = read ? JSON.stringify(read) : null;
    const { fewer, judged } = before ?? nothing;
    this.known.set(path, {
      fingerprint,
      number,
      fields,
      held,
      rows,
      lost,
      incomplete,
      spoilt,
      passed,
      fewer,
      judged,
      prefix,
    });
    const columns = sql`fingerprint, "rows", loaded_at, number, lost, readable, held, base, fields, prefix, incomplete, spoilt, passed`;
    const values = sql`${fingerprint}, ${rows}::bigint, ${at}::bigint, ${number}::integer, ${lost}::bigint,
      ${readable}::boolean, ${held}::boolean, ${this.arrival}::bigint, ${fields}, ${prefix}::text, ${incomplete}::bigint, ${spoilt}::bigint, ${passed}::bigint`;
    const changed = await db.run(sql`UPDATE source SET (${columns}) = (${values}) WHERE path = ${path}`);
    if (changed === 0) await db.run(sql`INSERT INTO source (path, ${columns}) VALUES (${path}, ${values})`);
    this.arrival += lines + 1;
    await moveCursor(db, CURSOR, this.arrival);
  }
}

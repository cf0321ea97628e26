import sql from 'sql-template-tag';
import { moveCursor, readCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { unfinished } from './feeds.ts';
import type { Outcome } from './file.ts';

/** What is known of a file from its last reading. */
export interface Known {
  /** As `#source` has it. */
  number: number;
  /** The arrival of its line 0. */
  base: number;
  /** What the project declared at the last reading. */
  fields: string[] | undefined;
  /** It has held rows at some reading. */
  held: boolean;
}

interface Remembered {
  fingerprint: string;
  number: number | null;
  fields: string | null;
  held: boolean;
}

const CURSOR = 'arrival';

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
    const rows = await db.query<{ path: string } & { [K in keyof Remembered]: Remembered[K] }>(
      sql`SELECT path, fingerprint, number, fields, ${HELD} AS held FROM source`,
    );
    const last = Math.max(0, ...rows.map((row) => row.number ?? 0));
    return new Sources(new Map(rows.map((row) => [row.path, row])), (await readCursor(db, CURSOR)) ?? 0, last);
  }

  fingerprint(path: string): string | undefined {
    return this.known.get(path)?.fingerprint;
  }

  /** Returns the number under which a file is read now, and where the order of its rows begins. */
  begin(path: string): Known {
    const known = this.known.get(path);
    const number = known?.number ?? ++this.last;
    const fields = known?.fields ?? null;
    const held = known?.held === true;
    this.known.set(path, { fingerprint: known?.fingerprint ?? '', number, fields, held });
    return { number, base: this.arrival, fields: fields === null ? undefined : (JSON.parse(fields) as string[]), held };
  }

  /** Notes what has been read of a file, and as what. */
  async keep(
    db: Database,
    print: string,
    { report, readable, lost, lines, declared }: Outcome,
    at: number,
  ): Promise<void> {
    const fingerprint = report.unfinished ? unfinished(print) : print;
    const { path, rows } = report;
    const before = this.known.get(path);
    const number = before?.number ?? 0;
    const fields = JSON.stringify(declared);
    const held = before?.held === true || rows + lost > 0 || !readable;
    this.known.set(path, { fingerprint, number, fields, held });
    const values = sql`${fingerprint}, ${rows}::bigint, ${at}::bigint, ${number}::integer, ${lost}::bigint,
      ${readable}::boolean, ${held}::boolean, ${this.arrival}::bigint, ${fields}`;
    const changed = await db.run(sql`
      UPDATE source SET (fingerprint, "rows", loaded_at, number, lost, readable, held, base, fields) = (${values}) WHERE path = ${path}`);
    if (changed === 0)
      await db.run(sql`
        INSERT INTO source (path, fingerprint, "rows", loaded_at, number, lost, readable, held, base, fields) VALUES (${path}, ${values})`);
    this.arrival += lines + 1;
    await moveCursor(db, CURSOR, this.arrival);
  }
}

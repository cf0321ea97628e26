import sql from 'sql-template-tag';
import { moveCursor, readCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import type { Outcome } from './file.ts';

/** What is known of a file from its last reading. */
export interface Known {
  /** As `#source` has it. */
  number: number;
  fingerprint: string | undefined;
  /** The arrival of its line 0. */
  base: number;
}

const CURSOR = 'arrival';

/** The files that have been read: their numbers, and the order in which their rows arrive. */
export class Sources {
  private readonly known: Map<string, { fingerprint: string; number: number | null }>;
  private arrival: number;
  private last: number;

  private constructor(known: Sources['known'], arrival: number, last: number) {
    this.known = known;
    this.arrival = arrival;
    this.last = last;
  }

  static async of(db: Database): Promise<Sources> {
    const rows = await db.query<{ path: string; fingerprint: string; number: number | null }>(
      sql`SELECT path, fingerprint, number FROM source`,
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
    this.known.set(path, { fingerprint: known?.fingerprint ?? '', number });
    return { number, fingerprint: known?.fingerprint, base: this.arrival };
  }

  /** Notes what has been read of a file, and as what. */
  async keep(db: Database, fingerprint: string, { report, whole, lines }: Outcome, at: number): Promise<void> {
    const { path, rows, left } = report;
    const number = this.known.get(path)?.number ?? 0;
    this.known.set(path, { fingerprint, number });
    const values = sql`${fingerprint}, ${rows}::bigint, ${at}::bigint, ${number}::integer, ${left}::bigint,
      ${whole}::boolean, ${this.arrival}::bigint`;
    const changed = await db.run(sql`
      UPDATE source SET (fingerprint, "rows", loaded_at, number, lost, readable, base) = (${values}) WHERE path = ${path}`);
    if (changed === 0)
      await db.run(sql`
        INSERT INTO source (path, fingerprint, "rows", loaded_at, number, lost, readable, base) VALUES (${path}, ${values})`);
    this.arrival += lines + 1;
    await moveCursor(db, CURSOR, this.arrival);
  }
}

import sql, { join } from 'sql-template-tag';
import type { Database } from '../../store/database.ts';
import { MOST_UNKNOWN } from '../files/header.ts';
import type { RowProblem } from '../files/problem.ts';

const UNKNOWN = 'unknown-column';
const UNUSED = 'unused-rename';
const ERASED = 'erased-customer';

/**
 * The problems of a file as a whole, which it has once, however often its end is read on. A `rename` is unused where no row
 * of the file has the column: one that the earlier part used is used, and one that a later row uses is unused no more.
 */
export class FileProblems {
  private readonly db: Database;
  private readonly path: string;
  private readonly continues: boolean;
  private readonly known: Set<string>;
  private readonly unused = new Set<string>();
  /** Rows about customers who were erased, of the earlier part. */
  private readonly erased: number;

  private constructor(db: Database, path: string, continues: boolean, before: Reported[]) {
    this.db = db;
    this.path = path;
    this.continues = continues;
    this.known = new Set(before.filter(({ code }) => code === UNKNOWN).map(({ message }) => message));
    this.erased = Number(/\d+/.exec(before.find(({ code }) => code === ERASED)?.message ?? '')?.[0] ?? 0);
  }

  /** Forgets what was reported of the file before, but for the part that a reading goes on from. */
  static async begin(db: Database, path: string, continues: boolean): Promise<FileProblems> {
    await db.run(sql`
      DELETE FROM quarantine WHERE path = ${path} AND code <> 'fewer-customers'
        AND (NOT ${continues}::boolean OR code = 'unfinished-line')`);
    const before = await db.query<{ [K in keyof Reported]: string }>(
      sql`SELECT code, message FROM quarantine WHERE path = ${path} AND code IN (${join([UNKNOWN, ERASED])})`,
    );
    return new FileProblems(db, path, continues, before);
  }

  /** Returns the problems that the file has not had yet. */
  fresh(problems: RowProblem[]): RowProblem[] {
    return this.continues ? problems.filter((problem) => this.isFresh(problem)) : problems;
  }

  private isFresh({ code, message }: RowProblem): boolean {
    if (code === UNUSED) this.unused.add(message);
    if (code !== UNKNOWN) return code !== UNUSED;
    if (this.known.has(message) || this.known.size >= MOST_UNKNOWN) return false;
    this.known.add(message);
    return true;
  }

  /** Takes back what a reading has found to be so no more. `rows`, `erased`: how many it has read. Returns the erased rows of the whole file. */
  async settle(rows: number, erased: number): Promise<number> {
    const { db, path } = this;
    if (!this.continues) return erased;
    // A header has a line, and is not read again.
    const still = this.unused.size > 0 ? sql`AND message NOT IN (${join([...this.unused])})` : sql``;
    if (rows > 0)
      await db.run(sql`DELETE FROM quarantine WHERE path = ${path} AND line = 0 AND code = ${UNUSED} ${still}`);
    if (erased > 0) await db.run(sql`DELETE FROM quarantine WHERE path = ${path} AND code = ${ERASED}`);
    return erased > 0 ? this.erased + erased : 0;
  }
}

interface Reported {
  code: string;
  message: string;
}

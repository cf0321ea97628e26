import sql from 'sql-template-tag';
import { later } from '../../spec/words/t.ts';
import type { DispatchLog } from '../delivery/dispatch.ts';
import { currentDeployment } from '../deploy/apply.ts';
import { runnable } from '../deploy/runnable.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';

/** A deployment that a worker executes. `replaced` is aborted when another one takes its place. */
export interface Running {
  serial: number;
  program: Program;
  replaced: AbortController;
}

/** The deployment that is applied, as one worker sees it. */
export class Deployed {
  private readonly db: Database;
  private readonly log: DispatchLog;
  private running: Running | undefined;

  constructor(db: Database, log: DispatchLog) {
    this.db = db;
    this.log = log;
  }

  /** Returns the present deployment. Throws UserError where nothing is applied, or by another version. */
  async current(): Promise<Running> {
    if (this.running) {
      const [row] = await this.db.query<{ serial: number }>(sql`SELECT max(serial) AS serial FROM deployment`);
      if (this.running.serial === row?.serial) return this.running;
    }
    const { serial, program } = runnable(await currentDeployment(this.db));
    // Another caller may have noticed it while this one read.
    if (this.running?.serial === serial) return this.running;
    if (this.running) this.log.info({ deployment: serial, hash: program.hash }, later`a new deployment`);
    this.running?.replaced.abort();
    this.running = { serial, program, replaced: new AbortController() };
    return this.running;
  }
}

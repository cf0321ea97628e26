import sql, { type Sql } from 'sql-template-tag';
import { applyProgram } from '../../deploy/apply.ts';
import type { Database } from '../../store/database.ts';
import { columnsOf } from '../../store/tables.ts';
import { runTick } from '../../tick/run-tick.ts';
import { deliver } from '../simulate/deliver.ts';
import { ahead } from './ahead.ts';
import { Paths } from './paths.ts';
import { loadWorld } from './rows.ts';
import type { RunningTest } from './running-test.ts';
import { SentMessages } from './sent-messages.ts';
import { Watched } from './watch.ts';
import type { World } from './worlds.ts';

/** A store on which the tests of one world run. */
export class TestStore {
  readonly paths: Paths;
  private readonly db: Database;
  private readonly world: World;
  private readonly tz: string;
  private readonly sent: SentMessages;
  private readonly watched: Database;
  /** The test of each customer, by the customer's number in the store. */
  private readonly owners = new Map<number, RunningTest>();
  private now: number;

  private constructor(db: Database, world: World, tz: string, steps: ReadonlyMap<number, string>) {
    this.db = db;
    this.world = world;
    this.tz = tz;
    this.now = world.start;
    this.paths = new Paths(world.campaign, steps);
    this.sent = new SentMessages(db, world.program, steps);
    this.watched = new Watched(db, (tx) => this.paths.look(tx, this.now));
  }

  /** `db`: an empty store. `tz`: the version of the tz database in use. */
  static async create(db: Database, world: World, tz: string): Promise<TestStore> {
    await applyProgram(db, { program: world.program, at: world.start, lineage: 'test' });
    return new TestStore(db, world, tz, await numbered(db, sql`SELECT step AS number, id FROM step`));
  }

  /** Runs the first tick, which collects all data of the world. */
  async begin(at: number, running: RunningTest[]): Promise<void> {
    await this.tick(at, (tx) => loadWorld(tx, this.world));
    const customers = await numbered(this.db, sql`SELECT customer AS number, id FROM customer`);
    const numbers = new Map([...customers].map(([number, id]) => [id, number]));
    for (const one of running) for (const number of one.locate(numbers)) this.owners.set(number, one);
  }

  async tick(at: number, before?: (tx: Database) => Promise<void>): Promise<void> {
    this.now = at;
    await runTick(this.watched, this.world.program, at, this.tz, before);
    await deliver(this.db, { now: at, seed: 'test', engagement: {} });
  }

  /**
   * Gives the tests the messages that the latest tick has finished, and stores the reactions due before the next one. Returns the
   * instant of the next tick; undefined: there is none.
   */
  async next(running: RunningTest[]): Promise<number | undefined> {
    const { db, world, now } = this;
    for (const message of await this.sent.collect(now)) {
      this.paths.passed(message.customer, message.step);
      this.owners.get(message.customer)?.receive(message);
    }
    const until = Math.max(...running.map((one) => one.end));
    const next = await ahead(db, world, now, until);
    const feedback = running.flatMap((one) => one.reactionsDue(next));
    if (feedback.length === 0) return next;
    const rows = feedback.map(({ id, message, kind, at }) => ({ id, message, kind, at }));
    await db.load('inbox_feedback', columnsOf(world.program.data, 'inbox_feedback'), rows);
    return ahead(db, world, now, until);
  }
}

async function numbered(db: Database, statement: Sql): Promise<Map<number, string>> {
  const rows = await db.query<{ number: number; id: string }>(statement);
  return new Map(rows.map((row) => [row.number, row.id]));
}

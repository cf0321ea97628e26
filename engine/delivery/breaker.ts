import sql from 'sql-template-tag';
import type { Program } from '../program/program.ts';
import type { Database, Row } from '../store/database.ts';
import type { Outcome } from './carriers/carrier.ts';

/** The number of failures in a row that stops a channel. */
const MOST = 5;
const FIRST_PAUSE = 30_000;
const LONGEST_PAUSE = 15 * 60_000;

interface Failing extends Row {
  failures: number;
  pauses: number;
  /** The instant of the first failure, epoch milliseconds. */
  since: number;
  /** The instant at which a stopped channel is tried again. */
  until: number | null;
  reason: string;
  detail: string | null;
}

/**
 * Stops a channel that fails message after message, and lets it try again with one message after a pause that doubles up
 * to 15 minutes. What it has counted outlives the process.
 */
export class Breaker {
  private state: Failing | undefined;
  private readonly channel: string;
  private readonly config: string;
  private changed = false;
  /** In this run the channel may try with one message only. */
  probing = false;

  private constructor(channel: string, config: string, state: Failing | undefined) {
    this.channel = channel;
    this.config = config;
    this.state = state;
    this.probing = state !== undefined && state.until !== null;
  }

  /** `config`: the hash of the channel; failures of an earlier configuration do not count. */
  static async read(db: Database, channel: string, config: string): Promise<Breaker> {
    const [row] = await db.query<Failing>(sql`
      SELECT failures, pauses, since, until, reason, detail FROM channel_failure
      WHERE channel = ${channel}::text AND config = ${config}::text`);
    return new Breaker(channel, config, row);
  }

  /** Returns true if nothing may be tried now. */
  stopped(now: number): boolean {
    const { until } = this.state ?? {};
    return typeof until === 'number' && until > now;
  }

  /** The reason and the beginning of the channel's stop; undefined if it is not stopped. */
  get trouble(): Failing | undefined {
    return this.state?.until ? this.state : undefined;
  }

  /** Returns true if this outcome stops the channel. */
  count(outcome: Outcome, now: number): boolean {
    if (!isFailure(outcome)) {
      this.changed ||= this.state !== undefined;
      this.state = undefined;
      this.probing = false;
      return false;
    }
    // A message that was on another connection when the channel was stopped adds nothing.
    if (this.stopped(now)) return false;
    const { failures = 0, pauses = 0, since = now } = this.state ?? {};
    const stops = this.probing || failures + 1 >= MOST;
    this.changed = true;
    this.state = {
      failures: failures + 1,
      pauses: stops ? pauses + 1 : pauses,
      since,
      until: stops ? now + Math.min(FIRST_PAUSE * 2 ** Math.min(pauses, 20), LONGEST_PAUSE) : null,
      reason: outcome.reason,
      detail: outcome.detail ?? null,
    };
    return stops;
  }

  /** Writes down what has changed; to be called in a transaction. */
  async save(tx: Database): Promise<void> {
    if (!this.changed) return;
    this.changed = false;
    await tx.run(sql`DELETE FROM channel_failure WHERE channel = ${this.channel}::text`);
    if (!this.state) return;
    const { failures, pauses, since, until, reason, detail } = this.state;
    await tx.run(sql`
      INSERT INTO channel_failure (channel, config, failures, pauses, since, until, reason, detail)
      VALUES (${this.channel}, ${this.config}, ${failures}, ${pauses}, ${since}, ${until}, ${reason}, ${detail})`);
  }
}

/** A channel that is stopped: since its first failure, until the next message may try. */
export interface Stopped {
  channel: string;
  since: number;
  until: number;
  reason: string;
  detail: string | null;
}

export async function stoppedChannels(db: Database, { channels }: Program): Promise<Stopped[]> {
  const found = await db.query(
    sql`SELECT 1 AS found FROM information_schema.tables WHERE table_name = 'channel_failure'`,
  );
  // An earlier Kaskad may have left the store without the table.
  if (found.length === 0) return [];
  const rows = await db.query<Row & Stopped & { config: string }>(sql`
    SELECT channel, config, since, until, reason, detail FROM channel_failure WHERE until IS NOT NULL ORDER BY channel`);
  const known = new Set(channels.map(({ name, hash }) => `${name} ${hash}`));
  return rows.flatMap(({ config, ...one }) => (known.has(`${one.channel} ${config}`) ? [one] : []));
}

/** Returns true for failures of the connection or the account, which do not depend on the message. */
function isFailure(outcome: Outcome): outcome is Exclude<Outcome, { status: 'sent' }> {
  if (outcome.status === 'retry') return outcome.reason !== 'temporary';
  return outcome.status === 'unknown' || (outcome.status === 'failed' && outcome.policy === true);
}

import sql from 'sql-template-tag';
import type { CompiledCampaign, StepRow } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { enrolmentStatus } from '../../store/outcome-sql.ts';
import { rowKind } from '../../tick/steps/index.ts';
import type { Place } from './result.ts';

/** An enrolment as it was last seen. */
export interface Seen {
  /** The store's number of the customer. */
  customer: number;
  /** Null once it has ended. */
  step: string | null;
  arm: string | null;
  reason: string | null;
  endedAt: number | null;
}

interface Enrolled extends Record<string, string | number | null> {
  enrolment: number;
  customer: number;
  step: number | null;
  arm: string | null;
  reason: string | null;
  ended_at: number | null;
}

/** Follows the enrolments of one campaign through its steps. */
export class Paths {
  private readonly enrolments = new Map<number, Seen>();
  private readonly places = new Map<number, Map<string, Place>>();
  private readonly rows: ReadonlyMap<string, StepRow>;
  private readonly steps: ReadonlyMap<number, string>;

  /** `steps`: the ids of the steps by their number in the store. */
  constructor(campaign: CompiledCampaign, steps: ReadonlyMap<number, string>) {
    this.rows = new Map(campaign.steps.map((row) => [row.id, row]));
    this.steps = steps;
  }

  /** Returns the enrolments of a customer in the order of entry. `customer`: the store's number. */
  enrolmentsOf(customer: number): Seen[] {
    return [...this.enrolments.values()].filter((seen) => seen.customer === customer);
  }

  /** Returns the places where a customer has been so far. */
  of(customer: number): Place[] {
    return [...(this.places.get(customer)?.values() ?? [])];
  }

  /** Reads the enrolments; must be called after every statement that moves them. `now`: the instant of the tick. */
  async look(db: Database, now: number): Promise<void> {
    const rows = await db.query<Enrolled>(sql`
      SELECT enrolment, customer, step, arm, reason, ended_at FROM enrolment
      WHERE status = ${enrolmentStatus.active} OR ended_at = ${now}::bigint`);
    for (const row of rows) {
      const before = this.enrolments.get(row.enrolment);
      const step = row.step === null ? null : (this.steps.get(row.step) ?? null);
      const { customer, arm, reason, ended_at: endedAt } = row;
      const seen: Seen = { customer, step, arm, reason, endedAt };
      this.enrolments.set(row.enrolment, seen);
      if (before?.step === step) continue;
      if (before) this.note(customer, this.wayTaken(before, seen));
      if (step !== null) this.note(customer, { step });
    }
  }

  /** Notes a message decided at `step`: after a refusal the customer passes the step without a stop. */
  passed(customer: number, step: string): void {
    this.note(customer, { step });
  }

  private wayTaken(before: Seen, after: Seen): Place | undefined {
    const row = before.step === null ? undefined : this.rows.get(before.step);
    if (row === undefined) return undefined;
    if ('arms' in row) {
      const way = after.arm?.slice(before.arm === null ? 0 : before.arm.length + 1);
      return after.arm === before.arm || way === undefined ? undefined : { step: row.id, way };
    }
    const walked = after.reason === null || after.reason === 'completed';
    const branches = rowKind(row).branches?.(row) ?? [];
    const taken = branches.find(({ to }) => to === after.step) ?? branches.at(-1);
    return taken && walked ? { step: row.id, way: taken.way } : undefined;
  }

  private note(customer: number, place: Place | undefined): void {
    if (!place) return;
    const known = this.places.get(customer) ?? new Map<string, Place>();
    this.places.set(customer, known.set(JSON.stringify([place.step, place.way]), place));
  }
}

import sql, { join } from 'sql-template-tag';
import type { Field } from '../../../spec/model/data.ts';
import type { CampaignTest } from '../../../spec/model/test.ts';
import type { CompiledCampaign, Program } from '../../program/program.ts';
import type { Database, Row } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import type { Paths } from './paths.ts';
import type { PreparedTest } from './prepare-test.ts';
import { type Feedback, Reactions } from './reactions.ts';
import type { Observed, ObservedMessage } from './result.ts';
import type { Delivered } from './sent-messages.ts';
import { written } from './values.ts';

/** The longest time that a test lasts, in milliseconds after its start. */
export const longest = 400 * 86_400_000;

/** A test while it runs. */
export class RunningTest {
  readonly test: CampaignTest;
  /** The last instant of the test, epoch milliseconds. */
  readonly end: number;
  private readonly ids: ReadonlyMap<string, string>;
  private readonly reactions: Reactions;
  private readonly delivered: Delivered[] = [];
  /** The store's numbers of the customers, by the test's ids. */
  private numbers: ReadonlyMap<string, number> = new Map();

  constructor({ test, ids }: PreparedTest) {
    this.test = test;
    this.ids = ids;
    this.end = test.start + Math.min(test.lasts ?? longest, longest);
    this.reactions = new Reactions(test, this.end);
  }

  /** Returns the numbers of the test's customers. `stored`: the number of every customer of the store, by id. */
  locate(stored: ReadonlyMap<string, number>): number[] {
    const known = [...this.ids].map(([id, own]) => [id, stored.get(own)] as const);
    this.numbers = new Map(known.flatMap(([id, number]) => (number === undefined ? [] : [[id, number]])));
    return [...this.numbers.values()];
  }

  receive(message: Delivered): void {
    this.delivered.push(message);
  }

  /** Returns the reactions due before the tick at `next`; see Reactions. */
  reactionsDue(next: number | undefined): Feedback[] {
    return this.reactions.due(next, (customer) => {
      const number = this.numbers.get(customer);
      return this.delivered.filter((one) => one.customer === number);
    });
  }

  /** Returns true if nothing more can happen: every customer has been in the campaign and may not enter again. */
  settled({ reenter }: CompiledCampaign, paths: Paths): boolean {
    if (reenter.kind !== 'never' || !this.reactions.none || this.numbers.size === 0) return false;
    return [...this.numbers.values()].every((number) => {
      const mine = paths.enrolmentsOf(number);
      return mine.length > 0 && mine.every((one) => one.endedAt !== null);
    });
  }

  get problems(): string[] {
    return this.reactions.problems;
  }

  /** Returns the messages and exits up to now. */
  async observe(db: Database, program: Program, paths: Paths): Promise<Observed> {
    const names = new Map([...this.numbers].map(([id, number]) => [number, id]));
    const nameOf = (customer: number) => names.get(customer) ?? '';
    const place = new Map(this.test.customers.map(({ id }, i) => [id, i]));
    const rank = (customer: string) => place.get(customer) ?? 0;
    const inTime = (a: { at: number; customer: string }, b: { at: number; customer: string }) =>
      a.at - b.at || rank(a.customer) - rank(b.customer);
    const enrolments = [...names.keys()].flatMap((number) => paths.enrolmentsOf(number));
    const messages = this.delivered.map(({ id: _, customer, ...rest }): ObservedMessage => {
      return { ...rest, customer: nameOf(customer) };
    });
    return {
      messages: messages.sort(inTime),
      exits: enrolments
        .flatMap(({ customer, reason, endedAt }) =>
          endedAt === null ? [] : [{ at: endedAt, customer: nameOf(customer), reason: reason ?? '' }],
        )
        .sort(inTime),
      inside: enrolments.flatMap(({ customer, step }) => (step === null ? [] : [{ customer: nameOf(customer), step }])),
      customers: await this.attributes(db, program.data.customers.attributes),
      places: [...names.keys()].flatMap((number) => paths.of(number)),
    };
  }

  private async attributes(db: Database, all: Field[]): Promise<Observed['customers']> {
    const asked = this.test.expect.customers ?? [];
    const fields = all.filter((field) => asked.some(({ attributes }) => field.name in attributes));
    if (fields.length === 0) return [];
    const columns = fields.map((field) => sql`c.${ident(field.name)}`);
    const stored = [...this.ids.values()].map((id) => sql`${id}::text`);
    const rows = await db.query<Row & { id: string }>(
      sql`SELECT ${join([sql`c.id`, ...columns])} FROM customer c WHERE c.id IN (${join(stored)})`,
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return asked.map(({ id }) => {
      const row = byId.get(this.ids.get(id) ?? '');
      return {
        id,
        attributes: Object.fromEntries(fields.map((field) => [field.name, written(field, row?.[field.name] ?? null)])),
      };
    });
  }
}

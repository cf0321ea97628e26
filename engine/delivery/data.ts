import sql, { join, type Sql } from 'sql-template-tag';
import type { Field } from '../../spec/model/data.ts';
import { type CompiledCampaign, type Program, triggerEvent } from '../program/program.ts';
import type { Database, Row, Value } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { isLastOfPreferred } from '../store/preferred.ts';
import { eventTable } from '../store/tables.ts';
import type { Candidate } from './gates.ts';
import { ids, integers } from './list.ts';
import type { Claimed } from './outbox.ts';

/** The data for a message's template and for its admission. */
export interface Subject {
  /** The shop's id of the customer. */
  id: string;
  occurrence: string;
  /** Id of the step in its campaign. */
  step: string;
  customer: Record<string, unknown>;
  /** Kind of the event. */
  kind?: string;
  event?: Record<string, unknown>;
  candidate: Candidate;
}

interface Enrolled extends Row {
  enrolment: number;
  event_seq: number | null;
  shift: number | null;
  id: string;
  occurrence: string;
}

interface Step {
  id: string;
  /** Its enrolment waits there for what the message brings about. */
  waits: boolean;
  /** A stage of a cascade in preferred order. */
  preferred: boolean;
}

type Event = Required<Pick<Subject, 'kind' | 'event'>>;

/** Reads what the templates of claimed messages need. Keeps what it learns about campaigns. */
export class Subjects {
  private readonly db: Database;
  private readonly program: Program;
  private readonly triggers = new Map<string, string | undefined>();
  private readonly steps = new Map<number, Step>();

  constructor(db: Database, program: Program) {
    this.db = db;
    this.program = program;
  }

  /** Returns the subjects by message; a message without an enrolment has none. */
  async of(claimed: Claimed[], now: number): Promise<Map<string, Subject>> {
    if (claimed.length === 0) return new Map();
    const attributes = this.program.data.customers.attributes;
    const rows = await this.db.query<Enrolled>(this.enrolled(claimed, now));
    const found = new Map(rows.map((row) => [row.enrolment, row]));
    const events = await this.events(claimed, (m) => found.get(m.enrolment)?.event_seq ?? undefined);
    await this.learnSteps(claimed);
    const last = await this.lastStages(claimed.filter((m) => this.steps.get(m.step)?.preferred));
    const subjects = new Map<string, Subject>();
    for (const message of claimed) {
      const row = found.get(message.enrolment);
      if (!row) continue;
      const { id: step = '', waits: stage = false } = this.steps.get(message.step) ?? {};
      const waits = stage && !last.has(message.message);
      const candidate: Candidate = {
        category: message.category,
        ...(waits ? { waitsAt: message.step } : {}),
        ...(row.shift === null ? {} : { shift: row.shift }),
      };
      const { id, occurrence } = row;
      const customer = decode(attributes, row);
      subjects.set(message.message, { id, occurrence, step, customer, candidate, ...events.get(message.message) });
    }
    return subjects;
  }

  private enrolled(claimed: Claimed[], now: number): Sql {
    const attributes = this.program.data.customers.attributes;
    const columns = attributes.map((a, i) => sql`c.${ident(a.name)} AS ${ident(`a${i}`)}`);
    const zone = attributes.find((a) => a.type === 'timezone');
    const home = sql`${this.program.project.timezone}::text`;
    return sql`
      SELECT ${join([sql`e.enrolment, e.event_seq, e.occurrence, c.id, z.shift`, ...columns])}
      FROM (SELECT enrolment, customer, event_seq, occurrence FROM enrolment WHERE enrolment IN ${integers(claimed.map((m) => m.enrolment))}) e
      JOIN (SELECT * FROM customer WHERE customer IN ${integers(claimed.map((m) => m.customer))}) c ON c.customer = e.customer
      LEFT JOIN (SELECT zone, shift FROM tz_offset WHERE from_at <= ${now}::bigint AND ${now}::bigint < to_at) z
        ON z.zone = ${zone ? sql`coalesce(c.${ident(zone.name)}, ${home})` : home}`;
  }

  private async learnSteps(claimed: Claimed[]): Promise<void> {
    const fresh = [...new Set(claimed.map((m) => m.step))].filter((step) => !this.steps.has(step));
    if (fresh.length === 0) return;
    const rows = await this.db.query<{ step: number; id: string; within: number | null; kind: string | null }>(sql`
      SELECT s.step, s.id, s.within, p.kind FROM step s LEFT JOIN step p ON p.step = s.otherwise
      WHERE s.step IN ${integers(fresh)}`);
    for (const { step, id, within, kind } of rows)
      this.steps.set(step, { id, waits: within !== null, preferred: kind === 'prefer' });
  }

  /** Messages after which nothing was left to try; the journey has gone on without waiting for them. */
  private async lastStages(claimed: Claimed[]): Promise<Set<string>> {
    if (claimed.length === 0) return new Set();
    const rows = await this.db.query<{ message: string }>(sql`
      SELECT m.message FROM message m JOIN step s ON s.step = m.step
      WHERE m.message IN ${ids(claimed.map((m) => m.message))} AND ${isLastOfPreferred(sql`m.enrolment`, sql`m.decided_at`)}`);
    return new Set(rows.map(({ message }) => message));
  }

  private async events(
    claimed: Claimed[],
    seqOf: (message: Claimed) => number | undefined,
  ): Promise<Map<string, Event>> {
    const wanted = new Map<string, Map<string, number>>();
    for (const message of claimed) {
      const seq = seqOf(message);
      const kind = seq === undefined ? undefined : await this.trigger(message.campaign, message.version);
      if (seq === undefined || kind === undefined) continue;
      wanted.set(kind, (wanted.get(kind) ?? new Map()).set(message.message, seq));
    }
    const events = new Map<string, Event>();
    for (const [kind, seqs] of wanted) {
      const fields = this.program.data.events.find((e) => e.name === kind)?.fields;
      if (!fields) continue;
      const columns = fields.map((f, i) => sql`t.${ident(f.name)} AS ${ident(`a${i}`)}`);
      const rows = await this.db.query<Row & { seq: number }>(sql`
        SELECT ${join([sql`t.seq`, ...columns])} FROM ${ident(eventTable(kind))} t
        WHERE t.seq IN ${integers([...seqs.values()])}`);
      const bySeq = new Map(rows.map((row) => [row.seq, decode(fields, row)]));
      for (const [message, seq] of seqs) {
        const event = bySeq.get(seq);
        if (event) events.set(message, { kind, event });
      }
    }
    return events;
  }

  /** The kind of the event that enrols into a campaign's version; undefined: it is not an event that does. */
  private async trigger(campaign: string, version: string): Promise<string | undefined> {
    const key = JSON.stringify([campaign, version]);
    if (!this.triggers.has(key)) {
      const [row] = await this.db.query<{ definition: string }>(
        sql`SELECT definition FROM campaign WHERE campaign = ${campaign}::text AND version = ${version}::text`,
      );
      const definition = row && (JSON.parse(row.definition) as CompiledCampaign);
      this.triggers.set(key, definition && triggerEvent(definition.trigger));
    }
    return this.triggers.get(key);
  }
}

/** Returns the values of fields that were read as the columns `a0`, `a1` and so on, as templates see them. */
export function decode(fields: Field[], row: Row): Record<string, unknown> {
  return Object.fromEntries(fields.map((field, i) => [field.name, value(field, row[`a${i}`] ?? null)]));
}

function value(field: Field, stored: Value): unknown {
  return field.type === 'list' && typeof stored === 'string' ? JSON.parse(stored) : stored;
}

import sql from 'sql-template-tag';
import type { MessageStatus } from '../../../spec/model/outcomes.ts';
import { Subjects } from '../../delivery/data.ts';
import type { Claimed } from '../../delivery/outbox.ts';
import { createRenderer } from '../../delivery/render/renderer.ts';
import { prepare } from '../../delivery/render.ts';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import type { ObservedMessage } from './result.ts';

/** A finished message: it has been sent or never will be. `customer`: the store's number. */
export interface Delivered extends Omit<ObservedMessage, 'customer'> {
  id: string;
  customer: number;
}

interface Finished extends Claimed {
  channel: string;
  status: MessageStatus;
  reason: string | null;
}

/** Reads the finished messages, and renders those that were sent as production does. */
export class SentMessages {
  private readonly db: Database;
  private readonly subjects: Subjects;
  private readonly steps: ReadonlyMap<number, string>;
  private readonly renderers = new Map<string, ReturnType<typeof prepare>>();

  /** `steps`: their ids by their number in the store. */
  constructor(db: Database, program: Program, steps: ReadonlyMap<number, string>) {
    this.db = db;
    this.steps = steps;
    this.subjects = new Subjects(db, program);
    const renderer = createRenderer(program.templates, program.partials, program.project, program.variables);
    for (const { name } of program.channels) this.renderers.set(name, prepare(program, renderer, name));
  }

  /** Returns the messages that ended with the tick at `now`, in the order of the steps. */
  async collect(now: number): Promise<Delivered[]> {
    const rows = await this.db.query<Finished>(sql`
      SELECT message, customer, enrolment, step, campaign, version, template, category, decided_at, expires_at, attempts,
        channel, status, reason
      FROM message WHERE finished_at = ${now}::bigint ORDER BY customer, step, message`);
    const sent = rows.filter((row) => row.status === 'sent');
    const subjects = await this.subjects.of(sent, now);
    return rows.map((row): Delivered => {
      const { message: id, customer, channel, template } = row;
      const facts = { id, customer, channel, template, at: now, step: this.steps.get(row.step) ?? '', text: '' };
      if (row.status !== 'sent') return { ...facts, refused: row.reason ?? row.status };
      const ready = this.renderers.get(channel)?.(row, subjects.get(id)).ready;
      if (!ready) return { ...facts, refused: 'render-error' };
      if ('outcome' in ready) {
        return { ...facts, refused: ('reason' in ready.outcome && ready.outcome.reason) || 'render-error' };
      }
      const { subject, text, html } = ready.outgoing;
      const whole = subject === undefined ? text : `${subject}\n${text}`;
      return { ...facts, text: whole, ...(html !== undefined && { html }) };
    });
  }
}

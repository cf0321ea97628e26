import sql from 'sql-template-tag';
import type { ChannelKind } from '../../../spec/model/channel-kinds.ts';
import type { Outgoing } from '../../delivery/carriers/carrier.ts';
import { Subjects } from '../../delivery/data.ts';
import type { Claimed } from '../../delivery/outbox.ts';
import { createRenderer } from '../../delivery/render/renderer.ts';
import { prepare } from '../../delivery/render.ts';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { messageStatus } from '../../store/outcome-sql.ts';

export interface Sampling {
  /** The instant of rendering, epoch milliseconds. */
  at: number;
  /** The number of messages of each step. */
  most: number;
}

/** A message as it would have been sent. */
export interface Sample {
  kind: ChannelKind;
  /** Id of the step in its campaign. */
  step: string;
  /** The shop's id of the customer. */
  customer: string;
  outgoing: Outgoing;
}

/**
 * Renders some of the sent messages of each step, always the same ones for the same tables: by campaign and step in the order
 * of the program, then by customer and instant.
 */
export async function renderSamples(db: Database, program: Program, { at, most }: Sampling): Promise<Sample[]> {
  const renderer = createRenderer(program.templates, program.partials, program.project, program.variables);
  const subjects = new Subjects(db, program);
  const samples: Sample[] = [];
  for (const { name, kind } of program.channels) {
    const messages = await drawn(db, name, most);
    const of = await subjects.of(messages, at);
    const render = prepare(program, renderer, name);
    for (const message of messages) {
      const subject = of.get(message.message);
      const { ready } = render(message, subject);
      if (!subject || !('outgoing' in ready)) continue;
      samples.push({ kind, step: subject.step, customer: subject.id, outgoing: ready.outgoing });
    }
  }
  const place = new Map(
    program.campaigns.flatMap(({ name, steps }) => steps.map(({ id }) => `${name} ${id}`)).map((id, i) => [id, i]),
  );
  const placeOf = ({ outgoing, step }: Sample) => place.get(`${outgoing.campaign} ${step}`) ?? place.size;
  return samples.sort(
    (a, b) =>
      placeOf(a) - placeOf(b) ||
      (a.customer < b.customer ? -1 : a.customer > b.customer ? 1 : 0) ||
      a.outgoing.at - b.outgoing.at,
  );
}

/** Message ids are hashes: their order is as good as a draw. */
function drawn(db: Database, channel: string, most: number): Promise<Claimed[]> {
  return db.query<Claimed>(sql`
    SELECT message, customer, enrolment, step, campaign, version, template, category, decided_at, expires_at, attempts FROM (
      SELECT *, row_number() OVER (PARTITION BY campaign, step ORDER BY message) AS nth
      FROM message WHERE status = ${messageStatus.sent} AND channel = ${channel}) drawn
    WHERE nth <= ${most}::bigint ORDER BY decided_at, message`);
}

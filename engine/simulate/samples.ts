import sql from 'sql-template-tag';
import type { Program } from '../compile/program.ts';
import { Subjects } from '../dispatch/data.ts';
import type { Claimed } from '../dispatch/outbox.ts';
import { prepare } from '../dispatch/render.ts';
import { closeWays, type OpenCarrier, openWays } from '../dispatch/ways.ts';
import { createRenderer } from '../render/renderer.ts';
import type { Database } from '../store/database.ts';

export interface Sampling {
  at: number;
  most: number;
  open: OpenCarrier;
}

/**
 * Renders up to `most` of the sent messages of each step, always the same ones for the same tables, and hands them to
 * carriers. `at`: as customers' clocks stand then, epoch milliseconds. Returns how many were handed over.
 */
export async function renderSamples(db: Database, program: Program, { at, most, open }: Sampling): Promise<number> {
  const carriers = await openWays(program, open);
  try {
    const renderer = createRenderer(program.templates, program.partials, program.project, program.variables);
    const subjects = new Subjects(db, program);
    let count = 0;
    for (const [name, carrier] of carriers) {
      const messages = await samples(db, name, most);
      const of = await subjects.of(messages, at);
      const render = prepare(program, renderer, name);
      for (const message of messages) {
        const { ready } = render(message, of.get(message.message));
        if (!('outgoing' in ready)) continue;
        await carrier.send(ready.outgoing);
        count++;
      }
    }
    return count;
  } finally {
    await closeWays(carriers);
  }
}

/** Message ids are hashes: their order is as good as a draw. */
function samples(db: Database, channel: string, most: number): Promise<Claimed[]> {
  return db.query<Claimed>(sql`
    SELECT message, customer, enrolment, step, campaign, version, template, category, decided_at, expires_at, attempts FROM (
      SELECT *, row_number() OVER (PARTITION BY campaign, step ORDER BY message) AS nth
      FROM message WHERE status = 'sent' AND channel = ${channel}) drawn
    WHERE nth <= ${most}::bigint ORDER BY decided_at, message`);
}

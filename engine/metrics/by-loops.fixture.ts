import { DateTime } from 'luxon';
import sql from 'sql-template-tag';
import type { Database, Row } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { eventTable } from '../store/tables.ts';
import type { Window } from './window.ts';

/** Counts the same as the results, row by row, by the words of docs/reports.md. Keys are texts; sums are not rounded. */
export async function byLoops(db: Database, zone: string, { from, to }: Window) {
  const messages = await db.query(sql`SELECT * FROM message`);
  const feedback = await db.query(sql`SELECT * FROM message_event`);
  const enrolments = await db.query(sql`SELECT * FROM enrolment`);
  const steps = new Map((await db.query(sql`SELECT step, id FROM step`)).map((row) => [row.step, row.id]));
  const within = new Map(
    (await db.query(sql`SELECT campaign, version, goal_within FROM campaign`)).map((row) => [
      `${row.campaign} ${row.version}`,
      row.goal_within,
    ]),
  );
  const day = (at: unknown) => DateTime.fromMillis(Number(at), { zone }).toISODate();
  const inside = (at: unknown) => Number(at) >= from && Number(at) < to;
  const kindsOf = new Map<unknown, Set<unknown>>();
  for (const { message, kind } of feedback) kindsOf.set(message, (kindsOf.get(message) ?? new Set()).add(kind));

  const sends = new Map<string, Record<string, number>>();
  for (const one of messages) {
    if (!inside(one.decided_at)) continue;
    const cell = cellOf(sends, [
      one.campaign,
      one.version,
      steps.get(one.step),
      one.arm,
      one.channel,
      day(one.decided_at),
    ]);
    for (const figure of fatesOf(one, kindsOf.get(one.message) ?? new Set())) add(cell, figure, 1);
    if (isAway(one)) add(cell, 'cost', Number(one.price));
  }

  const entries = new Map<string, Record<string, number>>();
  for (const one of enrolments) {
    if (!inside(one.entered_at)) continue;
    const cell = cellOf(entries, [one.campaign, one.version, one.arm, day(one.entered_at)]);
    add(cell, 'entered', 1);
    if (one.goal_at !== null) {
      add(cell, 'converted', 1);
      add(cell, 'revenue', Number(one.goal_value ?? 0));
      add(cell, 'squares', Number(one.goal_value ?? 0) ** 2);
    }
    const limit = within.get(`${one.campaign} ${one.version}`);
    if (typeof limit === 'number' && (one.goal_at !== null || one.reason !== 'restarted')) {
      add(cell, 'aimed', 1);
      if (one.goal_at === null) cell.openUntil = Math.max(cell.openUntil ?? 0, Number(one.started_at) + limit);
    }
    for (const message of messages)
      if (message.enrolment === one.enrolment && isAway(message)) add(cell, 'spent', Number(message.price));
  }
  return { messages: sends, enrolments: entries };
}

function fatesOf({ status, reason }: Row, heard: Set<unknown>): string[] {
  const fates: Record<string, string> = { decided: 'waiting', suppressed: 'refused', expired: 'refused' };
  const found = ['decided', fates[String(status)] ?? String(status)];
  if (found[1] === 'refused') found.push(`refused for ${reason ?? status}`);
  if (status === 'failed' && reason === 'bounced') found.push('bounced');
  if (status !== 'sent' && status !== 'unknown') return found;
  if (heard.has('clicked')) found.push('clicked');
  if (heard.has('opened') || heard.has('clicked')) found.push('opened');
  if (['delivered', 'opened', 'clicked', 'prefetched'].some((kind) => heard.has(kind))) found.push('delivered');
  for (const kind of ['prefetched', 'bounced', 'complained', 'unsubscribed']) if (heard.has(kind)) found.push(kind);
  return found;
}

function isAway({ status }: Row): boolean {
  return status === 'sent' || status === 'unknown';
}

function cellOf(cells: Map<string, Record<string, number>>, names: unknown[]): Record<string, number> {
  const key = names.map((name) => name ?? '–').join(' ');
  const cell = cells.get(key) ?? {};
  cells.set(key, cell);
  return cell;
}

function add(cell: Record<string, number>, figure: string, n: number): void {
  cell[figure] = (cell[figure] ?? 0) + n;
}

/** Shares out the events of a kind by plain loops. `worth`: of an event; `channels`: those to customers. Returns events and revenue by model and place, and those without a touch. */
export async function creditsByLoops(
  db: Database,
  { from, to }: Window,
  event: string,
  worth: (row: Row) => number,
  channels: Set<string>,
): Promise<Map<string, Record<string, number>>> {
  const days = 86_400_000;
  const steps = new Map((await db.query(sql`SELECT step, id FROM step`)).map((row) => [row.step, row.id]));
  const messages = await db.query(sql`SELECT * FROM message`);
  const credits = new Map<string, Record<string, number>>();
  for (const one of await db.query(sql`SELECT * FROM ${ident(eventTable(event))}`)) {
    const at = Number(one.at);
    if (at < from || at >= to) continue;
    const touches = messages
      .filter(
        (m) =>
          m.customer === one.customer && isAway(m) && m.category === 'marketing' && channels.has(String(m.channel)),
      )
      .filter((m) => Number(m.finished_at) <= at && Number(m.finished_at) > at - 30 * days)
      .sort(
        (a, b) =>
          Number(a.finished_at) - Number(b.finished_at) ||
          Number(a.enrolment) - Number(b.enrolment) ||
          Number(a.step) - Number(b.step),
      );
    const give = (names: unknown[], model: string, part: number) => {
      add(cellOf(credits, names), `${model} events`, part);
      add(cellOf(credits, names), `${model} revenue`, part * worth(one));
    };
    if (touches.length === 0) give(['nobody'], 'no', 1);
    const weights = touches.map((m) => 0.5 ** ((at - Number(m.finished_at)) / (7 * days)));
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [i, touch] of touches.entries()) {
      const names = [touch.campaign, steps.get(touch.step), touch.channel];
      give(names, 'last', i === touches.length - 1 ? 1 : 0);
      give(names, 'first', i === 0 ? 1 : 0);
      give(names, 'linear', 1 / touches.length);
      give(names, 'decay', (weights[i] ?? 0) / all);
    }
  }
  return credits;
}

import sql from 'sql-template-tag';
import { triggerKind } from '../../spec/constructs/triggers/index.ts';
import type { ExitReason, MessageReason, MessageStatus } from '../../spec/model/outcomes.ts';
import type { Earned } from '../metrics/attribution.ts';
import { type CompiledCampaign, type Program, watchedBy } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { type Delay, readDelays } from '../store/delays.ts';
import { knownPauses, type Pause, pauseOf, pauseOfMessage } from '../store/pauses.ts';
import { phase } from '../store/phase.ts';
import type { DataWait } from './data-waits.ts';
import type { EventChange } from './event-changes.ts';
import type { EnrolmentStory, Entry, Happening } from './story.ts';
import { type SuppressionAt, suppressionAt, type suppressionEntries } from './suppression-entries.ts';

type Entries = Awaited<ReturnType<typeof suppressionEntries>>;

interface About {
  /** The credits of messages by their ids. */
  earned: Map<string, Earned[]>;
  pauses: Pause[];
  delays: Delay[];
  withheld: DataWait[];
  suppressions: Entries;
  changes: EventChange[];
}

interface EnrolmentRow extends Record<string, string | number | null> {
  enrolment: number;
  definition: string;
  occurrence: string;
  started_at: number;
  entered_at: number;
  arm: string | null;
  reason: string | null;
  ended_at: number | null;
  goal_at: number | null;
  goal_value: number | null;
  step: string | null;
  kind: string | null;
  due_at: number | null;
  deferred_at: number | null;
  resumed_at: number | null;
  resume_until: number | null;
}

interface MessageRow extends Record<string, string | number | null> {
  message: string;
  enrolment: number;
  at: number;
  step: string;
  channel: string;
  template: string;
  status: MessageStatus;
  reason: string | null;
  detail: string | null;
  finished_at: number | null;
  deferred_at: number | null;
  price: number;
  attempts: number;
  trouble: string | null;
  send_at: number | null;
}

interface ReactionRow extends Record<string, string | number | null> {
  enrolment: number;
  at: number;
  reaction: string;
  step: string;
  channel: string;
}

/** Returns every enrolment of a customer in the order of entry, described by the version it ran on. */
export async function enrolmentStories(
  db: Database,
  program: Program,
  customer: number,
  about: Omit<About, 'pauses' | 'delays'>,
): Promise<EnrolmentStory[]> {
  const rows = await db.query<EnrolmentRow>(sql`
    SELECT e.enrolment, k.definition, e.occurrence, e.started_at, e.entered_at, e.arm, e.reason, e.ended_at, e.goal_at,
      e.goal_value, s.id AS step, s.kind, e.due_at, CASE WHEN e.phase = ${phase.arrived} THEN e.deferred_at END AS deferred_at, e.resumed_at,
      CASE WHEN e.removed_from IS NOT NULL AND e.ended_at = k.removed_at THEN k.resume_until END AS resume_until
    FROM enrolment e JOIN campaign k ON k.campaign = e.campaign AND k.version = e.version
    LEFT JOIN step s ON s.step = e.step
    WHERE e.customer = ${customer}::bigint ORDER BY e.entered_at, e.enrolment`);
  const messages = await db.query<MessageRow>(sql`
    SELECT m.message, m.enrolment, m.decided_at AS "at", s.id AS step, m.channel, m.template, m.status, m.reason, m.detail,
      m.finished_at, m.deferred_at, m.price, m.attempts, m.trouble, m.send_at
    FROM message m JOIN step s ON s.step = m.step
    WHERE m.customer = ${customer}::bigint ORDER BY m.decided_at, m.step`);
  const reactions = await db.query<ReactionRow>(sql`
    SELECT m.enrolment, r."at", r.kind AS reaction, s.id AS step, m.channel
    FROM message_event r JOIN message m ON m.message = r.message JOIN step s ON s.step = m.step
    WHERE r.customer = ${customer}::bigint ORDER BY r."at", r.seq`);
  const pauses = await knownPauses(db);
  const delays = await readDelays(db);
  return rows.map((row) =>
    storyOf(
      program,
      { pauses, delays, ...about },
      row,
      messages.filter((one) => one.enrolment === row.enrolment),
      reactions.filter((one) => one.enrolment === row.enrolment),
    ),
  );
}

function storyOf(
  program: Program,
  { pauses, delays, withheld, suppressions, changes, earned }: About,
  row: EnrolmentRow,
  messages: MessageRow[],
  reactions: ReactionRow[],
): EnrolmentStory {
  const campaign = JSON.parse(row.definition) as CompiledCampaign;
  const exitEvents = campaign.exit.map((exit) => exit.event);
  const until = row.resume_until === null ? {} : { until: row.resume_until };
  const pause = pauseOf(pauses, campaign.name);
  const wait = withheld.find((one) => one.campaign === campaign.name);
  const paused = ({ status, channel }: MessageRow) =>
    status === 'decided' ? pauseOfMessage(pauses, campaign.name, channel) : undefined;
  const then = ({ reason, channel, at, finished_at }: MessageRow) =>
    reason === ('suppressed' satisfies MessageReason)
      ? suppressionAt(suppressions, program, channel, finished_at ?? at)
      : undefined;
  const happenings: Happening[] = [
    ...delays.filter((one) => delayed(one, campaign.name, row, messages)).map(delay),
    ...(row.resumed_at === null ? [] : [{ at: row.resumed_at, kind: 'return' as const }]),
    ...(row.ended_at === null || row.deferred_at === null ? [] : [{ at: row.deferred_at, kind: 'held' as const }]),
    ...messages.map((one) =>
      message(one, {
        exitEvents,
        paused: paused(one),
        suppressed: then(one),
        earned: earned.get(one.message),
      }),
    ),
    ...changes.filter((one) => concerns(one, campaign, row)).map((one) => ({ ...one, kind: 'change' as const })),
    ...reactions.map(({ enrolment: _, ...one }): Happening => ({ kind: 'reaction', ...one })),
    ...(row.goal_at === null || !campaign.goal
      ? []
      : [{ at: row.goal_at, kind: 'goal' as const, event: campaign.goal.event, value: row.goal_value }]),
    ...(row.ended_at === null
      ? []
      : [{ at: row.ended_at, kind: 'exit' as const, reason: row.reason ?? 'unknown', exitEvents, ...until }]),
  ];
  return {
    campaign: campaign.name,
    ...(campaign.title !== undefined && { title: campaign.title }),
    version: campaign.hash,
    entered: entry(program, campaign, row),
    arms: armsOf(campaign, row.arm),
    // The sort is stable: within an instant a return is before messages, and they are before what followed from them.
    timeline: happenings.sort((a, b) => a.at - b.at),
    ...(row.step !== null &&
      row.kind !== null && {
        now: {
          step: row.step,
          kind: row.kind,
          until: row.due_at ?? row.entered_at,
          held: row.deferred_at !== null,
          ...(pause && { paused: pause }),
          ...(wait && { withheld: wait }),
        },
      }),
  };
}

/** Returns true if an event that has changed began the journey, or ended it or was its goal as far as the store can tell. */
function concerns({ at, event, id, happenedAt }: EventChange, campaign: CompiledCampaign, row: EnrolmentRow): boolean {
  const { trigger, exit, goal } = campaign;
  if ('event' in trigger && trigger.event === event && row.occurrence === id) return true;
  const reached = (end: number | null) => end !== null && happenedAt <= end && at > end;
  const since = happenedAt >= row.started_at;
  const ended =
    row.reason === ('exit-event' satisfies ExitReason) &&
    exit.some((one) => one.event === event) &&
    reached(row.ended_at);
  return since && (ended || (goal?.event === event && row.goal_at === happenedAt));
}

/** Returns true if a delay that is over concerns an enrolment: of a channel, if a message on it waited then. */
function delayed({ kind, name, since, until }: Delay, campaign: string, row: EnrolmentRow, messages: MessageRow[]) {
  const within = (from: number, to: number | null) => from < until && (to === null || to > since);
  if (kind === 'channel')
    return messages.some(({ channel, at, finished_at }) => channel === name && within(at, finished_at));
  if (kind === 'removal') return name === campaign && row.resumed_at === until;
  return (kind === 'all' || name === campaign) && within(row.entered_at, row.ended_at);
}

function delay({ kind: cause, since, ...rest }: Delay): Happening {
  return { at: since, kind: 'delay', cause, ...rest };
}

function message(
  row: MessageRow,
  about: {
    exitEvents: string[];
    paused: Pause | undefined;
    suppressed: SuppressionAt | undefined;
    earned: Earned[] | undefined;
  },
): Happening {
  const { message: _, enrolment: __, finished_at, deferred_at, attempts, trouble, send_at, ...one } = row;
  const waits = row.status === 'decided';
  const tried = { attempts, trouble, ...(waits && send_at !== null && { next: send_at }) };
  const { exitEvents, paused, suppressed, earned } = about;
  const more = attempts > (waits ? 0 : 1) ? { tried } : {};
  const also = { finishedAt: finished_at, heldSince: deferred_at, exitEvents, ...more };
  return {
    kind: 'message',
    ...one,
    ...also,
    ...(earned && { earned }),
    ...(paused && { paused }),
    ...(suppressed && { suppressed }),
  };
}

function entry(program: Program, { trigger }: CompiledCampaign, row: EnrolmentRow): Entry {
  const on = watchedBy(trigger);
  const title = program.data.events.find(({ name }) => 'event' in on && name === on.event)?.title;
  return { at: row.entered_at, cause: row.started_at, ...triggerKind(on).entry(on, row.occurrence, title) };
}

/** Returns the arms of an enrolment, which keeps them joined by `/`; the definition knows which are controls. */
function armsOf({ steps }: CompiledCampaign, arm: string | null): EnrolmentStory['arms'] {
  const controls = new Set(
    steps.flatMap((step) => ('arms' in step ? step.arms.filter((one) => one.control).map((one) => one.name) : [])),
  );
  return arm === null ? [] : arm.split('/').map((name) => ({ name, control: controls.has(name) }));
}

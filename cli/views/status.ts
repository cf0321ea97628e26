import pc from 'picocolors';
import type { ActiveStep, Status } from '../../engine/report/status.ts';
import { type MessageStatus, messageStatuses } from '../../spec/model/outcomes.ts';
import { laterAll, t, translated } from '../../spec/words/t.ts';
import { clockFormat, count, indent, many, printable, type ViewOptions } from './format.ts';
import { watchedJson, watchedWords } from './guardrails.ts';
import { pauseWords } from './pause.ts';
import { rolloutsJson, rolloutWords } from './plan-rollouts.ts';
import { problemLines } from './problems.ts';
import { sourceTable } from './status-files.ts';
import { syncJson, syncWords } from './sync.ts';
import { table } from './table.ts';
import { dataWaitLines } from './waits.ts';
import { detailWords, refusalWords } from './words.ts';
import { hang } from './wrap.ts';

export interface StatusView extends ViewOptions {
  /** Shows every problem of the data. */
  all?: boolean;
  /** The environment that was asked for, and its store. */
  of?: { environment: string; store: string };
}

/** Renders the state of the store. `zone`: the project's, IANA. */
export function renderStatus(read: Status, zone: string, { all = false, of, ...view }: StatusView): string {
  const status = printable(read);
  const colors = pc.createColors(view.color);
  const clock = clockFormat(zone, read.tick);
  const width = view.width - 2;
  const { serial, hash, appliedAt, current } = status.deployment;
  const section = (title: string, inner: string[]) =>
    inner.length > 0 ? ['', colors.bold(title), ...indent(inner)] : [];
  const sentences = (texts: string[]) => texts.flatMap((text) => hang('', text, width, 2));
  const line = (text: string) => hang('', text, view.width, 2);
  const lines = [
    t`${colors.bold(t`Deployment ${String(serial)}`)} (${hash}), applied ${clock(appliedAt)}`,
    ...(of ? line(t`Environment ${of.environment}: the store is ${printable(of.store)}.`) : []),
    t`Times are in ${zone}, the project's zone.`,
    ...(current ? [] : line(t`The files say something else: \`crm plan\` shows the difference.`).map(colors.yellow)),
    ...tickLines(status, clock, view),
    ...section(t`From git`, sentences(status.sync ? syncWords(status.sync, status.deployment, clock) : [])),
    ...section(t`Paused`, sentences(status.pauses.map((one) => pauseWords(one, clock)))),
    ...section(t`Rollouts`, sentences(status.rollouts.map((one) => rolloutWords({ ...one, begins: 'store' }, clock)))),
    ...section(t`Guardrails`, sentences(status.guardrails.map(watchedWords))),
    ...section(
      t`Stopped channels`,
      sentences(status.stopped.map((one) => stoppedWords(one, clock))).map(colors.yellow),
    ),
    ...section(t`Waiting for data`, dataWaitLines(status.withheld, clock, width)),
    ...section(t`Removed, and can be put back`, sentences(status.removed.map((one) => removedWords(one, clock)))),
    ...section(t`Customers inside`, stepTable(status, clock, view)),
    ...section(t`Messages`, outboxLines(status, width)),
    ...(status.oldestWaiting === null
      ? []
      : indent(sentences([t`The oldest waiting was decided ${clock(status.oldestWaiting)}.`]))),
    ...(status.unnamed === 0 ? [] : ['', ...line(unnamedWords(status.unnamed))]),
    ...(status.erased === 0 ? [] : ['', ...line(erasedWords(status.erased))]),
    ...section(t`Data files`, sourceTable(status, clock, view)),
    ...section(t`Problems in the data`, problemLines(read.problems, { width, all })),
  ];
  return `${lines.join('\n')}\n`;
}

function unnamedWords(n: number): string {
  return n === 1
    ? t`${many(n, 'customer')} is in no file of customers any more and gets nothing.`
    : t`${many(n, 'customer')} are in no file of customers any more and get nothing.`;
}

function erasedWords(n: number): string {
  return n === 1 ? t`${many(n, 'customer')} was erased.` : t`${many(n, 'customer')} were erased.`;
}

/** Returns the state as one versioned JSON value; instants are ISO 8601. `environment`: the one that was asked for. */
export function statusJson(status: Status, environment?: string): Record<string, unknown> {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const { now, deployment, lastTick, campaigns, oldestWaiting, quarantine, sources } = status;
  return {
    format: 1,
    type: 'status',
    ...(environment !== undefined && { environment }),
    now: iso(now),
    deployment: { ...deployment, appliedAt: iso(deployment.appliedAt) },
    lastTick: lastTick && { at: iso(lastTick.at), lagMs: lastTick.lag, aheadMs: lastTick.ahead },
    sync: status.sync && syncJson(status.sync),
    withheld: status.withheld.map((one) => ({ ...one, since: iso(one.since) })),
    pauses: status.pauses.map((one) => ({ ...one, since: iso(one.since) })),
    rollouts: rolloutsJson(status.rollouts),
    guardrails: status.guardrails.map(watchedJson),
    stopped: status.stopped.map((one) => ({ ...one, since: iso(one.since), until: iso(one.until) })),
    campaigns: campaigns.map((one) => ({ ...one, nextDue: iso(one.nextDue) })),
    removed: status.removed.map((one) => ({ ...one, until: iso(one.until) })),
    outbox: status.outbox,
    reasons: status.reasons,
    unknown: status.reasons.unknown ?? {},
    erased: status.erased,
    unnamed: status.unnamed,
    oldestWaiting: iso(oldestWaiting),
    quarantine: quarantine.map((one) => ({ ...one, last: iso(one.last) })),
    causes: status.problems.causes,
    problems: status.problems.first,
    conflicts: status.problems.conflicts,
    sources: sources.map((one) => ({ ...one, loadedAt: iso(one.loadedAt) })),
  };
}

function stoppedWords({ channel, since, until, reason, detail }: Status['stopped'][number], clock: Clock): string {
  const why = `${translated(failures[reason] ?? reason)}${detail === null ? '' : ` (${detailWords(detail)})`}`;
  return t`${channel} fails since ${clock(since)}: ${why}. One message tries again from ${clock(until)}.`;
}

function removedWords({ campaign, customers, messages, until }: Status['removed'][number], clock: Clock): string {
  return t`${campaign}: ${many(customers, 'customer')} and ${many(messages, 'message')} go on if it is applied again before ${clock(until)}`;
}

/** The reasons of stopped channels, in words. */
const failures: Record<string, string> = laterAll({
  'no-answer': 'answers get lost after the whole message',
  connection: 'no connection, or a broken one',
  authentication: 'the login is refused',
  account: 'the server refuses the sender or the account',
  rejected: 'the server refuses every message by its policy',
});

type Clock = (at: number) => string;

function tickLines({ lastTick, tick }: Status, clock: Clock, view: ViewOptions): string[] {
  const { yellow } = pc.createColors(view.color);
  const line = (text: string) => hang('', text, view.width, 2);
  if (!lastTick) return line(t`Has not run yet: \`crm run\` starts it.`);
  const { lag, ahead } = lastTick;
  const at = clock(lastTick.at);
  if (ahead > Math.max(hour, tick))
    return line(
      t`Last ran for ${at}: ${span(ahead)} after the clock, which was ahead then, or \`crm tick --at\` was. The next tick goes on from the clock.`,
    ).map(yellow);
  if (ahead > 0)
    return line(
      t`Last ran for ${at}: ${span(ahead)} after the clock, which was ahead then, or \`crm tick --at\` was. Until it has passed that nobody enters, moves on or is written to anew.`,
    ).map(yellow);
  // A lag of one grid instant is usual: the tick may be running.
  if (lag <= 2 * tick) return line(t`Last ran for ${at}: up to date.`);
  return line(t`Last ran for ${at}: ${span(lag)} behind. Is \`crm run\` running?`).map(yellow);
}

const hour = 3_600_000;

function span(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return many(minutes, 'minute');
  return minutes < 2_880 ? many(Math.round(minutes / 60), 'hour') : many(Math.round(minutes / 1_440), 'day');
}

function stepTable(status: Status, clock: Clock, view: ViewOptions): string[] {
  if (status.campaigns.length === 0) return [t`nobody`];
  const rows = status.campaigns.map((one) => [
    one.campaign,
    one.current ? one.version : t`${one.version} (earlier)`,
    one.step,
    count(one.active),
    count(one.held),
    nextMove(one, status, clock),
  ]);
  const columns = [
    { title: t`campaign` },
    { title: t`version` },
    { title: t`at step` },
    { title: t`customers`, right: true },
    { title: t`held`, right: true },
    { title: t`next moves` },
  ];
  return table(columns, rows, view.width - 2);
}

function nextMove({ campaign, nextDue }: ActiveStep, { now, pauses, withheld }: Status, clock: Clock): string {
  if (pauses.some(({ kind, name }) => kind === 'all' || (kind === 'campaign' && name === campaign))) return t`paused`;
  if (withheld.some((one) => one.campaign === campaign)) return t`waits for data`;
  return nextDue <= now ? t`at the next tick` : clock(nextDue);
}

function statusWords(status: MessageStatus, n: number): string {
  switch (status) {
    case 'decided':
      return t`${n} waiting to be sent`;
    case 'sent':
      return t`${n} sent`;
    case 'failed':
      return t`${n} failed`;
    case 'unknown':
      return t`${n} in doubt, sent or not; not sent again`;
    case 'suppressed':
      return t`${n} refused`;
    case 'expired':
      return t`${n} dropped as too late`;
  }
}

/** The number of reasons that are shown for a status. */
const REASONS = 5;

function outboxLines({ outbox, reasons }: Status, width: number): string[] {
  const known = (Object.keys(messageStatuses) as MessageStatus[]).filter((status) => (outbox[status] ?? 0) > 0);
  if (known.length === 0) return [t`none`];
  return known.flatMap((status) => [
    ...hang('', statusWords(status, outbox[status] ?? 0), width, 2),
    ...reasonLines(Object.entries(reasons[status] ?? {}), width),
  ]);
}

/** Returns the reasons with their counts, the most frequent first; the rest is counted in one line. */
function reasonLines(reasons: [string, number][], width: number): string[] {
  // A single further reason takes no more room than a line that counts it.
  const shown = reasons.length === REASONS + 1 ? reasons.length : REASONS;
  const rest = reasons.slice(shown);
  const left = rest.reduce((sum, [, n]) => sum + n, 0);
  return [
    ...reasons.slice(0, shown).flatMap(([reason, n]) => hang(`  ${count(n)}: `, refusalWords(reason), width)),
    ...(rest.length > 0 ? [`  ${count(left)}: ${many(rest.length, 'other reason')}`] : []),
  ];
}

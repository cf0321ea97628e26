import pc from 'picocolors';
import type { ActiveStep, Status } from '../../engine/report/status.ts';
import { clockFormat, count, indent, many, printable, type ViewOptions } from './format.ts';
import { pauseWords } from './pause.ts';
import { problemLines } from './problems.ts';
import { table } from './table.ts';
import { dataWaitLines } from './waits.ts';
import { detailWords, refusalWords } from './words.ts';

/** `zone`: the project's, IANA. `all`: with every problem of the data. */
export function renderStatus(read: Status, zone: string, view: ViewOptions, all = false): string {
  const status = printable(read);
  const colors = pc.createColors(view.color);
  const clock = clockFormat(zone, read.tick);
  const { deployment } = status;
  const { serial, hash, appliedAt, current } = deployment;
  const section = (title: string, inner: string[]) =>
    inner.length > 0 ? ['', colors.bold(title), ...indent(inner)] : [];
  const lines = [
    `${colors.bold(`Deployment ${serial}`)} (${hash}), applied ${clock(appliedAt)}`,
    `Times are in ${zone}, the project's zone.`,
    ...(current ? [] : [colors.yellow('The files say something else: `crm plan` shows the difference.')]),
    tickWords(status, clock, colors),
    ...section(
      'Paused',
      status.pauses.map((one) => pauseWords(one, clock)),
    ),
    ...section(
      'Stopped channels',
      status.stopped.map((one) => colors.yellow(stoppedWords(one, clock))),
    ),
    ...section('Waiting for data', dataWaitLines(status.withheld, clock)),
    ...section(
      'Removed, and can be put back',
      status.removed.map((one) => removedWords(one, clock)),
    ),
    ...section('Customers inside', stepTable(status, clock, view)),
    ...section('Messages', outboxLines(status)),
    ...(status.oldestWaiting === null
      ? []
      : indent([`The oldest waiting was decided ${clock(status.oldestWaiting)}.`])),
    ...(status.unnamed === 0
      ? []
      : [
          '',
          `${many(status.unnamed, 'customer')} ${status.unnamed === 1 ? 'is' : 'are'} in no file of customers any more and ${status.unnamed === 1 ? 'gets' : 'get'} nothing.`,
        ]),
    ...(status.erased === 0
      ? []
      : ['', `${many(status.erased, 'customer')} ${status.erased === 1 ? 'was' : 'were'} erased.`]),
    ...section('Data files', sourceTable(status, clock, view)),
    ...section('Problems in the data', problemLines(read.problems, { width: view.width - 2, all })),
  ];
  return `${lines.join('\n')}\n`;
}

/** One value, versioned; instants are ISO 8601. */
export function statusJson(status: Status): Record<string, unknown> {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const { now, deployment, lastTick, campaigns, oldestWaiting, quarantine, sources } = status;
  return {
    format: 1,
    type: 'status',
    now: iso(now),
    deployment: { ...deployment, appliedAt: iso(deployment.appliedAt) },
    lastTick: lastTick && { at: iso(lastTick.at), lagMs: lastTick.lag, aheadMs: lastTick.ahead },
    withheld: status.withheld.map((one) => ({ ...one, since: iso(one.since) })),
    pauses: status.pauses.map((one) => ({ ...one, since: iso(one.since) })),
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
  const why = `${failures[reason] ?? reason}${detail === null ? '' : ` (${detailWords(detail)})`}`;
  return `${channel} fails since ${clock(since)}: ${why}. One message tries again from ${clock(until)}.`;
}

function removedWords({ campaign, customers, messages, until }: Status['removed'][number], clock: Clock): string {
  return `${campaign}: ${many(customers, 'customer')} and ${many(messages, 'message')} go on if it is applied again before ${clock(until)}`;
}

/** Reasons of stopped channels. */
const failures: Record<string, string> = {
  'no-answer': 'answers get lost after the whole message',
  connection: 'no connection, or a broken one',
  authentication: 'the login is refused',
  account: 'the server refuses the sender or the account',
  rejected: 'the server refuses every message by its policy',
};

type Clock = (at: number) => string;
type Colors = ReturnType<typeof pc.createColors>;

function tickWords({ lastTick, tick }: Status, clock: Clock, colors: Colors): string {
  if (!lastTick) return 'Has not run yet: `crm run` starts it.';
  const { at, lag, ahead } = lastTick;
  const words = `Last ran for ${clock(at)}`;
  if (ahead > Math.max(hour, tick))
    return colors.yellow(
      `${words}: ${span(ahead)} after the clock, which was ahead then, or \`crm tick --at\` was. The next tick goes on from the clock.`,
    );
  if (ahead > 0)
    return colors.yellow(
      `${words}: ${span(ahead)} after the clock, which was ahead then, or \`crm tick --at\` was. Until it has passed that nobody enters, moves on or is written to anew.`,
    );
  // One grid instant late is usual: its tick may be under way.
  if (lag <= 2 * tick) return `${words}: up to date.`;
  return colors.yellow(`${words}: ${span(lag)} behind. Is \`crm run\` running?`);
}

const hour = 3_600_000;

function span(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return many(minutes, 'minute');
  return minutes < 2_880 ? many(Math.round(minutes / 60), 'hour') : many(Math.round(minutes / 1_440), 'day');
}

function stepTable(status: Status, clock: Clock, view: ViewOptions): string[] {
  if (status.campaigns.length === 0) return ['nobody'];
  const rows = status.campaigns.map((one) => [
    one.campaign,
    one.current ? one.version : `${one.version} (earlier)`,
    one.step,
    count(one.active),
    count(one.held),
    nextMove(one, status, clock),
  ]);
  const columns = [
    { title: 'campaign' },
    { title: 'version' },
    { title: 'at step' },
    { title: 'customers', right: true },
    { title: 'held', right: true },
    { title: 'next moves' },
  ];
  return table(columns, rows, view.width - 2);
}

function nextMove({ campaign, nextDue }: ActiveStep, { now, pauses, withheld }: Status, clock: Clock): string {
  if (pauses.some(({ kind, name }) => kind === 'all' || (kind === 'campaign' && name === campaign))) return 'paused';
  if (withheld.some((one) => one.campaign === campaign)) return 'waits for data';
  return nextDue <= now ? 'at the next tick' : clock(nextDue);
}

const fates: Record<string, string> = {
  decided: 'waiting to be sent',
  sent: 'sent',
  failed: 'failed',
  unknown: 'in doubt, sent or not; not sent again',
  suppressed: 'refused',
  expired: 'dropped as too late',
};

/** The reasons of a status that are shown. */
const REASONS = 5;

function outboxLines({ outbox, reasons }: Status): string[] {
  const known = Object.keys(fates).filter((status) => (outbox[status] ?? 0) > 0);
  if (known.length === 0) return ['none'];
  return known.flatMap((status) => [
    `${count(outbox[status] ?? 0)} ${fates[status]}`,
    ...reasonLines(Object.entries(reasons[status] ?? {})),
  ]);
}

/** The most frequent first, each with its number; the rest is counted. */
function reasonLines(reasons: [string, number][]): string[] {
  const rest = reasons.slice(REASONS);
  const left = rest.reduce((sum, [, n]) => sum + n, 0);
  return [
    ...reasons.slice(0, REASONS).map(([reason, n]) => `  ${count(n)}: ${refusalWords(reason)}`),
    ...(rest.length > 0 ? [`  ${count(left)}: ${many(rest.length, 'other reason')}`] : []),
  ];
}

function sourceTable({ sources, quarantine }: Status, clock: Clock, view: ViewOptions): string[] {
  const problems = new Map(quarantine.map((one) => [one.path, one.problems]));
  const counts = sources.map(({ path, lost, incomplete, passed }) => [
    lost,
    incomplete,
    passed,
    problems.get(path) ?? 0,
  ]);
  const titles = ['lost', 'incomplete', 'left out', 'problems'];
  // A column of zeros says nothing, and takes the place of the names.
  const used = titles.flatMap((title, i) => (counts.some((row) => (row[i] ?? 0) > 0) ? [{ title, i }] : []));
  const rows = sources.map(({ path, rows, loadedAt }, nth) => [
    path,
    count(rows),
    ...used.map(({ i }) => count(counts[nth]?.[i] ?? 0)),
    clock(loadedAt),
  ]);
  if (rows.length === 0) return [];
  const columns = [
    { title: 'file', whole: true },
    { title: 'rows', right: true },
    ...used.map(({ title }) => ({ title, right: true })),
    { title: 'read', whole: true },
  ];
  return table(columns, rows, view.width - 2);
}

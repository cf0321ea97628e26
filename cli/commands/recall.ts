import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { currentDeployment } from '../../engine/deploy/apply.ts';
import {
  cancelWaiting,
  claimedOf,
  type RecalledMessage,
  recalledMessages,
  removedCampaign,
} from '../../engine/deploy/recall.ts';
import { runnable } from '../../engine/deploy/runnable.ts';
import { toCustomers } from '../../engine/program/facts.ts';
import type { CompiledCampaign, Program } from '../../engine/program/program.ts';
import { noteAct } from '../../engine/store/audit.ts';
import { pause, waiting } from '../../engine/store/pauses.ts';
import { UserError } from '../../engine/user-error.ts';
import { surfaceOfProject } from '../../spec/document-files.ts';
import { t } from '../../spec/words/t.ts';
import { type ActorOptions, actorOf } from '../actor.ts';
import { confirm, hasNobodyToAsk } from '../confirm.ts';
import { draftCorrection } from '../draft-correction.ts';
import { exit } from '../exit.ts';
import { findCampaign } from '../find-campaign.ts';
import { instant } from '../instant.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { writePrivate } from '../private-file.ts';
import { findRoot, readProject } from '../project.ts';
import { recallFolder, recallList } from '../recall-lists.ts';
import { say } from '../say.ts';
import { storePath, withExistingStore } from '../store.ts';
import { type Recall, recallJson, renderRecall } from '../views/recall.ts';

export interface RecallOptions extends ProjectOptions, ActorOptions {
  /** The instant from which messages count; default: the apply of what runs. */
  since?: string;
  autoApprove?: boolean;
}

/** The time for which a recall waits for messages that a worker has claimed when the pause begins, milliseconds. */
const GRACE = 5_000;

/**
 * Pauses a campaign at once, lists who got its messages and whose messages wait, cancels these after approval, and drafts a correction to
 * those who got one.
 */
export async function recall(io: Io, name: string, options: RecallOptions, ask = confirm): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  const who = await actorOf(io, root, options);
  const now = io.now();
  const use = { who: 'crm recall' };
  const { campaign, program, since, serial } = await withExistingStore(io, path, use, async (db) => {
    const { program, appliedAt, serial } = runnable(await currentDeployment(db));
    const applied = program.campaigns.find((one) => one.name === name);
    const removed = applied ? undefined : await removedCampaign(db, name);
    const campaign = applied ?? removed?.campaign ?? findCampaign(program.campaigns, name, 'what is applied');
    const from = options.since === undefined ? undefined : instant(options.since, '--since', program.project.timezone);
    const since = from ?? removed?.activeFrom ?? appliedAt;
    await db.transaction(async (tx) => {
      const { changed } = await pause(tx, { kind: 'campaign', name }, now);
      if (changed) await noteAct(tx, { at: now, who, what: 'pause', facts: { kind: 'campaign', name } });
    });
    return { campaign, program, since, ...(from === undefined && !removed && { serial }) };
  });
  let claimed = 0;
  for (const end = Date.now() + GRACE; Date.now() < end; await setTimeout(250)) {
    claimed = await withExistingStore(io, path, use, (db) => claimedOf(db, name));
    if (claimed === 0) break;
  }
  const { messages, inside } = await withExistingStore(io, path, use, async (db) => ({
    messages: await recalledMessages(db, name, since),
    inside: (await waiting(db, { kind: 'campaign', name }, now)).customers,
  }));
  const found: Recall = {
    campaign: name,
    since,
    claimed,
    inside,
    ...(serial !== undefined && { serial }),
    ...countsOf(messages),
    ...(await writeLists(root, { campaign, program, now, messages })),
  };
  if (!options.json) await io.out(renderRecall(found, program, io.view));
  const cancelled = found.waiting === 0 ? await note(false) : await cancel();
  if (options.json) await io.out(`${JSON.stringify(recallJson({ ...found, cancelled }))}\n`);
  return exit.fine;

  async function cancel(): Promise<number> {
    if (hasNobodyToAsk(io, options)) {
      await note(false);
      throw new UserError(
        'nobody-to-ask',
        t`The campaign is paused, and there is nobody to ask whether to cancel what waits.`,
        t`Add --auto-approve.`,
      );
    }
    if (!options.autoApprove && !(await ask(t`Cancel the messages that wait?`))) {
      await note(false);
      await say(io, t`Nothing was cancelled; what waits does so until \`crm resume ${name}\`.`);
      return 0;
    }
    const cancelled = await note(true);
    if (!options.json)
      await say(io, t`Cancelled: ${cancelled}. The campaign stays paused until \`crm resume ${name}\`.`);
    return cancelled;
  }

  /** Writes the recall into the audit log, whether or not it cancels what waits. Returns how many messages were cancelled. */
  function note(cancels: boolean): Promise<number> {
    const at = io.now();
    return withExistingStore(io, path, use, (db) =>
      db.transaction(async (tx) => {
        const cancelled = cancels ? await cancelWaiting(tx, name, at) : 0;
        const facts = { campaign: name, since: new Date(since).toISOString(), received: found.received, cancelled };
        await noteAct(tx, { at, who, what: 'recall', facts });
        return cancelled;
      }),
    );
  }
}

function countsOf(messages: RecalledMessage[]): Pick<Recall, 'channels' | 'received' | 'waiting'> {
  const channels = [...Map.groupBy(messages, ({ channel }) => channel)].map(([channel, mine]) => {
    const of = (status: RecalledMessage['status']) => mine.filter((one) => one.status === status).length;
    return { channel, sent: of('sent'), unknown: of('unknown'), waiting: of('decided') };
  });
  const got = messages.filter(({ status }) => status !== 'decided');
  return {
    channels,
    received: new Set(got.map(({ customer }) => customer)).size,
    waiting: messages.length - got.length,
  };
}

/** Writes who got a message, and whose message waits, to files that only their user can read, and drafts the correction. */
async function writeLists(
  root: string,
  {
    campaign,
    program,
    now,
    messages,
  }: { campaign: CompiledCampaign; program: Program; now: number; messages: RecalledMessage[] },
): Promise<Pick<Recall, 'lists' | 'correction'>> {
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  const lists: Recall['lists'] = [];
  for (const [channel, mine] of Map.groupBy(messages, (one) => one.channel)) {
    const parts = {
      received: mine.filter(({ status }) => status !== 'decided'),
      waiting: mine.filter(({ status }) => status === 'decided'),
    };
    for (const [part, rows] of Object.entries(parts)) {
      if (rows.length === 0) continue;
      const file = `${recallFolder}/${campaign.name}-${stamp}/${part}-${channel}.csv`;
      await writePrivate(
        join(root, file),
        recallList(rows.map(({ customer, status, at }) => [customer, status, new Date(at).toISOString()])),
      );
      lists.push({ channel, part: part as 'received' | 'waiting', file });
    }
  }
  const reaching = new Set(program.channels.filter(toCustomers).map((channel) => channel.name));
  const received = lists.flatMap(({ channel, part, file }) =>
    part === 'received' && reaching.has(channel) ? [{ channel, list: file }] : [],
  );
  if (received.length === 0) return { lists };
  const surface = surfaceOfProject(await readProject(root));
  return { lists, correction: await draftCorrection(root, program, campaign, received, surface) };
}

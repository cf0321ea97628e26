import { findEntryInForce } from '../../engine/consent/entry-in-force.ts';
import {
  channelsOf,
  countUnowned,
  findSubject,
  isSuppressed,
  listAddress,
  listSuppressed,
  noteSuppression,
  type Subject,
  suppressedSharers,
} from '../../engine/consent/suppressions.ts';
import { type Withdrawal, withdrawals } from '../../engine/consent/withdrawals.ts';
import { currentDeployment } from '../../engine/deploy/apply.ts';
import { runnable } from '../../engine/deploy/runnable.ts';
import type { Program } from '../../engine/program/program.ts';
import { noteAct } from '../../engine/store/audit.ts';
import type { Database } from '../../engine/store/database.ts';
import { UserError } from '../../engine/user-error.ts';
import { suggest } from '../../spec/words/suggest.ts';
import { t } from '../../spec/words/t.ts';
import { type ActorOptions, actorOf } from '../actor.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { noCustomer } from '../no-customer.ts';
import { findRoot } from '../project.ts';
import { storePath, withExistingStore } from '../store.ts';
import { clockFormat } from '../views/format.ts';
import { alreadyWords, changedWords, suppressedLines, withdrawnLines } from '../views/suppression.ts';
import { wrapped } from '../views/wrap.ts';

export interface SuppressionOptions extends ProjectOptions, ActorOptions {
  channel?: string;
  reason?: string;
}

/** Lists, adds or lifts suppressions. Throws UserError if the call does not name the customer to add or lift. */
export function suppression(
  io: Io,
  action: string,
  whom: string | undefined,
  options: SuppressionOptions,
): Promise<number> {
  if (action === 'list') return listSuppressions(io, whom, options);
  if (whom === undefined)
    throw new UserError('wrong-call', t`There is nobody named to ${action}.`, t`Name a customer’s id or an address.`);
  const lifted = action === 'lift';
  return changeSuppression(io, whom, options, { action, lifted });
}

function listSuppressions(io: Io, whom: string | undefined, options: SuppressionOptions): Promise<number> {
  return inStore(io, 'list', options, async (db, program) => {
    const word = channelWord(program, options.channel);
    const meant = channelsOf(program, word);
    const subject = whom === undefined ? undefined : await findOrRefuse(db, program, whom);
    const all = await listSuppressed(db, program, subject?.customers);
    const found = all.filter(({ channel }) => meant.includes(channel));
    // The suppressions of an address that customers have are listed under those customers.
    const about = subject && subject.customers.length === 0 ? await listAddress(db, program, subject) : [];
    const address = about.filter(({ channel }) => meant.includes(channel));
    const unowned = subject ? Math.min(1, address.length) : await countUnowned(db, program);
    const withdrawn = await withdrawalsOn(db, program, subject, meant);
    const channels = program.channels.map(({ name }) => name);
    const listed = { found, address, unowned, withdrawn, word, whom, subject, channels };
    const { timezone, tick } = program.project;
    await io.out(
      options.json
        ? jsonLine('suppressions', { suppressions: found.map(dated), address: address.map(dated), unowned, withdrawn })
        : suppressedLines(listed, clockFormat(timezone, tick), io.view),
    );
    return exit.fine;
  });
}

function changeSuppression(
  io: Io,
  whom: string,
  options: SuppressionOptions,
  { action, lifted }: { action: string; lifted: boolean },
): Promise<number> {
  return inStore(io, action, options, async (db, program, root) => {
    const who = await actorOf(io, root, options);
    const word = channelWord(program, options.channel);
    const subject = await findOrRefuse(db, program, whom);
    if (lifted && !(await isSuppressed(db, program, subject, word)))
      throw notSuppressed(whom, word, await withdrawalsOn(db, program, subject, channelsOf(program, word)));
    const entry = lifted ? undefined : await findEntryInForce(db, program, subject, word);
    if (entry && [undefined, entry.reason].includes(options.reason)) {
      const held = await listSuppressed(db, program, subject.customers);
      const facts = { customers: subject.customers, others: [], channel: word, suppressed: held.map(dated) };
      const { timezone, tick } = program.project;
      await io.out(
        options.json
          ? jsonLine(action, { ...facts, changed: false, ...dated(entry) })
          : wrapped(alreadyWords({ subject, whom, word }, entry, clockFormat(timezone, tick)), io.view.width),
      );
      return exit.fine;
    }
    const reason = lifted
      ? 'lifted'
      : (options.reason ?? (await reasonByHand(db, program, subject, word)) ?? 'by-hand');
    const before = await suppressedSharers(db, program, subject.customers);
    const now = io.now();
    const at = await db.transaction(async (tx) => {
      const noted = await noteSuppression(tx, program, subject, { word, at: now, lifted, reason });
      // The ids and the reason may be personal; the ledger of suppressions has them, under the same instant.
      const facts = { channel: word, customers: subject.customers.length, noted: new Date(noted).toISOString() };
      await noteAct(tx, { at: now, who, what: lifted ? 'lift' : 'suppress', facts });
      return noted;
    });
    const left = await listSuppressed(db, program, subject.customers);
    const after = await suppressedSharers(db, program, subject.customers);
    const held = new Set(after.map(({ customer, channel }) => JSON.stringify([customer, channel])));
    const concerned = lifted
      ? before.filter(({ customer, channel }) => !held.has(JSON.stringify([customer, channel])))
      : after.filter(({ since }) => since === at);
    const others = [...new Set(concerned.map(({ customer }) => customer))].sort();
    const facts = { customers: subject.customers, others, channel: word, suppressed: left.map(dated), changed: true };
    const changed = { subject, whom, word, lifted, left, others };
    await io.out(options.json ? jsonLine(action, facts) : wrapped(changedWords(changed), io.view.width));
    return exit.fine;
  });
}

async function inStore(
  io: Io,
  action: string,
  options: ProjectOptions,
  work: (db: Database, program: Program, root: string) => Promise<number>,
): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  return withExistingStore(io, path, { who: `crm suppression ${action}` }, async (db) =>
    work(db, runnable(await currentDeployment(db)).program, root),
  );
}

async function findOrRefuse(db: Database, program: Program, whom: string): Promise<Subject> {
  const subject = await findSubject(db, program, whom);
  if (subject) return subject;
  throw await noCustomer(db, program, whom, t`Name a customer by the id in the shop’s data, or write an address.`);
}

/** Returns the reason of an existing entry of the shop's list, which a new entry without a reason must not hide. */
async function reasonByHand(db: Database, program: Program, { customers, hashes }: Subject, word: string) {
  const known = await listSuppressed(db, program, customers);
  const own = known.find(
    (one) => one.word === word && one.by_address === hashes.length > 0 && !feedback.has(one.reason),
  );
  return own?.reason;
}

/** The reasons of entries that result from feedback. */
const feedback = new Set(['bounced', 'complained']);

/** Returns the withdrawals of consent by a subject's customers for these channels. */
async function withdrawalsOn(db: Database, program: Program, subject: Subject | undefined, channels: string[]) {
  const found = await withdrawals(db, program, subject?.customers ?? []);
  return found.filter(({ channel }) => channels.includes(channel));
}

function notSuppressed(whom: string, word: string, withdrawn: Withdrawal[]): UserError {
  return new UserError(
    'nothing-to-do',
    word === '*'
      ? t`Nothing to lift: "${whom}" is not suppressed.`
      : t`Nothing to lift: "${whom}" is not suppressed on ${word}.`,
    withdrawn.length > 0
      ? `${withdrawnLines(withdrawn).join(' ')} ${t`No lift ends that, but a later consent in the data does.`}`
      : t`\`crm suppression list\` shows who is; look for a slip of the keyboard.`,
  );
}

/** Returns the channel word of the call. Throws UserError if it names no channel. */
function channelWord({ channels }: Program, word = '*'): string {
  const words = [...new Set(['*', ...channels.flatMap(({ name, kind }) => [name, kind])])];
  if (words.includes(word)) return word;
  const meant = suggest(word, words);
  throw new UserError(
    'unknown-name',
    t`There is no channel "${word}" in what is applied.`,
    meant ? t`Did you mean "${meant}"?` : t`There are: ${words.filter((one) => one !== '*').join(', ')}.`,
  );
}

function dated<T extends { since: number }>(one: T) {
  return { ...one, since: new Date(one.since).toISOString() };
}

function jsonLine(type: string, facts: object): string {
  return `${JSON.stringify({ format: 1, type, ...facts })}\n`;
}

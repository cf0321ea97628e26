import { setTimeout as sleep } from 'node:timers/promises';
import { compile } from '../../engine/compile/compile.ts';
import { addressesIn } from '../../engine/data/files/convert/address.ts';
import type { Carrier } from '../../engine/delivery/carriers/carrier.ts';
import { Pace } from '../../engine/delivery/pace.ts';
import {
  reallySends,
  sendsOfCampaign,
  sendsOfTemplate,
  type TestSend,
  testMessage,
} from '../../engine/inspect/test-send.ts';
import { toCustomers } from '../../engine/program/facts.ts';
import type { Program } from '../../engine/program/program.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import { confirm } from '../confirm.ts';
import { exit } from '../exit.ts';
import { findNamed } from '../find-campaign.ts';
import type { Io } from '../io.ts';
import { load, type ProjectOptions } from '../load.ts';
import { say } from '../say.ts';
import { carriers } from '../secrets.ts';
import { localeOf, type SubjectOptions, subjectOf, type TemplateSubject } from '../subject.ts';
import { many } from '../views/format.ts';
import { type TestSent, testSentJson, testSentText } from '../views/send-test.ts';

export interface SendTestOptions extends ProjectOptions, SubjectOptions {
  to?: string;
  channel?: string;
  locale?: string;
  autoApprove?: boolean;
}

/** The number of messages that are sent without asking for approval. */
const UNASKED = 5;
/** The maximum rate, messages per second. */
const RATE = 2;

/** Sends a template, or all messages of a campaign, to an address by the real channels. Does not touch the store. */
export async function sendTest(io: Io, name: string, options: SendTestOptions, ask = confirm): Promise<number> {
  const { root, model } = await load(io, options);
  const program = compile(model);
  const locale = localeOf(options.locale);
  const { sends, others } = chooseSends(program, name, options);
  const subject = await subjectOf(io, root, program, sends, options);
  if (sends.length > UNASKED && !options.autoApprove && !(await askApproval(io, sends.length, options, ask)))
    return exit.error;
  const open = carriers(io, root);
  const carriersByChannel = new Map<string, Carrier>();
  try {
    for (const { channel } of sends)
      if (!carriersByChannel.has(channel.name)) carriersByChannel.set(channel.name, await open(channel));
    const sent = await sendAll(io, program, sends, carriersByChannel, { subject, to: options.to, locale });
    const report = { sent, others: others.map(({ channel, template }) => ({ channel: channel.name, template })) };
    await io.out(options.json ? `${JSON.stringify(testSentJson(name, report))}\n` : testSentText(report, io.view));
    return sent.length === sends.length && sent.every(({ status }) => status === 'sent') ? exit.fine : exit.error;
  } finally {
    await Promise.all([...carriersByChannel.values()].map((carrier) => carrier.close()));
  }
}

/** Returns the messages to send to the address, and the others of the same name. */
function chooseSends(program: Program, name: string, { channel: word, to }: SendTestOptions) {
  const isTemplate = program.templates.some((one) => one.name === name);
  const campaign = program.campaigns.find((one) => one.name === name);
  if (!isTemplate && !campaign)
    findNamed('template or campaign', [...program.templates, ...program.campaigns], name, 'this project');
  const all = isTemplate || !campaign ? sendsOfTemplate(program, name, word) : sendsOfCampaign(program, campaign, word);
  if (all.length === 0) throw nothingToSend(program, name, word);
  const address = to === undefined ? undefined : addressesIn(to).map(({ type }) => type as string);
  // Servers interpret a list, or a name with an address, in different ways.
  if (address && (address.length !== 1 || /[,;<>]/.test(to ?? '')))
    throw new UserError(
      'wrong-call',
      t`--to is not one e-mail address or phone number.`,
      t`Write one, as in you@example.com.`,
    );
  const fits = ({ channel }: TestSend) => {
    // The receiving system cannot recognise a test, so the channel must be named explicitly.
    if (!toCustomers(channel)) return word !== undefined;
    return address?.includes(typeOf(channel)) ?? false;
  };
  const sends = all.filter(fits);
  if (sends.length === 0) throw noneForAddress(all, to);
  const [dead] = sends.filter(({ channel }) => !reallySends(channel));
  if (dead) throw notConfigured(dead);
  return { sends, others: all.filter((one) => !fits(one)) };
}

function typeOf({ kind }: TestSend['channel']): string {
  return kind === 'email' ? 'email' : 'phone';
}

function nothingToSend(program: Program, name: string, word: string | undefined): UserError {
  const channels = program.channels.map((one) => one.name).join(', ');
  return new UserError(
    'no-message',
    word === undefined
      ? t`"${name}" has no message to send.`
      : t`"${name}" has no message on the channel "${word}" to send.`,
    channels === '' ? t`There are the channels: none.` : t`There are the channels: ${channels}.`,
  );
}

function noneForAddress(all: TestSend[], to: string | undefined): UserError {
  const names = [...new Set(all.map(({ channel }) => channel.name))].join(', ');
  if (to === undefined && all.some(({ channel }) => toCustomers(channel)))
    return new UserError(
      'wrong-call',
      t`There is nobody to send it to.`,
      t`Add --to with an address, as in --to you@example.com.`,
    );
  return new UserError(
    'no-message',
    t`None of its messages goes to such an address: they are for ${names}.`,
    t`Webhooks and tasks are sent where their channel is named by --channel.`,
  );
}

function notConfigured({ channel: { name, transport } }: TestSend): UserError {
  return new UserError(
    'sends-nothing',
    transport.kind === 'file'
      ? t`The channel "${name}" sends nothing here: its transport writes files.`
      : t`The channel "${name}" sends nothing here: its transport prints a line.`,
    t`Give it a transport that sends (smtp, http), or name the environment that has one: --env production.`,
  );
}

async function askApproval(io: Io, count: number, { json }: SendTestOptions, ask: typeof confirm): Promise<boolean> {
  if (!io.terminal.stdin || !io.terminal.stdout || json)
    throw new UserError(
      'nobody-to-ask',
      t`There is nobody to ask whether to send ${many(count, 'message')}.`,
      t`Add --auto-approve.`,
    );
  if (await ask(t`Send ${many(count, 'message')}?`)) return true;
  await say(io, t`Nothing was sent.`);
  return false;
}

async function sendAll(
  io: Io,
  program: Program,
  sends: TestSend[],
  carriersByChannel: ReadonlyMap<string, Carrier>,
  { subject, to, locale }: { subject: TemplateSubject; to: string | undefined; locale: string | undefined },
): Promise<TestSent[]> {
  const signal = io.interrupted();
  const paces = new Map(
    sends.map(({ channel: { name, rate = RATE } }) => [name, new Pace(Math.min(rate, RATE), io.now, sleep)]),
  );
  const sent: TestSent[] = [];
  for (const send of sends) {
    await paces.get(send.channel.name)?.pass();
    if (signal.aborted) break;
    const id = subject.origin.customer ?? 'test';
    const { claimed, ready } = testMessage(program, send, subject.subject(send), { id, to, locale, now: io.now() });
    const outcome =
      'outgoing' in ready
        ? await carriersByChannel.get(send.channel.name)?.send(ready.outgoing, signal)
        : ready.outcome;
    const { status, ...more } = outcome ?? { status: 'failed' };
    const { reason, detail } = { reason: undefined, detail: undefined, ...more };
    sent.push({
      id: claimed.message,
      channel: send.channel.name,
      template: send.template,
      ...(send.use && { campaign: send.use.campaign, step: send.use.step }),
      status,
      ...(reason !== undefined && { reason }),
      ...(detail !== undefined && { detail }),
    });
  }
  return sent;
}

import type * as written from '../../document/document.generated.ts';
import { body, form, statement } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import { type ChannelKind, channelKinds, reachesCustomers, traitsOf } from '../../model/channel-kinds.ts';
import type { Channel } from '../../model/model.ts';
import { splitSender } from '../../model/sender.ts';
import { choice } from '../../words/kinds.ts';
import { readRate } from '../../words/readings.ts';
import { t } from '../../words/t.ts';
import type { Entry } from '../contents.ts';
import type { Context } from '../context.ts';
import { addressOf } from './address.ts';
import { buildTransport } from './transport.ts';

export const channelForm = form('channel', 'a channel', () => [
  body([
    statement('kind', 'name'),
    statement('transport', 'name'),
    statement('url', 'name'),
    statement('directory', 'name'),
    statement('to', 'name'),
    statement('from', 'name'),
    statement('price', 'number'),
    statement('rate', 'phrase'),
    statement('unsubscribe', 'name'),
    statement('address', 'name'),
    statement('resend_unknown', 'flag'),
  ]),
]);

/** Returns the kind of a channel: as written, or by the channel's own name. */
export function kindOfChannel({ name, value }: Entry<written.Channel>): ChannelKind | undefined {
  return value?.kind ?? channelKinds.find((kind) => kind === name);
}

export function buildChannels(entries: Entry<written.Channel>[], context: Context): Channel[] {
  return entries.flatMap((entry) => buildChannel(entry, context) ?? []);
}

function buildChannel(entry: Entry<written.Channel>, context: Context): Channel | undefined {
  const { name, value, place } = entry;
  if (!value) return undefined;
  const kind = kindOfChannel(entry);
  if (kind === undefined && !('kind' in value)) {
    const message = t`The channel \`${name}\` does not say what it is`;
    context.report.error('CRM4014', place.key, message, t`Add \`kind:\` with ${choice(channelKinds)}.`);
  }
  const transport = buildTransport(value, kind, place, context);
  checkSender(value.from, kind, place, context);
  checkReceiver(value.to, kind, place, context);
  const internal = kind !== undefined && !reachesCustomers(kind);
  if (internal) withoutCustomers(value, kind, place, context);
  const address = kind && !internal ? addressOf(value, kind, place, context) : undefined;
  if (!kind || !transport || (!internal && !address)) return undefined;
  const rate = value.rate === undefined ? undefined : readRate(value.rate);
  return {
    name,
    kind,
    ...(address !== undefined && { address }),
    transport,
    price: value.price ?? 0,
    ...(rate !== undefined && { rate }),
    ...(value.to !== undefined && { to: value.to }),
    ...(value.from !== undefined && { from: value.from }),
    ...(value.unsubscribe !== undefined && { unsubscribe: value.unsubscribe }),
    ...(value.resend_unknown !== undefined && { resendUnknown: value.resend_unknown }),
  };
}

/** Reports keys that are about customers on a channel to other systems or to the staff. */
function withoutCustomers(value: Loose<written.Channel>, kind: ChannelKind, place: Place, context: Context): void {
  for (const key of ['address', 'unsubscribe', 'to'] as const) {
    if (!(key in value)) continue;
    const message = t`\`${key}\` has no effect on a channel of kind ${kind}`;
    context.report.error('CRM4013', place.at(key).key, message, t`Remove it: no customer is written to here.`);
  }
}

function checkSender(from: string | undefined, kind: ChannelKind | undefined, place: Place, context: Context): void {
  if (from === undefined || kind === undefined) return;
  if (traitsOf[kind].senderAddress ? splitSender(from) !== undefined : !/\p{Cc}/u.test(from)) return;
  const help = t`Write \`Name <address>\` or an address alone, as in \`Shop <shop@example.com>\`.`;
  context.report.error('CRM1031', place.at('from').value, t`The sender of e-mail is not an address`, help);
}

/** Reports an address for all messages that is none. A token of a push has no form. */
function checkReceiver(to: string | undefined, kind: ChannelKind | undefined, place: Place, context: Context): void {
  if (to === undefined || kind === undefined || isReceiver(to, kind)) return;
  const help =
    kind === 'email' ? t`Write an address alone, as in you@example.com.` : t`Write a number, as in +79991234567.`;
  context.report.error('CRM1044', place.at('to').value, t`\`${to}\` is no address for ${kind}`, help);
}

function isReceiver(to: string, kind: ChannelKind): boolean {
  if (kind === 'email') return splitSender(to) !== undefined && !/[<>\s]/.test(to);
  return kind === 'sms' ? /^\+?\d[\d() -]{5,20}$/.test(to) : !/\p{Cc}/u.test(to);
}

export function writtenChannel(channel: Channel): written.Channel {
  const { kind, address, price, rate, to, from: sender, unsubscribe, resendUnknown } = channel;
  const { kind: transport, ...settings } = channel.transport;
  return {
    kind,
    transport,
    ...settings,
    ...(to !== undefined && { to }),
    ...(sender !== undefined && { from: sender }),
    price,
    ...(rate !== undefined && { rate: writtenRate(rate) }),
    ...(unsubscribe !== undefined && { unsubscribe }),
    ...(address !== undefined && { address }),
    ...(resendUnknown !== undefined && { resend_unknown: resendUnknown }),
  };
}

/** Writes a rate in the unit that needs the fewest digits. */
function writtenRate(rate: number): string {
  const units = { second: 1, minute: 60, hour: 3600 };
  const texts = Object.entries(units).map(([unit, seconds]) => `${rate * seconds} per ${unit}`);
  const right = texts.filter((text) => readRate(text) === rate).sort((a, b) => a.length - b.length);
  return right[0] ?? `${rate.toFixed(20)} per second`;
}

import type { Field, FieldType } from '../model/data.ts';
import type { Channel, ChannelKind, Transport } from '../model/model.ts';
import type * as written from '../source/document.generated.ts';
import { choice } from '../source/kinds.ts';
import type { Loose } from '../source/loose.ts';
import type { Place } from '../source/place.ts';
import { readRate } from '../source/readings.ts';
import type { Entry } from './contents.ts';
import { type Context, unknownName } from './context.ts';

const kinds: readonly ChannelKind[] = ['email', 'sms', 'push', 'messenger', 'webhook', 'task'];
const addressTypes: Record<ChannelKind, FieldType | undefined> = {
  email: 'email',
  sms: 'phone',
  messenger: undefined,
  push: undefined,
  webhook: undefined,
  task: undefined,
};

/** What a channel is: written, or the channel's own name. */
export function kindOfChannel({ name, value }: Entry<written.Channel>): ChannelKind | undefined {
  return value?.kind ?? kinds.find((kind) => kind === name);
}

export function buildChannels(entries: Entry<written.Channel>[], context: Context): Channel[] {
  return entries.flatMap((entry) => buildChannel(entry, context) ?? []);
}

function buildChannel(entry: Entry<written.Channel>, context: Context): Channel | undefined {
  const { name, value, place } = entry;
  if (!value) return undefined;
  const kind = kindOfChannel(entry);
  if (kind === undefined && !('kind' in value)) {
    const message = `The channel \`${name}\` does not say what it is`;
    context.report.error('CRM4014', place.key, message, `Add \`kind:\` with ${choice(kinds)}.`);
  }
  const transport = buildTransport(value, kind, place, context);
  checkSender(value.from, kind, place, context);
  const internal = kind === 'webhook' || kind === 'task';
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
    ...(value.from !== undefined && { from: value.from }),
    ...(value.unsubscribe !== undefined && { unsubscribe: value.unsubscribe }),
    ...(value.resend_unknown !== undefined && { resendUnknown: value.resend_unknown }),
  };
}

type Written = Loose<written.Channel>;

const keysOf: Record<Transport['kind'], { needs: (keyof Written)[]; ignores: (keyof Written)[] }> = {
  smtp: { needs: ['url', 'from'], ignores: ['directory'] },
  http: { needs: ['url'], ignores: ['directory'] },
  file: { needs: ['directory'], ignores: ['url'] },
  console: { needs: [], ignores: ['url', 'directory'] },
};

/** Which kinds of channel can leave by a transport. */
const carries: Record<Transport['kind'], readonly ChannelKind[]> = {
  smtp: ['email'],
  http: ['webhook', 'task'],
  file: kinds,
  console: kinds,
};

/** No customer is addressed by what goes to other systems and to the staff. */
function withoutCustomers(value: Written, kind: ChannelKind, place: Place, context: Context): void {
  for (const key of ['address', 'unsubscribe'] as const) {
    if (!(key in value)) continue;
    const message = `\`${key}\` has no effect on a channel of kind ${kind}`;
    context.report.error('CRM4013', place.at(key).key, message, 'Remove it: no customer is written to here.');
  }
}

function buildTransport(value: Written, kind: ChannelKind | undefined, place: Place, context: Context) {
  const { transport, url, directory } = value;
  if (transport === undefined) return undefined;
  if (kind && !carries[transport].includes(kind)) {
    const fitting = Object.entries(carries).flatMap(([one, those]) => (those.includes(kind) ? [one] : []));
    const message = `The transport ${transport} carries ${carries[transport].join(' and ')} only, and this is ${kind}`;
    context.report.error('CRM4022', place.at('transport').value, message, `Use ${choice(fitting)}.`);
    return undefined;
  }
  const { needs, ignores } = keysOf[transport];
  for (const key of needs) {
    if (key in value) continue;
    context.report.error(
      'CRM4014',
      place.key,
      `A channel with transport ${transport} needs the key \`${key}\``,
      examples[key],
    );
  }
  for (const key of ignores) {
    if (!(key in value)) continue;
    const message = `\`${key}\` has no effect with transport ${transport}`;
    context.report.error('CRM4013', place.at(key).key, message, 'Remove it, or change the transport.');
  }
  if (url !== undefined) checkUrl(url, transport, place.at('url'), context);
  if (transport === 'smtp') return url === undefined ? undefined : { kind: transport, url };
  if (transport === 'http') return url === undefined ? undefined : { kind: transport, url };
  if (transport === 'file') return directory === undefined ? undefined : { kind: transport, directory };
  return { kind: transport };
}

const schemes: Partial<Record<Transport['kind'], { leads: RegExp; example: string }>> = {
  smtp: { leads: /^smtps?:/, example: 'smtp://localhost:2525' },
  http: { leads: /^https:|^http:\/\/localhost(?=[:/]|$)/, example: 'https://crm.example/hooks' },
};

/** An address that stands in the file itself is one that the transport can use; what a reference holds shows when it is read. */
function checkUrl(url: string, transport: Transport['kind'], place: Place, context: Context): void {
  const scheme = schemes[transport];
  if (!scheme || /^(env|file):/.test(url) || scheme.leads.test(url)) return;
  const message = `\`${url}\` is no address for the transport ${transport}`;
  context.report.error('CRM1028', place.value, message, `Write for example \`${scheme.example}\`, or \`env:NAME\`.`);
}

const examples: Partial<Record<keyof Written, string>> = {
  url: 'For example `url: env:SMTP_URL`.',
  from: 'For example `from: "Shop <shop@example.com>"`.',
  directory: 'For example `directory: out/messages`.',
};

function checkSender(from: string | undefined, kind: ChannelKind | undefined, place: Place, context: Context): void {
  if (from === undefined || kind === undefined) return;
  const mailbox = /^[^<>@\s]+@[^<>@\s]+$|^[^<>\p{Cc}]*<[^<>@\s]+@[^<>@\s]+>$/u;
  if (kind === 'email' ? mailbox.test(from.trim()) : !/\p{Cc}/u.test(from)) return;
  const help = 'Write `Name <address>` or an address alone, as in `Shop <shop@example.com>`.';
  context.report.error('CRM1031', place.at('from').value, 'The sender of e-mail is not an address', help);
}

function addressOf(value: Written, kind: ChannelKind, place: Place, context: Context): string | undefined {
  const attributes = context.data.customers.attributes;
  const wanted = addressTypes[kind];
  if (value.address !== undefined) {
    const field = attributes.find(({ name }) => name === value.address);
    if (!field) {
      const names = attributes.map(({ name }) => name);
      unknownName(context, {
        code: 'CRM4007',
        what: 'attribute',
        name: value.address,
        names,
        place: place.at('address'),
      });
    } else if (!holdsAddress(field, wanted) && !context.doubt.about(field.name)) {
      const message = `The attribute \`${field.name}\` is of type ${field.type} and holds no address for ${kind}`;
      context.report.error(
        'CRM4019',
        place.at('address').value,
        message,
        `Name an attribute of type ${wanted ?? 'string'}.`,
      );
    }
    return value.address;
  }
  if ('address' in value) return undefined;
  const found = attributes.find((field) => isDefaultAddress(field, kind));
  if (found) return found.name;
  const default_ =
    kind === 'push' ? 'attribute `push_token`' : `attribute of type ${kind === 'email' ? 'email' : 'phone'}`;
  if (context.doubt.aboutData() || attributes.some((field) => context.doubt.about(field.name))) return undefined;
  const message = `The channel needs the key \`address\`: customers have no ${default_}`;
  context.report.error('CRM4014', place.key, message, 'Name the customer attribute that holds the address.');
  return undefined;
}

function holdsAddress({ type }: Field, wanted: FieldType | undefined): boolean {
  return wanted === undefined ? type === 'string' || type === 'phone' || type === 'email' : type === wanted;
}

function isDefaultAddress({ name, type }: Field, kind: ChannelKind): boolean {
  if (kind === 'push') return name === 'push_token';
  return type === (kind === 'email' ? 'email' : 'phone');
}

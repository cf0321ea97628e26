import type * as written from '../../document/document.generated.ts';
import { isTemporary, isTrial, storeOf, type WrittenEnvironment } from '../../document/environment.ts';
import type { Loose } from '../../document/loose.ts';
import { Place } from '../../document/place.ts';
import { reachesCustomers } from '../../model/channel-kinds.ts';
import type { Channel } from '../../model/model.ts';
import { transportKeys, transports } from '../../model/transports.ts';
import { t } from '../../words/t.ts';
import type { Entry } from '../contents.ts';
import { type Context, checkChannel } from '../context.ts';
import { buildChannels } from './channels.ts';

type Entries = Entry<written.Channel>[];

/** Returns the channels as they are in the chosen environment, which is called `name`, and reports the mistakes of all environments. */
export function channelsIn(
  entries: Entries,
  environments: WrittenEnvironment[],
  chosen: WrittenEnvironment | undefined,
  name: string | undefined,
  context: Context,
): Channel[] {
  for (const environment of environments) checkPlaces(entries, environment, context);
  if (!chosen || name === undefined) return buildChannels(entries, context);
  const channels = buildChannels(placed(entries, chosen), context);
  return isTrial(chosen.value) ? channels.map((channel) => tried(channel, name, chosen)) : channels;
}

function checkPlaces(entries: Entries, environment: WrittenEnvironment, context: Context): void {
  const { name, value, place } = environment;
  for (const channel of Object.keys(value.channels ?? {}))
    checkChannel(context, channel, place.at('channels', channel), 'key');
  const channels = buildChannels(placed(entries, environment), context);
  if (isTemporary(value)) {
    checkTemporary(environment, context);
  } else if (!('delivery' in value) && channels.some((channel) => leaves(channel) && channel.to === undefined)) {
    const message = t`The environment \`${name}\` does not say whether its messages go to customers`;
    const help = t`Write \`delivery: live\`, or \`delivery: test\` for files and the addresses in \`to\`.`;
    context.report.error('CRM4063', place.key, message, help);
  }
}

function checkTemporary({ name, value, place }: WrittenEnvironment, { report }: Context): void {
  const refuse = (key: 'delivery' | 'store', help: string) =>
    report.error('CRM4064', place.at(key).key, t`A temporary environment cannot have \`${key}\` here`, help);
  if (value.delivery === 'live') refuse('delivery', t`Leave the line out: what it would send is written into files.`);
  const own = String(storeOf(`${name}-12`, value));
  if ('store' in value) refuse('store', t`Leave the line out: each has a store of its own, such as \`${own}\`.`);
}

/** Returns the channels as they are written, with what an environment says instead. */
function placed(entries: Entries, { value, place }: WrittenEnvironment): Entries {
  return entries.map((entry) => {
    const other = value.channels?.[entry.name];
    if (!other || !entry.value) return entry;
    const base = { ...entry.value };
    // The settings of one transport mean nothing to another.
    if ('transport' in other) for (const key of transportKeys) delete base[key];
    const at = new PlaceInEnvironment(place.at('channels', entry.name), entry.place, new Set(Object.keys(other)));
    return { ...entry, value: { ...base, ...other } as Loose<written.Channel>, place: at };
  });
}

/** The place of a channel that an environment changes: of each key where it is written. */
class PlaceInEnvironment extends Place {
  readonly #base: Place;
  readonly #keys: ReadonlySet<string>;

  constructor(own: Place, base: Place, keys: ReadonlySet<string>) {
    super(own.file, own.path);
    this.#base = base;
    this.#keys = keys;
  }

  override at(...keys: (string | number)[]): Place {
    return this.#keys.has(String(keys[0])) ? super.at(...keys) : this.#base.at(...keys);
  }
}

/**
 * Returns a channel as a trial has it. Messages to customers go to the address in `to`; webhooks and tasks to the URL that the
 * environment itself gives; all else goes into files.
 */
function tried(channel: Channel, name: string, { value }: WrittenEnvironment): Channel {
  const given = value.channels?.[channel.name]?.url !== undefined;
  const safe = reachesCustomers(channel.kind) ? channel.to !== undefined : given;
  if (!leaves(channel) || safe) return channel;
  return { ...channel, transport: { kind: 'file', directory: `out/${name}/${channel.name}` } };
}

function leaves({ transport }: Channel): boolean {
  return transports[transport.kind].leaves;
}

import type * as written from '../../document/document.generated.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import { type ChannelKind, traitsOf } from '../../model/channel-kinds.ts';
import { t } from '../../words/t.ts';
import { type Context, unknownName } from '../context.ts';

/** Returns the attribute that holds a channel's addresses: the one that is named, or the default of the channel's kind. */
export function addressOf(
  value: Loose<written.Channel>,
  kind: ChannelKind,
  place: Place,
  context: Context,
): string | undefined {
  const { address } = traitsOf[kind];
  if (!address) return undefined;
  const attributes = context.data.customers.attributes;
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
    } else if (!address.types.includes(field.type) && !context.doubt.about(field.name)) {
      const message = t`The attribute \`${field.name}\` is of type ${field.type} and holds no address for ${kind}`;
      context.report.error(
        'CRM4019',
        place.at('address').value,
        message,
        t`Name an attribute of type ${address.types[0] ?? 'string'}.`,
      );
    }
    return value.address;
  }
  if ('address' in value) return undefined;
  const usual = address.default;
  const found = attributes.find((field) => ('name' in usual ? field.name === usual.name : field.type === usual.type));
  if (found) return found.name;
  if (context.doubt.aboutData() || attributes.some((field) => context.doubt.about(field.name))) return undefined;
  const message =
    'name' in usual
      ? t`The channel needs the key \`address\`: customers have no attribute \`${usual.name}\``
      : t`The channel needs the key \`address\`: customers have no attribute of type ${usual.type}`;
  context.report.error('CRM4014', place.key, message, t`Name the customer attribute that holds the address.`);
  return undefined;
}

import type * as written from '../../document/document.generated.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Field, FieldType } from '../../model/data.ts';
import type { ChannelKind } from '../../model/model.ts';
import { t } from '../../words/t.ts';
import { type Context, unknownName } from '../context.ts';

const addressTypes: Partial<Record<ChannelKind, FieldType>> = {
  email: 'email',
  sms: 'phone',
};

/** The attribute that holds a channel's addresses: the one that is named, or the first of the fitting type. */
export function addressOf(
  value: Loose<written.Channel>,
  kind: ChannelKind,
  place: Place,
  context: Context,
): string | undefined {
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
      const message = t`The attribute \`${field.name}\` is of type ${field.type} and holds no address for ${kind}`;
      context.report.error(
        'CRM4019',
        place.at('address').value,
        message,
        t`Name an attribute of type ${wanted ?? 'string'}.`,
      );
    }
    return value.address;
  }
  if ('address' in value) return undefined;
  const found = attributes.find((field) => isDefaultAddress(field, kind));
  if (found) return found.name;
  if (context.doubt.aboutData() || attributes.some((field) => context.doubt.about(field.name))) return undefined;
  const message =
    kind === 'push'
      ? t`The channel needs the key \`address\`: customers have no attribute \`push_token\``
      : t`The channel needs the key \`address\`: customers have no attribute of type ${kind === 'email' ? 'email' : 'phone'}`;
  context.report.error('CRM4014', place.key, message, t`Name the customer attribute that holds the address.`);
  return undefined;
}

function holdsAddress({ type }: Field, wanted: FieldType | undefined): boolean {
  return wanted === undefined ? type === 'string' || type === 'phone' || type === 'email' : type === wanted;
}

function isDefaultAddress({ name, type }: Field, kind: ChannelKind): boolean {
  if (kind === 'push') return name === 'push_token';
  return type === (kind === 'email' ? 'email' : 'phone');
}

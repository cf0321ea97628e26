import { definitionOf, type NameAnnotation } from '../document/schema.ts';
import type { Mention, Named, NameKind } from './mention.ts';
import type { Below } from './schema-paths.ts';
import type { Path } from './tree.ts';

/** The facts about a name's owner in the files around it. */
export interface Surroundings {
  /** Leads to the value; of a key, to the value under it. */
  path: Path;
  /** The text at a path of the same file. */
  text(path: Path): string | undefined;
}

/** The meaning of the names at a place of the schema. */
export interface Role {
  kind: NameKind;
  role: Mention['role'];
  /** Returns the other facts of the name; undefined: it is no name after all. */
  more?(name: string, around: Surroundings): Partial<Named> | undefined;
}

type More = NonNullable<Role['more']>;

/** The campaign of a step, or that a test is about. */
function campaignOf({ path, text }: Surroundings): string | undefined {
  return path[0] === 'tests' ? text([...path.slice(0, 2), 'campaign']) : String(path[1]);
}

/** A step's id: the ids derived below it continue it. */
const ofCampaign: More = (name, around) => {
  const owner = campaignOf(around);
  return owner === undefined ? undefined : { owner, name: name.split('.', 1)[0] ?? name };
};

/** Returns the owner of the fields that a map declares: data.events.<event>.fields.<field>.items.<field>, or of a list of the customer. */
function ownerOf(path: Path): string | undefined {
  const names = path.filter((_, index) => (path[1] === 'customers' ? index % 2 === 1 : index > 0 && index % 2 === 0));
  const owners = names.slice(0, -1);
  if (path[1] === 'customers') owners[0] = 'customer';
  return owners.length === 1 && owners[0] === 'customer' ? undefined : owners.join('.');
}

/** A key of `fields`: an attribute of the customer, or a field of an event or of a list's items. */
const declared: More = (_name, { path }) => {
  const owner = ownerOf(path);
  return owner === undefined ? { kind: 'attribute' } : { owner };
};

/** Columns of files other than those of customers and events have names of their own. */
const column: More = (_name, { path }) => {
  if (path[0] !== 'data') return undefined;
  if (path[1] === 'customers') return { kind: 'attribute' };
  return path[1] === 'events' ? { owner: String(path[2]) } : undefined;
};

/** …<event>, <list>, <index>, <field>; of a customer's list the customer's index in the place of the event. */
const listItem: More = (_name, { path }) => {
  const [owner, list] = path.slice(-4);
  return { owner: `${typeof owner === 'number' ? 'customer' : owner}.${list}` };
};

const armOf =
  (split: (around: Surroundings) => string | undefined): More =>
  (_name, around) => {
    const [campaign, id] = [campaignOf(around), split(around)];
    return campaign === undefined || id === undefined ? undefined : { owner: `${campaign} ${id}` };
  };

/** …split, arms, <arm> */
const splitAround = ({ path, text }: Surroundings) =>
  text([...path.slice(0, -2), 'id']) ?? text([...path.slice(0, -3), 'id']);

/** A variant of a template is in the template's files. */
const withoutVariant = (name: string) => name.split(':', 1)[0] ?? name;

/** …split, winner; or …send, winner */
const drawAround = ({ path, text }: Surroundings) =>
  text([...path.slice(0, -1), 'id']) ?? text([...path.slice(0, -2), 'id']);

/** The role in an expectation of a webhook, which has no template: the value names the webhook's channel. */
const ofMessage: More = (name, { path }) => {
  const channel = String(path.at(-1));
  return channel === 'webhook' ? { kind: 'channel' } : { channel, name: withoutVariant(name) };
};

/** The further facts about a name, by the word `of` in the schema's annotations. */
const facts: Record<string, More> = {
  campaign: ofCampaign,
  declaration: declared,
  data: column,
  split: armOf(splitAround),
  winner: armOf(drawAround),
  otherwise: (name, around) => (name === 'keep' ? undefined : armOf(splitAround)(name, around)),
  step: armOf(({ path }) => String(path.at(-1))),
  channel: (name, { path }) => ({ channel: String(path.at(-1)), name: withoutVariant(name) }),
  message: (name, around) => (name === 'webhook' ? undefined : ofMessage(name, around)),
  'message template': ofMessage,
  customer: (name) => (name.startsWith('event.') ? undefined : {}),
  'event around': (_name, { path }) => ({ owner: String(path.at(-2)) }),
  'event beside': (_name, { path, text }) => {
    const owner = text([...path.slice(0, -1), 'event']);
    return owner === undefined ? undefined : { owner };
  },
  'list around': listItem,
};

/** Returns the role of a free key at a place of the schema. */
export function roleOfKey({ role }: Below): Role | undefined {
  const [definition = '', key] = role.split('.');
  return key === '*' ? roleIn(definitionOf(definition)['x-keys']) : undefined;
}

/** Returns the role of a single value at a place of the schema. */
export function roleOfValue({ schema }: Below): Role | undefined {
  return roleIn(schema['x-name']);
}

function roleIn(annotation: NameAnnotation | undefined): Role | undefined {
  if (!annotation) return undefined;
  const { uses, defines, of } = annotation;
  const more = of === undefined ? undefined : facts[of];
  if (of !== undefined && !more) throw new Error(`the schema has a name of an unknown "${of}"`);
  return {
    kind: (defines ?? uses) as NameKind,
    role: defines === undefined ? 'use' : 'definition',
    ...(more && { more }),
  };
}

import type { Mention, Named, NameKind } from './mention.ts';
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

const define = (kind: NameKind, more?: Role['more']): Role => ({ kind, role: 'definition', ...(more && { more }) });
const use = (kind: NameKind, more?: Role['more']): Role => ({ kind, role: 'use', ...(more && { more }) });

/** The campaign in which a step stands, or that a test is about. */
function campaignOf({ path, text }: Surroundings): string | undefined {
  return path[0] === 'tests' ? text([...path.slice(0, 2), 'campaign']) : String(path[1]);
}

const ofCampaign: Role['more'] = (_name, around) => {
  const owner = campaignOf(around);
  return owner === undefined ? undefined : { owner };
};

/** A step's own id, of which the ids derived below it are continuations. */
const stepUse: Role['more'] = (name, around) => {
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
const declared: Role['more'] = (_name, { path }) => {
  const owner = ownerOf(path);
  return owner === undefined ? { kind: 'attribute' } : { owner };
};

/** Columns of files other than those of customers and events have names of their own. */
const column: Role['more'] = (_name, { path }) => {
  if (path[0] !== 'data') return undefined;
  if (path[1] === 'customers') return { kind: 'attribute' };
  return path[1] === 'events' ? { owner: String(path[2]) } : undefined;
};

/** …<event>, <list>, <index>, <field>; of a customer's list the customer's index in the place of the event. */
const listItem: Role['more'] = (_name, { path }) => {
  const [owner, list] = path.slice(-4);
  return { owner: `${typeof owner === 'number' ? 'customer' : owner}.${list}` };
};

const fieldOf =
  (event: (path: Path) => Path): Role['more'] =>
  (_name, { path, text }) => {
    const owner = text(event(path));
    return owner === undefined ? undefined : { owner };
  };

const armOf =
  (split: (around: Surroundings) => string | undefined): Role['more'] =>
  (_name, around) => {
    const [campaign, id] = [campaignOf(around), split(around)];
    return campaign === undefined || id === undefined ? undefined : { owner: `${campaign} ${id}` };
  };

/** …split, arms, <arm> */
const splitAround = ({ path, text }: Surroundings) =>
  text([...path.slice(0, -2), 'id']) ?? text([...path.slice(0, -3), 'id']);

const template = use('template', (_name, { path }) => ({ channel: String(path.at(-1)) }));

/** Keys of maps whose keys are names: by the map's place in the schema. */
export const keyRoles: Readonly<Record<string, Role>> = {
  'segments.*': define('segment'),
  'channels.*': define('channel'),
  'events.*': define('event'),
  'fields.*': define('field', declared),
  'caps.*': define('cap'),
  'cascades.*': define('cascade'),
  'campaigns.*': define('campaign'),
  'holdouts.*': define('holdout'),
  'variables.*': define('variable'),
  'tests.*': define('test'),
  'arms.*': define('arm', armOf(splitAround)),
  'engagement.*': use('channel'),
  'columnConsents.*': use('channel'),
  'fieldWritings.*': use('field', column),
  'message.*': use('channel'),
  'stage.*': use('channel'),
  'notification.*': use('channel'),
  'expectedMessage.*': use('channel', (name) => (name === 'webhook' ? undefined : {})),
  'assignments.*': use('attribute'),
  'testCustomer.*': use('attribute'),
  'expectedCustomer.*': use('attribute'),
  'testEvent.*': use('event'),
  'testFields.*': use('field', (_name, { path }) => ({ owner: String(path.at(-2)) })),
  'testValues.*': use('field', listItem),
  'testArms.*': use('step', stepUse),
};

/** Customers of tests have ids too. */
const id = define('step', (name, around) => (around.path[0] === 'campaigns' ? ofCampaign?.(name, around) : undefined));

/** Values that are names. `*.x` holds for every `x` that is not listed with its definition. */
export const valueRoles: Readonly<Record<string, Role>> = {
  '*.event': use('event'),
  '*.channel': use('channel'),
  '*.campaign': use('campaign'),
  '*.segment': use('segment'),
  '*.attribute': use('attribute'),
  '*.id': id,
  'onSegment.enters': use('segment'),
  'onLeaving.leaves': use('segment'),
  'onDate.date': use('attribute'),
  'onAbsence.absence': use('event'),
  'onAbsence.after': use('event'),
  'addStep.add_to': use('segment'),
  'removeStep.remove_from': use('segment'),
  'rfm.value': use(
    'field',
    fieldOf((path) => [...path.slice(0, -1), 'event']),
  ),
  'channel.address': use('attribute'),
  'rename.*': use('field', column),
  'columnNames.item': use('field', column),
  'message.*': template,
  'stage.*': template,
  'cascadeUse.template': use('template'),
  'cascadeUse.use': use('cascade'),
  'expectedMessage.*': use('template', (_name, { path }) => {
    const channel = String(path.at(-1));
    return channel === 'webhook' ? { kind: 'channel' } : { channel };
  }),
  'moved.*': use('step', stepUse),
  'campaignNames.item': use('campaign'),
  'channelNames.item': use('channel'),
  'segmentNames.item': use('segment'),
  'toldFields.item': use('attribute', (name) => (name.startsWith('event.') ? undefined : {})),
  'testArms.*': use(
    'arm',
    armOf(({ path }) => String(path.at(-1))),
  ),
  ...Object.fromEntries(
    ['delivered', 'opened', 'clicked', 'bounced', 'complained', 'unsubscribed'].map((kind) => [
      `testReaction.${kind}`,
      use('channel'),
    ]),
  ),
};

/** `goal.event` → how a name there is to be understood. */
export function roleOfValue(place: string): Role | undefined {
  return valueRoles[place] ?? valueRoles[`*.${place.slice(place.indexOf('.') + 1)}`];
}

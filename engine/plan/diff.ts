import type { Surface } from '../../spec/convert.ts';
import { compareParts, type Difference, type Part } from '../../spec/document/compare.ts';
import { printPart } from '../../spec/document-files.ts';
import type { Documented } from '../document/document.ts';
import { isSame } from '../program/hash.ts';
import type { Program } from '../program/program.ts';
import type { Change, FieldChange } from './change.ts';
import { type Judgement, judge } from './classes.ts';
import type { InFlight } from './effects.ts';
import { type Resource, resourcesOf, type Text, textsOf } from './resources.ts';

/** The applied Program, and its document where the version that applied it kept one. */
export interface Applied {
  program: Program;
  document?: Documented | undefined;
}

type Unjudged = Omit<Change, keyof Judgement>;

interface Side {
  resources: Map<string, Resource>;
  texts: Map<string, Text> | undefined;
}

/**
 * Returns every resource in which the desired Program differs from the applied one, in the order of the desired one, what is
 * removed last; with the differences of their documents. None: they do the same. `inside`: who is inside what is applied; absent where no store tells.
 */
export function compareDeployments(
  desired: Documented,
  applied: Applied | undefined,
  inside?: readonly InFlight[],
): Change[] {
  if (applied && isSame(desired.program, applied.program)) return [];
  const now = sideOf(desired.program, desired);
  const old = applied ? sideOf(applied.program, applied.document) : { resources: new Map(), texts: new Map() };
  const altered = [...now.resources.values()].filter(({ address, hash }) => old.resources.get(address)?.hash !== hash);
  const changed = new Set(altered.map(({ address }) => address));
  const rfm = scores(old.texts?.get('data.rfm'), now.texts?.get('data.rfm'), desired.surface);
  if (rfm) changed.add('data.rfm');
  const changes = altered.map((resource) => changeOf(resource, old, now, changed, desired.surface));
  const removed = [...old.resources.values()]
    .filter(({ address }) => !now.resources.has(address))
    .map((resource) => removal(resource, old, desired.surface));
  const all = [...(rfm ? [{ ...rfm, usedBy: users('data.rfm', now) }] : []), ...changes, ...removed];
  return all.map((change) => ({ ...change, ...judge(change, desired.program, applied?.program, inside) }));
}

function sideOf(program: Program, document: Documented | undefined): Side {
  const resources = new Map(resourcesOf(program).map((resource) => [resource.address, resource]));
  return { resources, texts: document && textsOf(document) };
}

function changeOf(resource: Resource, old: Side, now: Side, changed: Set<string>, surface: Surface): Unjudged {
  const { address } = resource;
  const earlier = old.resources.get(address);
  const text = now.texts?.get(address);
  const before = old.texts?.get(address);
  const change = {
    ...base(resource, earlier ? 'change' : 'create', users(address, now)),
    ...(earlier && { before: versionOf(earlier) }),
    after: versionOf(resource),
  };
  if (!earlier) return { ...change, fields: fieldsOf(undefined, text, surface) };
  if (!old.texts) return { ...change, note: 'no-document' };
  const fields = fieldsOf(before, text, surface);
  const through = (used: string) => changed.has(used) && (before?.uses.includes(used) ?? false);
  const used = text?.uses.filter(through) ?? [];
  const because = used.filter((one) => one.startsWith('segment.') || one === 'data.rfm');
  if (fields.length + because.length > 0) return { ...change, fields, because };
  // The prices of channels set the order of a cascade that goes by them.
  const prices = used.filter((one) => one.startsWith('channel.'));
  const behind = [...prices, ...typesBehind(text, changed)];
  return behind.length > 0 ? { ...change, because: behind } : { ...change, note: 'compiled-anew' };
}

/** Returns the changed data that a text names: a condition on a field of another type is compiled differently. */
function typesBehind(text: Text | undefined, changed: ReadonlySet<string>): string[] {
  const names = new Set(JSON.stringify(text?.value ?? '').match(/[\p{L}\p{N}_]+/gu));
  return [...changed].filter(
    (one) => one === 'data.customers' || (one.startsWith('event.') && names.has(one.slice(6))),
  );
}

function removal(resource: Resource, old: Side, surface: Surface): Unjudged {
  const fields = fieldsOf(old.texts?.get(resource.address), undefined, surface);
  return {
    ...base(resource, 'remove', users(resource.address, old)),
    before: versionOf(resource),
    fields,
    ...(!old.texts && { note: 'no-document' as const }),
  };
}

/** Returns the change of the events that scores count: of the document only, since the Program has them where they are asked. */
function scores(before: Text | undefined, after: Text | undefined, surface: Surface): Unjudged | undefined {
  const fields = fieldsOf(before, after, surface);
  if (fields.length === 0) return undefined;
  const action = !before ? 'create' : after ? 'change' : 'remove';
  return { ...base({ address: 'data.rfm', kind: 'data', name: 'rfm', hash: '' }, action, []), fields };
}

function base({ address, kind, name, title }: Resource, action: Change['action'], usedBy: string[]): Unjudged {
  return { address, kind, name, ...(title !== undefined && { title }), action, fields: [], because: [], usedBy };
}

const versionOf = ({ version, hash }: Resource) => version ?? hash;

/** Returns the campaigns that use a resource, themselves or through others. */
function users(address: string, { resources, texts = new Map() }: Side): string[] {
  const reached = new Set([address]);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const [other, { uses }] of texts) if (uses.some((used) => reached.has(used))) reached.add(other);
  }
  reached.delete(address);
  return [...resources.values()]
    .filter((one) => one.kind === 'campaign' && reached.has(one.address))
    .map((one) => one.name);
}

function fieldsOf(before: Text | undefined, after: Text | undefined, surface: Surface): FieldChange[] {
  const text = after ?? before;
  if (!text) return [];
  const moved = renamed(before?.value, after?.value);
  const [old, now] = before && after ? [whole(before, moved), whole(after, after.value)] : [moved, after?.value];
  return compareParts(text.definition, old, now).map((difference) => fieldOf(difference, text, surface));
}

/** Returns a value with what its keys mean that are not written. */
function whole({ usual }: Text, value: unknown): unknown {
  return usual ? { ...(value as object), ...usual, ...(value as object) } : value;
}

/** The earlier campaign with the ids that its moved steps have now, so that nothing but the move shows of them. */
function renamed(before: unknown, after: unknown): unknown {
  const moved = (after as { moved?: Record<string, string> } | undefined)?.moved ?? {};
  const steps = (before as { steps?: unknown } | undefined)?.steps;
  if (Object.keys(moved).length === 0 || !steps) return before;
  const ids = JSON.stringify(steps, (key, value) =>
    key === 'id' && typeof value === 'string' ? (moved[value] ?? value) : value,
  );
  return { ...(before as object), steps: JSON.parse(ids) };
}

function fieldOf({ path, before, after, order }: Difference, text: Text, surface: Surface): FieldChange {
  const print = ({ value, definition }: Part) =>
    typeof value !== 'object' || !definition
      ? String(Array.isArray(value) ? value.join(', ') : (value ?? ''))
      : printPart(surface, [...text.path, ...path], definition, value);
  const field = { path: path.join('.') || (text.path.at(-1) ?? ''), ...(order && { order }) };
  const [old, now] = [before && print(before), after && print(after)];
  if (old !== undefined && now !== undefined && typeof before?.value === 'string' && `${old}${now}`.includes('\n'))
    return { ...field, ...firstDifference(old, now) };
  return { ...field, ...(old !== undefined && { before: old }), ...(now !== undefined && { after: now }) };
}

/** Returns the first line in which two texts differ. */
function firstDifference(before: string, after: string): Pick<FieldChange, 'before' | 'after' | 'line'> {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const at = Array.from({ length: Math.max(old.length, now.length) }, (_, i) => i).find((i) => old[i] !== now[i]) ?? 0;
  const onlySpaces = old[at]?.trim() === now[at]?.trim();
  const side = (key: 'before' | 'after', line: string | undefined) =>
    line === undefined ? {} : { [key]: onlySpaces ? line : line.trim() };
  return { ...side('before', old[at]), ...side('after', now[at]), line: at + 1 };
}

import { kindsAsked, sendsOf } from '../program/facts.ts';
import { canonical } from '../program/hash.ts';
import type { CompiledCampaign, Program, SendRow } from '../program/program.ts';
import { holdsAnywhere, listed } from '../program/query.ts';
import { rowKind } from '../tick/steps/index.ts';

/**
 * Returns true if a version reads, writes or sends something that is applied, and that the desired Program no longer has, or has in another form. Dynamic segments,
 * rankings and what RFM scores count are written out in a version. Policies, hold-outs, texts, prices and the customers of a list are those of the project for all versions. Pure.
 */
export function lacks(version: CompiledCampaign, desired: Program, applied: Program): boolean {
  const kept = new Set(offered(desired).map((one) => canonical(one)));
  const gone = new Set(offered(applied).flatMap((one) => (kept.has(canonical(one)) ? [] : [one[0]])));
  if (gone.size === 0) return false;
  const kinds = new Map(applied.channels.map(({ name, kind }) => [name, kind]));
  const sent = ({ channel, template }: SendRow): string[] => {
    const kind = kinds.get(channel);
    return kind === 'webhook' ? template.split(' ').map(named.attribute) : [named.template(template, kind)];
  };
  const needed = [
    ...kindsAsked(version).map(named.event),
    ...version.steps.flatMap((row) => rowKind(row).writes?.(row) ?? []).map(named.attribute),
    ...sendsOf(version).flatMap(sent),
  ];
  return needed.some((one) => gone.has(one)) || holdsAnywhere(version, (node) => gone.has(askedBy(node) ?? ''));
}

/** Names the things that a version can need, by their kind. */
const named = {
  event: (name: string) => `event ${name}`,
  attribute: (name: string) => `attribute ${name}`,
  channel: (name: string) => `channel ${name}`,
  template: (name: string, kind: string | undefined) => `template ${name}.${kind}`,
  list: (name: string) => `list ${name}`,
};

/** Returns all that versions can need of a Program, each with what must stay as it is. */
function offered({ data, channels, templates, segments, lists }: Program): [string, unknown?][] {
  const isList = ({ name, query }: Program['segments'][number]) =>
    canonical(query.predicate) === canonical(listed(name));
  return [
    ...data.events.flatMap(({ name, fields }): [string, unknown?][] => [
      [named.event(name)],
      ...fields.map((field): [string, unknown] => [named.event(name), formOf(field)]),
    ]),
    ...data.customers.attributes.map((field): [string, unknown] => [named.attribute(field.name), formOf(field)]),
    ...channels.map(({ name, kind }): [string, unknown] => [named.channel(name), kind]),
    ...templates.map(({ name, channel }): [string] => [named.template(name, channel)]),
    ...segments.filter(isList).map(({ name }): [string] => [named.list(name)]),
    // A static segment without its files has no member that only files list.
    ...lists.map(({ name }): [string, unknown] => [named.list(name), 'files']),
  ];
}

type Field = Program['data']['customers']['attributes'][number];

function formOf({ name, type, items }: Field): unknown {
  return [name, type, items?.map(formOf) ?? []];
}

/** Returns what a part of a version asks about, or for `add` and `remove` writes; undefined: nothing that can be gone. */
function askedBy(node: object): string | undefined {
  if (!('kind' in node)) return undefined;
  if (node.kind === 'attribute' && 'name' in node) return named.attribute(String(node.name));
  if (node.kind === 'items' && 'of' in node && node.of === 'customer' && 'list' in node)
    return named.attribute(String(node.list));
  if ('segment' in node) return named.list(String(node.segment));
  return 'channel' in node ? named.channel(String(node.channel)) : undefined;
}

import { usesIn } from '../../spec/lint/uses.ts';
import type { Campaign } from '../../spec/model/campaign.ts';
import type { Model, Segment } from '../../spec/model/model.ts';
import type { Template } from '../../spec/model/template.ts';
import type { Documented } from '../document/document.ts';
import { alone, canonical, hash } from '../program/hash.ts';
import type { Program } from '../program/program.ts';
import type { ResourceKind } from './change.ts';

/** A resource that a plan can create, change or remove. */
export interface Resource {
  address: string;
  kind: ResourceKind;
  name: string;
  title?: string;
  /** The hash differs where anything does. */
  hash: string;
  /** The version of a campaign, which enrolments carry. */
  version?: string;
}

/** The text of a resource, and what it names. */
export interface Text {
  /** The keys that lead to it in a file; empty for a template. */
  path: string[];
  /** The name of its definition in the schema; none for a template. */
  definition?: string;
  value: unknown;
  /** The meaning of keys that are not written, where it depends on other keys; the schema has all other defaults. */
  usual?: Record<string, unknown>;
  /** Addresses of the resources that this one names. */
  uses: string[];
}

/** Everything a Program consists of: nothing of it is in no resource. */
export function resourcesOf(program: Program): Resource[] {
  const { project, policies, variables, holdouts, data, channels, templates, partials } = program;
  const { customers, events, consent, feedback, suppressions, tolerance } = data;
  const streams = Object.entries({ consent, feedback, suppressions }).filter(([, sources]) => sources.length > 0);
  const { caps, hash: _, ...limits } = policies;
  const hasPolicies = caps.length > 0 || Object.keys(limits).length > 0;
  const lists = new Map(program.lists.map((list) => [list.name, list.hash]));
  return [
    resource('project', 'project', project.name, project),
    ...(hasPolicies ? [resource('policies', 'policies', 'policies', policies)] : []),
    ...(Object.keys(variables).length > 0 ? [resource('variables', 'variables', 'variables', variables)] : []),
    ...holdouts.map((one) => resource(`holdout.${one.name}`, 'holdout', one.name, one)),
    resource('data.customers', 'data', 'customers', customers),
    ...events.map((event) => resource(`event.${event.name}`, 'event', event.name, event, event.title)),
    ...streams.map(([name, sources]) => resource(`data.${name}`, 'data', name, sources)),
    ...(tolerance === undefined ? [] : [resource('data.tolerance', 'data', 'tolerance', tolerance)]),
    ...program.segments.map(({ name, title, hash: own }) =>
      resource(`segment.${name}`, 'segment', name, [own, title, lists.get(name)], title),
    ),
    ...channels.map((channel) => resource(`channel.${channel.name}`, 'channel', channel.name, channel)),
    ...templates.map((one) => resource(addressOf(one), 'template', `${one.name}.${one.channel}`, one)),
    ...partials.map((one) => resource(`partial.${one.name}`, 'partial', one.name, one)),
    ...program.campaigns.map((campaign) => ({
      ...resource(`campaign.${campaign.name}`, 'campaign', campaign.name, alone(campaign), campaign.title),
      version: campaign.hash,
    })),
  ];
}

function resource(address: string, kind: ResourceKind, name: string, content: unknown, title?: string): Resource {
  return { address, kind, name, ...(title !== undefined && { title }), hash: hash(content) };
}

const addressOf = ({ name, channel }: Pick<Template, 'name' | 'channel'>) => `template.${name}.${channel}`;

/** Returns the texts of a document's resources, by address. */
export function textsOf({ model, tree }: Documented): Map<string, Text> {
  const { data, segments, channels, policies, holdouts, campaigns, variables } = tree;
  const rfm = data?.rfm && canonical(data.rfm);
  const texts = new Map<string, Text>();
  const add = (address: string, path: string[], definition: string, value: unknown, uses: string[] = []) => {
    if (value !== undefined) texts.set(address, { path, definition, value, uses });
  };
  const each = (kind: string, path: string[], values: object = {}, uses?: (name: string) => string[]) => {
    for (const [name, value] of Object.entries(values))
      add(`${kind}.${name}`, [...path, name], kind, value, uses?.(name));
  };
  add('project', ['project'], 'project', tree.project);
  add('policies', ['policies'], 'policies', policies);
  add('variables', ['variables'], 'variables', variables);
  each('holdout', ['holdouts'], holdouts);
  add('data.customers', ['data', 'customers'], 'customers', data?.customers);
  each('event', ['data', 'events'], data?.events);
  for (const key of ['consent', 'feedback', 'suppressions'] as const)
    add(`data.${key}`, ['data', key], 'stream', data?.[key]);
  add('data.tolerance', ['data', 'tolerance'], 'percent', data?.tolerance);
  add('data.rfm', ['data', 'rfm'], 'rfm', data?.rfm);
  each('segment', ['segments'], segments, (name) => usesOf(model, find(model.segments, name), rfm));
  each('channel', ['channels'], channels);
  for (const [name, value] of Object.entries(campaigns ?? {})) {
    const campaign = find(model.campaigns, name);
    const text = { path: ['campaigns', name], definition: 'campaign', value, uses: usesOf(model, campaign, rfm) };
    // A rule that is not written has no time: it is never or always.
    texts.set(`campaign.${name}`, { ...text, ...(campaign && { usual: { reenter: campaign.reenter.kind } }) });
  }
  for (const template of model.templates) {
    const variants = template.variants.map(({ locale = 'any locale', ...variant }) => [locale, variant]);
    const bodies = template.variants.flatMap(({ subject = '', body }) => [subject, body]);
    texts.set(addressOf(template), { path: [], value: Object.fromEntries(variants), uses: piecesIn(bodies) });
  }
  for (const { name, path, body } of model.partials)
    texts.set(`partial.${name}`, { path: [], value: { path, body }, uses: piecesIn([body]) });
  return texts;
}

function find<T extends { name: string }>(list: T[], name: string): T | undefined {
  return list.find((one) => one.name === name);
}

/** Returns the addresses of the segments, channels, templates and scores that a segment or a campaign names. */
function usesOf(model: Model, one: Segment | Campaign | undefined, rfm: string | undefined): string[] {
  if (!one) return [];
  const alone = {
    ...model,
    segments: 'steps' in one ? [] : [one],
    campaigns: 'steps' in one ? [one] : [],
    cascades: [],
  };
  const { segments, channels, templates } = usesIn(alone);
  return [
    ...[...segments].map((name) => `segment.${name}`),
    ...[...templates].map((name) => `template.${name.replace(' ', '.')}`),
    ...[...channels].map((name) => `channel.${name}`),
    ...(rfm !== undefined && canonical(one).includes(`"kind":"rfm"`) ? ['data.rfm'] : []),
  ];
}

/** Returns the pieces that templates name: always by a literal name, never by an expression. */
function piecesIn(bodies: string[]): string[] {
  const names = bodies.flatMap((body) =>
    [...body.matchAll(/\{\{~?#?>\s*["[]?([\w./-]+)/g)].map((match) => match[1] ?? ''),
  );
  return [...new Set(names)].map((name) => `partial.${name}`);
}

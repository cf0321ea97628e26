import type { Campaign, EventMatch, Trigger } from '../../spec/model/campaign.ts';
import type { Model, Segment, StaticSegment } from '../../spec/model/model.ts';
import { hash, hashed } from '../program/hash.ts';
import type {
  CompiledCampaign,
  CompiledMatch,
  CompiledSegment,
  CompiledTrigger,
  Program,
  StepRow,
} from '../program/program.ts';
import { byName, compileQuery, listed, type Segments } from '../program/query.ts';
import { flatten } from './steps.ts';

/** Model → Program. Pure; equal Models give equal Programs, byte for byte. */
export function compile(model: Model): Program {
  const segments = byName(model.segments);
  const prices = new Map(model.channels.map((channel) => [channel.name, channel.price]));
  const body = {
    format: 3 as const,
    project: model.project,
    data: model.data,
    variables: model.variables,
    channels: model.channels.map(hashed),
    policies: hashed(model.policies),
    holdouts: model.holdouts.map(hashed),
    segments: model.segments.map((segment) => compileSegment(segment, segments)),
    lists: model.segments.filter(hasFiles).map(({ name, sources }) => hashed({ name, sources })),
    campaigns: model.campaigns.map((campaign) => compileCampaign(campaign, segments, prices)),
    templates: model.templates.map(hashed),
    partials: model.partials.map(hashed),
  };
  return { ...body, hash: hash(body) };
}

function compileSegment(segment: Segment, segments: Segments): CompiledSegment {
  const { name, title } = segment;
  const query =
    'where' in segment ? compileQuery(segment.where, segments) : { predicate: listed(name), aggregates: [] };
  return { name, ...(title !== undefined && { title }), hash: hash(query), query };
}

function hasFiles(segment: Segment): segment is StaticSegment {
  return 'sources' in segment && segment.sources.length > 0;
}

function compileCampaign(
  campaign: Campaign,
  segments: Segments,
  prices: ReadonlyMap<string, number>,
): CompiledCampaign {
  const steps: StepRow[] = [];
  const moved = new Map(campaign.moved?.map(({ from, to }) => [to, from]));
  const first = flatten(campaign.steps, null, { campaign: campaign.name, segments, prices, moved, rows: steps });
  const body = {
    name: campaign.name,
    category: campaign.category,
    priority: campaign.priority,
    expires: campaign.expires,
    trigger: trigger(campaign.on, segments),
    ...(campaign.audience && { audience: compileQuery(campaign.audience, segments) }),
    exit: campaign.exit.map((exit) => match(exit, segments)),
    ...(campaign.goal && {
      goal: {
        ...match(campaign.goal, segments),
        within: campaign.goal.within,
        ...(campaign.goal.value && { value: compileQuery(campaign.goal.value, segments) }),
      },
    }),
    reenter: campaign.reenter,
    first,
    steps,
  };
  return {
    ...body,
    resumeWithin: campaign.resumeWithin,
    ...(campaign.title && { title: campaign.title }),
    ...(moved.size > 0 && { moved: Object.fromEntries(moved) }),
    hash: hash(body),
  };
}

function trigger(on: Trigger, segments: Segments): CompiledTrigger {
  if (on.kind === 'event') return { kind: 'event', ...match(on, segments), ...(on.restart && { restart: true }) };
  if (on.kind !== 'absence') return on;
  const { absent, after, ms } = on;
  const body = { since: match(after ?? absent, segments), ...(after && { absent: match(absent, segments) }), ms };
  return { kind: 'absence', ...body, hash: hash(body) };
}

function match({ event, when }: EventMatch, segments: Segments): CompiledMatch {
  return when ? { event, when: compileQuery(when, segments) } : { event };
}

import type { Campaign, EventMatch, Trigger } from '../../spec/model/campaign.ts';
import type { Model, Segment } from '../../spec/model/model.ts';
import { hash, hashed } from './hash.ts';
import type { CompiledCampaign, CompiledMatch, CompiledSegment, CompiledTrigger, Program, StepRow } from './program.ts';
import { compileQuery, type Segments } from './query.ts';
import { flatten } from './steps.ts';

/** Model → Program. Pure; equal Models give equal Programs, byte for byte. */
export function compile(model: Model): Program {
  const segments: Segments = new Map(model.segments.map((segment) => [segment.name, segment.where]));
  const body = {
    format: 1 as const,
    project: model.project,
    data: model.data,
    channels: model.channels.map(hashed),
    policies: hashed(model.policies),
    segments: model.segments.map((segment) => compileSegment(segment, segments)),
    campaigns: model.campaigns.map((campaign) => compileCampaign(campaign, segments)),
    templates: model.templates.map(hashed),
    partials: model.partials.map(hashed),
  };
  return { ...body, hash: hash(body) };
}

function compileSegment(segment: Segment, segments: Segments): CompiledSegment {
  const { where, ...rest } = segment;
  const query = compileQuery(where, segments);
  return { ...rest, hash: hash(query), query };
}

function compileCampaign(campaign: Campaign, segments: Segments): CompiledCampaign {
  const steps: StepRow[] = [];
  const first = flatten(campaign.steps, null, { campaign: campaign.name, segments, rows: steps });
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
  return { ...body, ...(campaign.title && { title: campaign.title }), hash: hash(body) };
}

function trigger(on: Trigger, segments: Segments): CompiledTrigger {
  return on.kind === 'event' ? { kind: 'event', ...match(on, segments) } : on;
}

function match({ event, when }: EventMatch, segments: Segments): CompiledMatch {
  return when ? { event, when: compileQuery(when, segments) } : { event };
}

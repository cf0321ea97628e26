import type { Campaign, Step } from '../../spec/model/campaign.ts';
import type { DataModel, Source } from '../../spec/model/data.ts';
import type { Model, Segment, StaticSegment } from '../../spec/model/model.ts';
import { hash, hashed, programHash } from '../program/hash.ts';
import type { CompiledCampaign, CompiledSegment, Next, Program, StepRow } from '../program/program.ts';
import { byName, compileMatch, compileQuery, listed, type Segments } from '../program/query.ts';
import { versionOf } from '../program/version.ts';
import { stepCompilers } from '../tick/steps/index.ts';
import type { Compiling, StepCompiler } from '../tick/steps/step.ts';
import { triggerKind } from '../tick/triggers/index.ts';

/** Model → Program. Pure; equal Models give equal Programs, byte for byte. */
export function compile(model: Model): Program {
  const segments = byName(model.segments);
  const prices = new Map(model.channels.map((channel) => [channel.name, channel.price]));
  const body = {
    format: 3 as const,
    project: model.project,
    data: runData(model.data),
    variables: model.variables,
    channels: model.channels.map(hashed),
    policies: hashed(model.policies),
    holdouts: model.holdouts.map(hashed),
    segments: model.segments.map((segment) => compileSegment(segment, segments)),
    lists: model.segments.filter(hasFiles).map(({ name, sources }) => hashed({ name, sources: sources.map(filled) })),
    campaigns: model.campaigns.map((campaign) => compileCampaign(campaign, segments, prices)),
    templates: model.templates.map(hashed),
    partials: model.partials.map(hashed),
  };
  return { ...body, hash: programHash(body) };
}

function runData({ customers, events, consent, feedback, suppressions, ...more }: DataModel): DataModel {
  return {
    customers: { ...customers, sources: customers.sources.map(filled) },
    events: events.map((event) => ({ ...event, sources: event.sources.map(filled) })),
    consent: consent.map(filled),
    feedback: feedback.map(filled),
    suppressions: suppressions.map(filled),
    ...more,
  };
}

/** Returns a source without its declaration, which a preset has filled in. */
function filled({ declared: _, ...source }: Source): Source {
  return source;
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
  const moved = new Map(campaign.moved?.map(({ from, to }) => [to, from]));
  const { first, steps } = compileSteps(campaign.steps, { campaign: campaign.name, segments, prices, moved });
  const compiled = {
    name: campaign.name,
    category: campaign.category,
    priority: campaign.priority,
    expires: campaign.expires,
    trigger: triggerKind(campaign.on).compile(campaign.on, segments),
    ...(campaign.audience && { audience: compileQuery(campaign.audience, segments) }),
    exit: campaign.exit.map((exit) => compileMatch(exit, segments)),
    ...(campaign.goal && {
      goal: {
        ...compileMatch(campaign.goal, segments),
        within: campaign.goal.within,
        ...(campaign.goal.value && { value: compileQuery(campaign.goal.value, segments) }),
      },
    }),
    reenter: campaign.reenter,
    first,
    steps,
    resumeWithin: campaign.resumeWithin,
    ...(campaign.rollout && { rollout: campaign.rollout }),
    ...(campaign.changeRollout && { changeRollout: campaign.changeRollout }),
    ...(campaign.guardrails && { guardrails: campaign.guardrails }),
    ...(campaign.inFlight && { inFlight: campaign.inFlight }),
    ...(campaign.title && { title: campaign.title }),
    ...(moved.size > 0 && { moved: Object.fromEntries(moved) }),
  };
  return { ...compiled, hash: versionOf(compiled) };
}

/** Compiles nested steps to rows linked by id, from the last to the first. */
function compileSteps(steps: Step[], about: Omit<Compiling, 'flatten' | 'add'>): { first: Next; steps: StepRow[] } {
  const rows: StepRow[] = [];
  const compiling: Compiling = {
    ...about,
    add: (...more) => rows.unshift(...more),
    flatten: (branch, after) =>
      branch.reduceRight((next: Next, step) => {
        const { compile }: StepCompiler<Step['kind']> = stepCompilers[step.kind];
        return compile(step, next, compiling);
      }, after),
  };
  return { first: compiling.flatten(steps, null), steps: rows };
}

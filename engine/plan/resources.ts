import { percent } from '../../spec/words/printing.ts';
import { hash } from '../program/hash.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import { campaignFacets, segmentsOf } from './campaign-facets.ts';
import type { ResourceKind } from './change.ts';
import { conditionReader } from './conditions.ts';
import { type Facet, facet } from './facets.ts';
import {
  channelFacets,
  fieldFacets,
  holdoutFacets,
  policyFacets,
  projectFacets,
  sourceFacets,
  templateFacets,
  variableFacets,
} from './other-facets.ts';

/** One thing that a plan can create, change or remove. */
export interface Resource {
  address: string;
  kind: ResourceKind;
  name: string;
  title?: string;
  /** The hash differs where anything does. */
  hash: string;
  facets: Facet[];
  /** Addresses of the resources that this one names. */
  uses: string[];
  campaign?: CompiledCampaign;
}

/** Everything a Program consists of: nothing of it is in no resource. */
export function resourcesOf(program: Program): Resource[] {
  return [
    ...settings(program),
    ...data(program),
    ...segments(program),
    ...channels(program),
    ...texts(program),
    ...campaigns(program),
  ];
}

function settings({ project, policies, variables, holdouts }: Program): Resource[] {
  const { hash: policyHash, ...rules } = policies;
  const facets = policyFacets(rules);
  const values = variableFacets(variables);
  return [
    resource('project', 'project', project.name, hash(project), projectFacets(project)),
    ...(facets.length > 0 ? [resource('policies', 'policies', 'policies', policyHash, facets)] : []),
    ...(values.length > 0 ? [resource('variables', 'variables', 'variables', hash(variables), values)] : []),
    ...holdouts.map((one) => resource(`holdout.${one.name}`, 'holdout', one.name, one.hash, holdoutFacets(one))),
  ];
}

function data({ data }: Program): Resource[] {
  const { customers, events, consent, feedback, suppressions, tolerance } = data;
  const lists = Object.entries({ consent, feedback, suppressions }).filter(([, sources]) => sources.length > 0);
  return [
    resource('data.customers', 'data', 'customers', hash(customers), [
      ...sourceFacets(customers.sources),
      ...facet('complete', customers.complete && 'true'),
      ...Object.entries(customers.consent ?? {}).flatMap(([channel, { column, at, refusal }]) =>
        facet(
          `consent.${channel}`,
          [
            column,
            ...(at === undefined ? [] : [`since ${at}`]),
            ...(refusal === undefined ? [] : [`unless ${refusal}`]),
          ].join(', '),
        ),
      ),
      ...fieldFacets('attributes', customers.attributes),
    ]),
    ...events.map((event) => ({
      ...resource(`event.${event.name}`, 'event', event.name, hash(event), [
        ...facet('title', event.title),
        ...sourceFacets(event.sources),
        ...fieldFacets('fields', event.fields),
      ]),
      ...(event.title !== undefined && { title: event.title }),
    })),
    ...lists.map(([name, sources]) => resource(`data.${name}`, 'data', name, hash(sources), sourceFacets(sources))),
    ...(tolerance === undefined
      ? []
      : [resource('data.tolerance', 'data', 'tolerance', hash(tolerance), facet('share', percent(tolerance)))]),
  ];
}

function segments(program: Program): Resource[] {
  const read = conditionReader(program.segments);
  return program.segments.map((segment) => {
    const where = read(segment.query, segment.name);
    const { name, title } = segment;
    const listed = segment.query.predicate.kind === 'listed' && segment.query.predicate.segment === name;
    const list = program.lists.find((one) => one.name === name);
    const meaning = listed ? facet('static', 'a list') : facet('where', where.text, segment.hash);
    const facets = [...facet('title', title), ...meaning, ...(list ? sourceFacets(list.sources) : [])];
    return {
      ...resource(`segment.${name}`, 'segment', name, hash([segment.hash, title, list?.hash]), facets),
      uses: where.segments.map((used) => `segment.${used}`),
      ...(title !== undefined && { title }),
    };
  });
}

function channels(program: Program): Resource[] {
  return program.channels.map((channel) =>
    resource(`channel.${channel.name}`, 'channel', channel.name, channel.hash, channelFacets(channel)),
  );
}

function texts({ templates, partials }: Program): Resource[] {
  return [
    ...templates.map((template) => ({
      ...resource(
        `template.${template.name}.${template.channel}`,
        'template',
        `${template.name}.${template.channel}`,
        template.hash,
        templateFacets(template),
      ),
      uses: piecesIn(template.variants.map((variant) => variant.body)),
    })),
    ...partials.map((partial) => ({
      ...resource(`partial.${partial.name}`, 'partial', partial.name, partial.hash, [
        ...facet('path', partial.path),
        ...facet('body', partial.body),
      ]),
      uses: piecesIn([partial.body]),
    })),
  ];
}

/** Templates name their pieces outright, never by an expression, so their text tells. */
function piecesIn(bodies: string[]): string[] {
  const names = bodies.flatMap((body) =>
    [...body.matchAll(/\{\{~?#?>\s*["[]?([\w./-]+)/g)].map((match) => match[1] ?? ''),
  );
  return [...new Set(names)].map((name) => `partial.${name}`);
}

function campaigns(program: Program): Resource[] {
  const read = conditionReader(program.segments);
  const kinds = new Map(program.channels.map((channel) => [channel.name, channel.kind]));
  return program.campaigns.map((campaign) => {
    const { name, title, resumeWithin } = campaign;
    const templates = campaign.steps.flatMap((step) =>
      step.kind === 'send' && kinds.get(step.channel) !== 'webhook'
        ? [`template.${step.template}.${kinds.get(step.channel) ?? step.channel}`]
        : [],
    );
    const ways = campaign.steps.flatMap((step) => (step.kind === 'send' ? [`channel.${step.channel}`] : []));
    return {
      ...resource(
        `campaign.${name}`,
        'campaign',
        name,
        hash([campaign.hash, title, resumeWithin]),
        campaignFacets(campaign, read, kinds),
      ),
      uses: [...segmentsOf(campaign, read).map((used) => `segment.${used}`), ...new Set([...templates, ...ways])],
      campaign,
      ...(title !== undefined && { title }),
    };
  });
}

function resource(address: string, kind: ResourceKind, name: string, hash: string, facets: Facet[]): Resource {
  return { address, kind, name, hash, facets, uses: [] };
}

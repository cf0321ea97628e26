import { buildCampaigns } from './constructs/campaigns.ts';
import { kindOfChannel } from './constructs/channels/channels.ts';
import { channelsIn } from './constructs/channels/places.ts';
import { type Contents, collect } from './constructs/contents.ts';
import { type Context, checkConsentChannels } from './constructs/context.ts';
import { buildData } from './constructs/data.ts';
import { createDoubt } from './constructs/doubt.ts';
import { buildHoldouts } from './constructs/holdouts.ts';
import { buildPolicies } from './constructs/policies.ts';
import { buildProject, checkEngagement } from './constructs/project.ts';
import { buildRfm } from './constructs/rfm.ts';
import { buildSegments, isStatic } from './constructs/segments.ts';
import { buildCascades } from './constructs/steps/cascades.ts';
import { buildTests } from './constructs/tests/tests.ts';
import { checkVariables, valuesOf } from './constructs/variables.ts';
import { isLintRule, lintRules } from './diagnostics/codes.ts';
import type { Diagnostic, SourceFile } from './diagnostics/diagnostic.ts';
import { createReport } from './diagnostics/report.ts';
import { distinct, short } from './diagnostics/sorting.ts';
import { storeOf } from './document/environment.ts';
import { readFiles } from './files.ts';
import type { Model, Origins } from './model/model.ts';
import { readTemplates } from './template/read.ts';

export interface Loaded {
  /** Present when there is no error; there may be warnings. */
  model?: Model;
  /** The origins of everything that could be read, also where there are errors. */
  origins: Origins;
  /** The contents of the files as they are written, with their places. */
  contents: Contents;
  /** The diagnostics by file and position, each once. */
  diagnostics: Diagnostic[];
}

/**
 * Reads, checks and links a project. `files`: crm.yaml, every `*.crm.yaml` and `*.crm`, `environments/*.yaml`, and what is under
 * `templates/`. `environment`: the one that is chosen; absent: variables, channels and the store are as the project has them. All mistakes are reported together; what only
 * follows from another mistake is not.
 */
export function loadProject(files: SourceFile[], environment?: string): Loaded {
  const report = createReport();
  const { structured, unreadable, environments, chosen, variables } = readFiles(files, report, environment);
  const contents = collect(structured, report);
  const doubt = createDoubt(unreadable, report);
  const store = environment !== undefined && chosen && storeOf(environment, chosen.value);
  const project = buildProject(contents.project, report, typeof store === 'string' ? store : undefined);
  const data = buildData(contents, report, doubt);
  const texts = readTemplates(files);
  report.diagnostics.push(...texts.diagnostics);
  const context: Context = {
    report,
    doubt,
    origins: { ...originsOf(contents), ...texts.origins },
    data,
    segments: contents.segments.map(({ name }) => name),
    lists: new Set(contents.segments.filter(isStatic).map(({ name }) => name)),
    channels: new Map(contents.channels.map((entry) => [entry.name, kindOfChannel(entry)])),
    cascades: new Map(),
    campaigns: contents.campaigns.map(({ name }) => name),
    variables,
    ...(project && { locale: project.locale, currency: project.currency }),
    files,
    templates: texts.templates,
    partials: texts.partials,
  };
  checkVariables(contents.variables, environments, context);
  checkConsentChannels(contents, context);
  const rfm = buildRfm(contents.rfm, context);
  if (rfm) context.rfm = rfm;
  checkEngagement(contents.project, context);
  const channels = channelsIn(contents.channels, environments, chosen, environment, context);
  const policies = buildPolicies(contents, context);
  const segments = buildSegments(contents.segments, context);
  const cascades = buildCascades(contents.cascades, context);
  const campaigns = buildCampaigns(contents.campaigns, context);
  const holdouts = buildHoldouts(contents, context);
  const tests = buildTests(contents, campaigns, context);
  const { templates, partials } = texts;
  const diagnostics = distinct(report.diagnostics).map(short);
  const wrong = !project || diagnostics.some(({ severity }) => severity === 'error');
  const model = wrong
    ? undefined
    : {
        project,
        data,
        ...(rfm && { rfm }),
        variables: valuesOf(contents.variables, variables),
        segments,
        campaigns,
        cascades,
        channels,
        policies,
        holdouts,
        tests,
        templates,
        partials,
        ...lintOf(contents.project),
      };
  return { ...(model && { model }), origins: context.origins, contents, diagnostics };
}

/** Returns the severities that the project sets, in the order of the rules, in which they are printed. */
function lintOf(project: Contents['project']): Pick<Model, 'lint'> {
  const written = project?.value?.lint ?? {};
  const said = Object.keys(lintRules).filter(isLintRule);
  const lint = said.flatMap((rule) => (written[rule] === undefined ? [] : [[rule, written[rule]]]));
  return lint.length > 0 ? { lint: Object.fromEntries(lint) } : {};
}

function originsOf(contents: Contents): Origins {
  const groups = {
    attribute: contents.attributes,
    event: contents.events,
    segment: contents.segments,
    channel: contents.channels,
    cap: contents.caps,
    cascade: contents.cascades,
    campaign: contents.campaigns,
    variable: contents.variables,
    holdout: contents.holdouts,
    test: contents.tests,
  };
  const origins: Origins = {};
  for (const [kind, entries] of Object.entries(groups)) {
    for (const { name, place } of entries) origins[`${kind}.${name}`] = place.key;
  }
  if (contents.project) origins.project = contents.project.place.key;
  if (contents.quietHours) origins['policy.quiet_hours'] = contents.quietHours.place.key;
  if (contents.guards) origins['policy.guards'] = contents.guards.place.key;
  if (contents.approvals) origins['policy.approvals'] = contents.approvals.place.key;
  const { customers, consent, feedback, suppressions } = contents;
  for (const [name, entry] of Object.entries({ customers, consent, feedback, suppressions }))
    if (entry) origins[`data.${name}`] = entry.place.key;
  return origins;
}

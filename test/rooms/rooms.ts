/** A folder of the product, and what it may import: the rooms on the floors below it, each by name. */
export interface Room {
  /** From the root; files of a root of rooms (`spec`, `engine`) that are in no room of their own belong to it. */
  folder: string;
  is: string;
  imports: readonly string[];
  /** Imported for their types alone. */
  types?: readonly string[];
}

const language = ['spec/words', 'spec/diagnostics', 'spec/model', 'spec/document'];

/** From the ground floor up. A room imports only rooms before it in this list, so there are no circles. */
export const rooms: readonly Room[] = [
  {
    folder: 'spec/words',
    is: 'texts in two languages, names, suggestions, durations, schedules, literals',
    imports: [],
  },
  { folder: 'spec/russian', is: 'the Russian texts of the language', imports: ['spec/words'] },
  {
    folder: 'spec/diagnostics',
    is: 'findings, their codes and explanations',
    imports: ['spec/words'],
  },
  {
    folder: 'spec/model',
    is: 'the checked Model, as types; the tables of channel kinds, transports, statuses and reasons',
    imports: ['spec/words'],
    types: ['spec/diagnostics'],
  },
  {
    folder: 'spec/document',
    is: 'files as trees that follow the schema, and where each value stands',
    imports: ['spec/words', 'spec/diagnostics'],
    types: ['spec/model'],
  },
  {
    folder: 'spec/expression',
    is: 'conditions and values: text → syntax → checked expression → text',
    imports: ['spec/words', 'spec/diagnostics', 'spec/model'],
    types: ['spec/document'],
  },
  {
    folder: 'spec/yaml',
    is: 'YAML → document → YAML',
    imports: ['spec/words', 'spec/diagnostics', 'spec/document', 'spec/expression'],
  },
  { folder: 'spec/template', is: 'Handlebars templates, checked', imports: [...language, 'spec/yaml'] },
  { folder: 'spec/presets', is: 'sources of well-known shops', imports: [...language] },
  {
    folder: 'spec/constructs',
    is: 'each construct of the language: document → Model → document',
    imports: [...language, 'spec/expression', 'spec/template', 'spec/presets'],
  },
  {
    folder: 'spec/dsl',
    is: 'the DSL → document → the DSL, by one table',
    imports: ['spec/words', 'spec/diagnostics', 'spec/document', 'spec/expression', 'spec/yaml', 'spec/constructs'],
  },
  {
    folder: 'spec/lint',
    is: 'what is right, but hardly meant',
    imports: [...language, 'spec/expression', 'spec/template', 'spec/constructs'],
  },
  {
    folder: 'spec/names',
    is: 'the names in files, for editors',
    imports: [...language, 'spec/expression', 'spec/dsl', 'spec/template'],
  },
  {
    folder: 'spec',
    is: 'the entrance: load, format, convert',
    imports: [
      ...language,
      'spec/expression',
      'spec/yaml',
      'spec/dsl',
      'spec/template',
      'spec/presets',
      'spec/constructs',
      'spec/lint',
    ],
  },
  { folder: 'engine', is: 'errors of users, and the clock as a type', imports: ['spec/words'] },
  {
    folder: 'engine/program',
    is: 'the Program: its types, queries, hashes, and facts about it; pure',
    imports: ['spec/expression', 'spec/model'],
    types: ['spec/constructs'],
  },
  {
    folder: 'engine/graph',
    is: 'journeys as nodes and edges, as Mermaid and SVG; pure',
    imports: ['spec/words', 'spec/expression', 'spec/model', 'spec/constructs'],
  },
  {
    folder: 'engine/metrics/stats',
    is: 'statistics: estimates with their intervals, experiments, models of purchases; pure',
    imports: [],
  },
  {
    folder: 'engine/store',
    is: 'tables, dialects, SQL of conditions, the embedded store and how it is shared',
    imports: ['engine', 'engine/program', 'spec/words', 'spec/expression', 'spec/model'],
  },
  {
    folder: 'engine/data',
    is: 'data files → typed rows → inboxes; drafts of declarations',
    imports: ['engine', 'engine/program', 'engine/store', 'spec/words', 'spec/model', 'spec/presets'],
    types: ['spec/document', 'spec'],
  },
  {
    folder: 'engine/metrics',
    is: 'what campaigns did and how the shop does: figures of what ran, their rates and intervals',
    imports: ['engine/metrics/stats', 'engine/program', 'engine/store', 'spec/model'],
  },
  {
    folder: 'engine/consent',
    is: 'who may be messaged: consent, suppression, erasure',
    imports: ['engine/program', 'engine/store', 'engine/data'],
    types: ['spec/model'],
  },
  {
    folder: 'engine/tick',
    is: 'the phases of one tick',
    imports: ['engine/program', 'engine/store', 'engine/data', 'engine/consent', 'spec/words', 'spec/model'],
  },
  {
    folder: 'engine/delivery',
    is: 'from the outbox to the carriers: last gates, rendering, what became of each message',
    imports: [
      'engine',
      'engine/program',
      'engine/store',
      'engine/consent',
      'spec/words',
      'spec/model',
      'spec/template',
    ],
  },
  {
    folder: 'engine/compile',
    is: 'Model → Program; pure',
    imports: ['engine/program', 'engine/tick'],
    types: ['spec/model'],
  },
  {
    folder: 'engine/document',
    is: 'the document beside a Program, with the ids that its steps have there',
    imports: ['engine/program', 'engine/store', 'engine/compile', 'spec', 'spec/document', 'spec/constructs'],
    types: ['spec/model', 'spec/diagnostics'],
  },
  {
    folder: 'engine/deploy',
    is: 'a Program put into a store',
    imports: ['engine', 'engine/program', 'engine/store', 'engine/tick', 'spec/words', 'spec/constructs'],
    types: ['spec/diagnostics'],
  },
  {
    folder: 'engine/worker',
    is: 'the loop of `crm run`, leases; the only room that knows of several processes',
    imports: [
      'engine',
      'engine/program',
      'engine/store',
      'engine/deploy',
      'engine/data',
      'engine/tick',
      'engine/delivery',
      'spec/words',
    ],
    types: ['spec/model'],
  },
  {
    folder: 'engine/dry-run',
    is: 'the virtual clock: simulation and tests of campaigns',
    imports: [
      'engine/program',
      'engine/store',
      'engine/deploy',
      'engine/data',
      'engine/consent',
      'engine/tick',
      'engine/delivery',
      'spec/words',
    ],
    types: ['spec/model'],
  },
  {
    folder: 'engine/report',
    is: 'what happened: status, summaries, stories',
    imports: [
      'engine/program',
      'engine/store',
      'engine/metrics',
      'engine/deploy',
      'engine/data',
      'engine/consent',
      'engine/tick',
      'engine/delivery',
      'spec/words',
      'spec/constructs',
      'spec/model',
    ],
  },
  {
    folder: 'engine/inspect',
    is: 'previews, checks of data, questions about customers, segments and audiences',
    imports: [
      'engine/program',
      'engine/store',
      'engine/document',
      'engine/deploy',
      'engine/data',
      'engine/consent',
      'engine/tick',
      'engine/delivery',
      'engine/report',
      'spec',
      'spec/words',
      'spec/document',
      'spec/model',
      'spec/expression',
    ],
  },
  {
    folder: 'engine/plan',
    is: 'what an apply would change and send',
    imports: [
      'engine',
      'engine/program',
      'engine/metrics/stats',
      'engine/store',
      'engine/compile',
      'engine/document',
      'engine/deploy',
      'engine/data',
      'engine/tick',
      'engine/dry-run',
      'engine/delivery',
      'engine/inspect',
      'spec',
      'spec/words',
      'spec/document',
      'spec/model',
      'spec/lint',
    ],
    types: ['spec/diagnostics'],
  },
  { folder: 'engine/russian', is: 'the Russian texts of the engine', imports: ['spec/words', 'spec/russian'] },
];

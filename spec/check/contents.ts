import type { Range } from '../diagnostic.ts';
import type {
  Campaign,
  Cap,
  Channel,
  ColumnConsents,
  CrmFile,
  Event,
  Field,
  Holdout,
  NamedCascade,
  Project,
  QuietHours,
  Rfm,
  Segment,
  Sources,
  Stream,
  Test,
  Variable,
} from '../source/document.generated.ts';
import type { StructuredFile } from '../source/files.ts';
import type { Loose } from '../source/loose.ts';
import type { Place } from '../source/place.ts';
import type { Report } from '../source/report.ts';

/** A resource as written; `value` is absent where nothing of it was usable. */
export interface Entry<T> {
  name: string;
  value: Loose<T> | undefined;
  place: Place;
}

/** Everything the files say, whichever file says it, in the order of their names. */
export interface Contents {
  project?: Entry<Project>;
  customers?: Entry<Sources>;
  complete?: Entry<boolean>;
  columnConsents?: Entry<ColumnConsents>;
  attributes: Entry<Field>[];
  events: Entry<Event>[];
  consent?: Entry<Stream>;
  feedback?: Entry<Stream>;
  suppressions?: Entry<Stream>;
  tolerance?: Entry<string>;
  rfm?: Entry<Rfm>;
  segments: Entry<Segment>[];
  channels: Entry<Channel>[];
  quietHours?: Entry<QuietHours>;
  caps: Entry<Cap>[];
  cascades: Entry<NamedCascade>[];
  campaigns: Entry<Campaign>[];
  variables: Entry<Variable>[];
  holdouts: Entry<Holdout>[];
  tests: Entry<Test>[];
}

/** Brings the files together. A resource that stands twice is reported, and the first one is kept. */
export function collect(files: StructuredFile[], report: Report): Contents {
  const firsts: Firsts = new Map();
  function named<T>(
    what: string,
    section: (file: Loose<CrmFile>) => NamedMap<T> | undefined,
    path: string[],
  ): Entry<T>[] {
    const entries: Entry<T>[] = [];
    for (const { value, place } of files) {
      for (const [name, resource] of Object.entries(section(value) ?? {})) {
        const entry = { name, value: resource, place: place.at(...path, name) };
        if (isFirst(firsts, what, entry, report)) entries.push(entry);
      }
    }
    return entries;
  }
  function single<T>(what: string, part: (file: Loose<CrmFile>) => Loose<T> | undefined, path: string[]) {
    const entries: Entry<T>[] = [];
    for (const { value, place } of files) {
      const found = part(value);
      if (found === undefined) continue;
      const entry = { name: path.at(-1) ?? '', value: found, place: place.at(...path) };
      if (isFirst(firsts, what, entry, report)) entries.push(entry);
    }
    return entries[0];
  }
  return {
    project: single<Project>('the project', (file) => file.project, ['project']),
    customers: single<Sources>('the source of customers', (file) => file.data?.customers?.from, [
      'data',
      'customers',
      'from',
    ]),
    columnConsents: single<ColumnConsents>('the columns of consent', (file) => file.data?.customers?.consent, [
      'data',
      'customers',
      'consent',
    ]),
    complete: single<boolean>('the completeness of customers', (file) => file.data?.customers?.complete, [
      'data',
      'customers',
      'complete',
    ]),
    attributes: named<Field>('an attribute', (file) => file.data?.customers?.attributes, [
      'data',
      'customers',
      'attributes',
    ]),
    events: byName(named<Event>('an event', (file) => file.data?.events, ['data', 'events'])),
    consent: single<Stream>('the source of consent', (file) => file.data?.consent, ['data', 'consent']),
    feedback: single<Stream>('the source of feedback', (file) => file.data?.feedback, ['data', 'feedback']),
    suppressions: single<Stream>('the source of suppressions', (file) => file.data?.suppressions, [
      'data',
      'suppressions',
    ]),
    tolerance: single<string>('the tolerance', (file) => file.data?.tolerance, ['data', 'tolerance']),
    rfm: single<Rfm>('the RFM scores', (file) => file.data?.rfm, ['data', 'rfm']),
    segments: byName(named<Segment>('a segment', (file) => file.segments, ['segments'])),
    channels: byName(named<Channel>('a channel', (file) => file.channels, ['channels'])),
    quietHours: single<QuietHours>('the quiet hours', (file) => file.policies?.quiet_hours, [
      'policies',
      'quiet_hours',
    ]),
    caps: byName(named<Cap>('a cap', (file) => file.policies?.caps, ['policies', 'caps'])),
    cascades: byName(named<NamedCascade>('a cascade', (file) => file.cascades, ['cascades'])),
    campaigns: byName(named<Campaign>('a campaign', (file) => file.campaigns, ['campaigns'])),
    variables: byName(named<Variable>('a variable', (file) => file.variables, ['variables'])),
    holdouts: byName(named<Holdout>('a hold-out', (file) => file.holdouts, ['holdouts'])),
    tests: byName(named<Test>('a test', (file) => file.tests, ['tests'])),
  };
}

type NamedMap<T> = { [name: string]: Loose<T> | undefined };

/** Models of equal meaning are equal, however their files are cut. */
function byName<T>(entries: Entry<T>[]): Entry<T>[] {
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

type Firsts = Map<string, { name: string; range: Range }>;

function isFirst(firsts: Firsts, what: string, { name, place }: Entry<unknown>, report: Report): boolean {
  // Databases do not tell column and table names apart by case.
  const key = `${what} ${name.toLowerCase()}`;
  const range = place.key;
  const first = firsts.get(key);
  if (!first) {
    firsts.set(key, { name, range });
    return true;
  }
  const message = what.startsWith('the ')
    ? `${what} may be written only once`
    : `${what} named \`${name}\` exists already`;
  const where = `The first one stands in ${first.range.file}, line ${first.range.start.line}`;
  const help = first.name === name ? `${where}.` : `${where}; names that differ in case only are the same.`;
  report.error('CRM4001', range, message.charAt(0).toUpperCase() + message.slice(1), help);
  return false;
}

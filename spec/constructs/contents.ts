import type { Range } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';
import type {
  Approvals,
  Campaign,
  Cap,
  Channel,
  ColumnConsents,
  CrmFile,
  Event,
  Field,
  Guards,
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
} from '../document/document.generated.ts';
import type { Loose } from '../document/loose.ts';
import type { Place } from '../document/place.ts';
import type { StructuredFile } from '../document/structured-file.ts';
import { t } from '../words/t.ts';

/** A resource as written; `value` is absent where nothing of it was usable. */
export interface Entry<T> {
  name: string;
  value: Loose<T> | undefined;
  place: Place;
}

/** The contents of all files together, in the order of their names. */
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
  guards?: Entry<Guards>;
  approvals?: Entry<Approvals>;
  cascades: Entry<NamedCascade>[];
  campaigns: Entry<Campaign>[];
  variables: Entry<Variable>[];
  holdouts: Entry<Holdout>[];
  tests: Entry<Test>[];
}

/** Brings the files together. A resource that is declared twice is reported, and the first one is kept. */
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
        const taken = () => t`${what} named \`${name}\` exists already`;
        if (isFirst(firsts, [...path, name].join('.'), taken, entry, report)) entries.push(entry);
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
      if (isFirst(firsts, path.join('.'), () => t`${what} may be written only once`, entry, report))
        entries.push(entry);
    }
    return entries[0];
  }
  return {
    project: single<Project>(t`The project`, (file) => file.project, ['project']),
    customers: single<Sources>(t`The source of customers`, (file) => file.data?.customers?.from, [
      'data',
      'customers',
      'from',
    ]),
    columnConsents: single<ColumnConsents>(t`The columns of consent`, (file) => file.data?.customers?.consent, [
      'data',
      'customers',
      'consent',
    ]),
    complete: single<boolean>(t`The completeness of customers`, (file) => file.data?.customers?.complete, [
      'data',
      'customers',
      'complete',
    ]),
    attributes: named<Field>(t`An attribute`, (file) => file.data?.customers?.attributes, [
      'data',
      'customers',
      'attributes',
    ]),
    events: byName(named<Event>(t`An event`, (file) => file.data?.events, ['data', 'events'])),
    consent: single<Stream>(t`The source of consent`, (file) => file.data?.consent, ['data', 'consent']),
    feedback: single<Stream>(t`The source of feedback`, (file) => file.data?.feedback, ['data', 'feedback']),
    suppressions: single<Stream>(t`The source of suppressions`, (file) => file.data?.suppressions, [
      'data',
      'suppressions',
    ]),
    tolerance: single<string>(t`The tolerance`, (file) => file.data?.tolerance, ['data', 'tolerance']),
    rfm: single<Rfm>(t`The RFM scores`, (file) => file.data?.rfm, ['data', 'rfm']),
    segments: byName(named<Segment>(t`A segment`, (file) => file.segments, ['segments'])),
    channels: byName(named<Channel>(t`A channel`, (file) => file.channels, ['channels'])),
    quietHours: single<QuietHours>(t`The quiet hours`, (file) => file.policies?.quiet_hours, [
      'policies',
      'quiet_hours',
    ]),
    caps: byName(named<Cap>(t`A cap`, (file) => file.policies?.caps, ['policies', 'caps'])),
    guards: single<Guards>(t`The guards`, (file) => file.policies?.guards, ['policies', 'guards']),
    approvals: single<Approvals>(t`The approvals`, (file) => file.policies?.approvals, ['policies', 'approvals']),
    cascades: byName(named<NamedCascade>(t`A cascade`, (file) => file.cascades, ['cascades'])),
    campaigns: byName(named<Campaign>(t`A campaign`, (file) => file.campaigns, ['campaigns'])),
    variables: byName(named<Variable>(t`A variable`, (file) => file.variables, ['variables'])),
    holdouts: byName(named<Holdout>(t`A hold-out`, (file) => file.holdouts, ['holdouts'])),
    tests: byName(named<Test>(t`A test`, (file) => file.tests, ['tests'])),
  };
}

type NamedMap<T> = { [name: string]: Loose<T> | undefined };

/** Models of equal meaning are equal, however their files are cut. */
function byName<T>(entries: Entry<T>[]): Entry<T>[] {
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

type Firsts = Map<string, { name: string; range: Range }>;

/** `path`: of the resource in a file; `taken`: what is wrong where another one is there. */
function isFirst(
  firsts: Firsts,
  path: string,
  taken: () => string,
  { name, place }: Entry<unknown>,
  report: Report,
): boolean {
  // Databases do not distinguish column and table names by case.
  const key = path.toLowerCase();
  const range = place.key;
  const first = firsts.get(key);
  if (!first) {
    firsts.set(key, { name, range });
    return true;
  }
  const { file, start } = first.range;
  const help =
    first.name === name
      ? t`The first one stands in ${file}, line ${String(start.line)}.`
      : t`The first one stands in ${file}, line ${String(start.line)}; names that differ in case only are the same.`;
  report.error('CRM4001', range, taken(), help);
  return false;
}

/** Returns what is written of each of a list, by name. */
export function named<T extends { name: string }, W>(list: T[], write: (one: T) => W): Record<string, W> {
  return Object.fromEntries(list.map((one) => [one.name, write(one)]));
}

import type { Declarations } from '../../spec/declare.ts';
import type { CustomerData, Field, Source } from '../../spec/model/data.ts';
import type { Model } from '../../spec/model/model.ts';
import { type Checked, checkCustomers, checkOther, type Reading } from './check.ts';
import { type FileGuess, guessFiles, type Known, type Wishes } from './guess.ts';
import { type Look, lookAt } from './look.ts';

/** What an import would declare, and what would be lost. */
export interface Proposal {
  files: ImportedFile[];
  /** Files that are not imported, and why. */
  left: { path: string; why: string }[];
  declarations: Declarations;
  /** Attributes, events and fields that no file gives any more. */
  ungiven: Ungiven[];
}

export interface ImportedFile extends FileGuess {
  checked: Checked;
}

export interface Ungiven {
  kind: 'attribute' | 'event' | 'field';
  name: string;
  /** The event of a field. */
  owner?: string;
}

export interface ImportOptions {
  root: string;
  /** The instant of the reading, epoch milliseconds. */
  at: number;
  wishes: Wishes;
  /** Sources of the project that are taken out, because their content is invented. */
  without: string[];
}

/** Looks at the files, guesses what they are, and reads them by the guess. `paths`: relative to the root. */
export async function proposeImport(paths: string[], model: Model, options: ImportOptions): Promise<Proposal> {
  const { root, at, wishes, without } = options;
  const { data, project } = model;
  const reading: Reading = { root, at, zone: project.timezone, channels: wordsOf(model) };
  const kept = (sources: Source[]) => sources.filter(({ path }) => !without.includes(path));
  const declared = new Set(
    sourcesOf(model)
      .map(({ path }) => path)
      .filter((path) => !without.includes(path)),
  );
  const left = paths
    .filter((path) => declared.has(path))
    .map((path) => ({ path, why: 'it is declared already, and that stays' }));
  const ids = new Set<string>();
  const own = { ...data.customers, sources: kept(data.customers.sources) };
  for (const source of own.sources)
    await checkCustomers({ path: source.path, source }, { ...own, attributes: [] }, reading, ids);
  const looks: Look[] = [];
  for (const path of paths) if (!declared.has(path)) looks.push(await lookAt(root, path));
  const { timezone: zone, currency, locale } = project;
  const known: Known = {
    zone,
    currency,
    locale,
    attributes: data.customers.attributes,
    events: data.events,
    customers: ids,
  };
  const guess = guessFiles(looks, wishes, known);
  const files = await checkAll(guess.files, data.customers, model, reading, new Set(ids));
  const declarations = declarationsOf(guess.files, model, without);
  const ungiven = without.length > 0 ? await ungivenAfter(root, guess.files, model, kept) : [];
  return { files, left: [...left, ...guess.left], declarations, ungiven };
}

async function checkAll(guesses: FileGuess[], own: CustomerData, { data }: Model, reading: Reading, ids: Set<string>) {
  const attributes = merged(
    own.attributes,
    guesses.filter(({ kind }) => kind === 'customers'),
  );
  const files: ImportedFile[] = [];
  for (const guess of guesses) {
    if (guess.kind === 'customers') {
      const consent = Object.keys(guess.consent).length > 0 ? { consent: guess.consent } : {};
      const checked = await checkCustomers(guess, { sources: [], attributes, ...consent }, reading, ids);
      files.push({ ...guess, checked });
    } else {
      const present = data.events.find(({ name }) => name === guess.event)?.fields ?? [];
      const alike = guesses.filter(({ kind, event }) => kind === 'events' && event === guess.event);
      files.push({ ...guess, checked: await checkOther(guess, merged(present, alike), reading, ids) });
    }
  }
  return files;
}

/** The declared fields, and those of the guesses that are not there yet. */
function merged(declared: Field[], guesses: FileGuess[]): Field[] {
  const all = [...declared];
  for (const { fields } of guesses)
    for (const field of fields) if (!all.some(({ name }) => name === field.name)) all.push(field);
  return all;
}

function declarationsOf(guesses: FileGuess[], { data }: Model, without: string[]): Declarations {
  const of = (kind: FileGuess['kind']) => guesses.filter((guess) => guess.kind === kind);
  const sources = (kind: FileGuess['kind']) => of(kind).map(({ source }) => source);
  const added = (declared: Field[], files: FileGuess[]) => merged(declared, files).slice(declared.length);
  const columnConsent: Declarations['columnConsent'] = {};
  for (const { consent } of of('customers')) {
    for (const [channel, column] of Object.entries(consent))
      if (!data.customers.consent?.[channel]) columnConsent[channel] ??= column;
  }
  const names = [...new Set(of('events').map(({ event }) => event ?? ''))];
  return {
    customers: sources('customers'),
    attributes: added(data.customers.attributes, of('customers')),
    columnConsent,
    events: names.map((name) => {
      const files = of('events').filter(({ event }) => event === name);
      const declared = data.events.find((event) => event.name === name)?.fields ?? [];
      return { name, sources: files.map(({ source }) => source), fields: added(declared, files) };
    }),
    consent: sources('consent'),
    suppressions: sources('suppressions'),
    without,
  };
}

async function ungivenAfter(
  root: string,
  guesses: FileGuess[],
  { data }: Model,
  kept: (sources: Source[]) => Source[],
): Promise<Ungiven[]> {
  const given = async (sources: Source[], files: FileGuess[]) => {
    const names = new Set(files.flatMap(({ fields }) => fields.map(({ name }) => name)));
    for (const source of kept(sources)) {
      for (const { name } of (await lookAt(root, source.path)).columns)
        for (const one of [source.rename[name] ?? name].flat()) names.add(one);
    }
    return names;
  };
  const attributes = await given(
    data.customers.sources,
    guesses.filter(({ kind }) => kind === 'customers'),
  );
  const found: Ungiven[] = data.customers.attributes
    .filter(({ name }) => !attributes.has(name))
    .map(({ name }) => ({ kind: 'attribute', name }));
  for (const { name: owner, sources, fields } of data.events) {
    if (sources.length === kept(sources).length) continue;
    const files = guesses.filter(({ event }) => event === owner);
    if (files.length === 0 && kept(sources).length === 0) found.push({ kind: 'event', name: owner });
    else {
      const there = await given(sources, files);
      found.push(
        ...fields.filter(({ name }) => !there.has(name)).map(({ name }): Ungiven => ({ kind: 'field', name, owner })),
      );
    }
  }
  return found;
}

function wordsOf({ channels }: Model): string[] {
  return [...new Set(['email', 'sms', 'push', 'messenger', ...channels.map(({ name }) => name)])];
}

/** Every source that the project declares under `data`. */
export function sourcesOf({ data }: Model): Source[] {
  const events = data.events.flatMap(({ sources }) => sources);
  return [...data.customers.sources, ...events, ...data.consent, ...data.suppressions, ...data.feedback];
}

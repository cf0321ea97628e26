import { posix, resolve } from 'node:path';
import type { Declarations } from '../../../spec/declare.ts';
import type { Field, Source } from '../../../spec/model/data.ts';
import type { Model } from '../../../spec/model/model.ts';
import { t } from '../../../spec/words/t.ts';
import type { Program } from '../../program/program.ts';
import { UserError } from '../../user-error.ts';
import { filesOf } from '../files/listing.ts';
import { fitting } from '../files/pattern.ts';
import { isSheet, sheetsWithRows } from '../files/workbook/workbook.ts';
import { customersOf, type Reading } from './check.ts';
import { type FileGuess, guessFiles, type Left, missingIn, type Wishes } from './guess.ts';
import { type Look, lookAt } from './look.ts';

/** The declarations that an import would write. */
export interface Proposal {
  files: FileGuess[];
  /** Files that are not imported, and why. */
  left: Left[];
  declarations: Declarations;
  /** Attributes, events and fields that no file gives any more. */
  ungiven: Ungiven[];
  /** The ids of the customers whom the files of the project name that stay. */
  customers: Set<string>;
}

export interface Ungiven {
  kind: 'attribute' | 'event' | 'field';
  name: string;
  /** The event of a field. */
  owner?: string;
}

export interface ImportOptions {
  /** The project as it is, compiled. */
  program: Program;
  reading: Reading;
  wishes: Wishes;
  /** The only sheets of workbooks that are wanted; none: all. */
  sheets: string[];
  /** Sources of the project that are taken out, because their content is invented. */
  without: string[];
}

/** Looks at the files, and guesses what they are. `paths`: relative to the root. */
export async function proposeImport(
  paths: string[],
  model: Model,
  { program, reading, wishes, without, sheets }: ImportOptions,
): Promise<Proposal> {
  const { data, project } = model;
  const { root } = reading;
  const kept = (sources: Source[]) => sources.filter(({ path }) => !without.includes(path));
  const declared = kept(sourcesOf(model));
  const left: Left[] = [];
  const customers = await customersOf(program, without, reading);
  const looks: Look[] = [];
  for (const path of paths) {
    for (const { sheet, first } of await sheetsOf(root, path, sheets)) {
      const own = { path, ...(sheet !== undefined && { sheet }) };
      if (isDeclared(own, first, declared)) left.push({ ...own, why: t`it is declared already, and that stays` });
      else looks.push(await lookAt(root, path, sheet));
    }
  }
  const { timezone: zone, currency, locale } = project;
  const { attributes } = data.customers;
  const { events } = data;
  const ungivenEvents = events.filter(({ sources }) => kept(sources).length === 0).map(({ name }) => name);
  const known = { zone, currency, locale, attributes, events, ungiven: ungivenEvents, customers };
  const guess = guessFiles(looks, wishes, known);
  const declarations = declarationsOf(guess.files, model, without);
  const ungiven = without.length > 0 ? await ungivenAfter(root, guess.files, model, kept) : [];
  return { files: guess.files, left: [...left, ...guess.left], declarations, ungiven, customers };
}

interface Part {
  /** Absent: the file is no workbook, or has one sheet. */
  sheet?: string;
  /** The sheet that is read where none is named. */
  first: boolean;
}

/** Returns the sheets of a workbook that have rows and are wanted; of another file, all of it. */
async function sheetsOf(root: string, path: string, wanted: string[]): Promise<Part[]> {
  if (!/\.xlsx$/i.test(path)) return [{ first: true }];
  // Looking at the file finds what is wrong with it.
  const all = await sheetsWithRows(resolve(root, path)).catch(() => []);
  const found = all.filter(({ name }) => wanted.length === 0 || wanted.some((one) => isSheet(one, name)));
  if (found.length === 0 && wanted.length > 0 && all.length > 0) {
    const list = all.map(({ name }) => t`"${name}"`).join(', ');
    throw new UserError(
      'wrong-call',
      t`${path} has no sheet with rows that is called as --sheet says.`,
      t`It has ${list}.`,
    );
  }
  if (all.length === 0 || (all.length === 1 && all[0]?.first)) return [{ first: true }];
  return found.map(({ name, first }) => ({ sheet: name, first }));
}

function isDeclared({ path, sheet }: { path: string; sheet?: string }, first: boolean, sources: Source[]): boolean {
  return sources.some((source) => {
    if (source.path !== path && !fitting(source.path)(posix.normalize(path))) return false;
    if (sheet === undefined) return true;
    return source.sheet === undefined ? first : isSheet(source.sheet, sheet);
  });
}

function declarationsOf(guesses: FileGuess[], { data }: Model, without: string[]): Declarations {
  const of = (kind: FileGuess['kind']) => guesses.filter((guess) => guess.kind === kind);
  const sources = (kind: FileGuess['kind']) => of(kind).map(({ source }) => source);
  const added = (declared: Field[], files: FileGuess[]) => {
    const all: Field[] = [];
    for (const { fields } of files) all.push(...missingIn([...declared, ...all], fields));
    return all;
  };
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
      const [first = source.path] = (await filesOf(root, source.path).catch(() => undefined)) ?? [];
      for (const { name } of (await lookAt(root, first)).columns)
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

/** Every source that the project declares under `data`. */
export function sourcesOf({ data }: Model): Source[] {
  const events = data.events.flatMap(({ sources }) => sources);
  return [...data.customers.sources, ...events, ...data.consent, ...data.suppressions, ...data.feedback];
}

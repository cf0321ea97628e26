import type { DeclaredSource } from '../../../spec/declare.ts';
import type { CustomerData, Field } from '../../../spec/model/data.ts';
import { t } from '../../../spec/words/t.ts';
import type { Understood } from './columns.ts';

import { consentSource, suppressionSource } from './consent-source.ts';
import { customersSource, identifying } from './customers-source.ts';
import { spelt } from './draft.ts';
import { type Event, eventsSource } from './events-source.ts';
import { type Project, understandAll } from './hints.ts';
import { eventName, isOfRefusals, type Kind, type KindGuess, kindOf } from './kind.ts';
import type { Look } from './look.ts';
import { transliterated } from './names.ts';
import { nestedEvents } from './nested.ts';
import { presetSource, type Recognised, recognised } from './preset-source.ts';
import { REGISTERED, registrations } from './registrations.ts';

/** A file as it is to be declared. */
export interface FileGuess {
  path: string;
  kind: Kind;
  /** The name of the events. */
  event?: string;
  /** The evidence for the kind. */
  why: string;
  source: DeclaredSource;
  /** The attributes, or the event's fields. */
  fields: Field[];
  columns: Shown[];
  /** The columns of consent in a file of customers, by channel. */
  consent: NonNullable<CustomerData['consent']>;
  /** Choices to be reviewed, and values that cannot be read. */
  remarks: string[];
}

/** A column and its meaning. */
export interface Shown {
  column: string;
  /** Its names in the model; none: it is left out. */
  names: string[];
  type: string;
  /** A value; of personal data only its shape. */
  example: string;
}

/** The user's corrections of the guess. */
export interface Wishes {
  /** Path, or path, `#` and sheet → `customers`, `consent`, `suppressions`, or the name of an event. */
  as: ReadonlyMap<string, string>;
  /** Header → name; the empty name leaves the column out. */
  names: ReadonlyMap<string, string>;
}

/** The declarations that the project has already. */
export interface Known extends Project {
  attributes: Field[];
  events: { name: string; fields: Field[] }[];
  /** The names of events that no file gives. */
  ungiven: string[];
  /** The ids of customers of the files that are declared. */
  customers: ReadonlySet<string>;
}

export interface Guess {
  files: FileGuess[];
  left: Left[];
}

/** A file, or a sheet of it, of which nothing can be made. */
export interface Left {
  path: string;
  sheet?: string;
  why: string;
}

/** A file of which the kind is known. */
interface Sorted extends KindGuess {
  look: Look;
  columns: Understood[];
  event?: string;
  preset?: Recognised;
}

const noKind = (look: Look) =>
  isOfRefusals(titleOf(look))
    ? t`its name is of a list of refusals, but it has no columns with a header that tells them: give it the header \`customer,channel,reason,at\`, as in \`anna@shop.example,*,unsubscribed,2026-01-31\``
    : t`nothing tells what it holds: say it by --as, as in --as customers`;

/** Returns what the files seem to be, customers first. */
export function guessFiles(looks: Look[], wishes: Wishes, known: Known): Guess {
  const left: Left[] = [];
  const leave = ({ path, writing: { sheet } }: Look, why: string) =>
    left.push({ path, ...(sheet !== undefined && { sheet }), why });
  const read = looks.flatMap((look) => {
    if (look.columns.length > 0) return [look];
    leave(look, look.problem?.message ?? t`it has no rows`);
    return [];
  });
  const all = [...read, ...read.flatMap((look) => (presetOf(look, wishes) ? [] : nestedEvents(look)))];
  const understood = understandAll(all, known);
  const files = all.flatMap((look, i): Sorted[] => {
    const columns = understood[i] ?? [];
    const inner = look.writing.each !== undefined;
    const wish = inner ? undefined : wishFor(look, wishes);
    const preset = inner ? undefined : presetOf(look, wishes);
    if (preset) return [{ look, columns, preset, kind: preset.kind, why: t`its columns` }];
    const found = wish === undefined ? kindOf(titleOf(look), columns) : wished(wish);
    if (found)
      return [
        {
          look,
          columns,
          preset: undefined,
          ...found,
          ...(wish !== undefined && found.kind === 'events' && { event: wish }),
        },
      ];
    leave(look, [noKind(look), ...remarksOf(columns)].join('; '));
    return [];
  });
  const of = (kind: Kind) => files.filter((file) => file.kind === kind);
  const references = of('events').map(({ columns }) => columns);
  const attributes = [...known.attributes];
  const guesses: FileGuess[] = [];
  const ids = new Set(known.customers);
  const take = (guess: FileGuess) => {
    guesses.push(guess);
    if (guess.kind === 'customers') attributes.push(...missingIn(attributes, guess.fields));
  };
  for (const { look, columns, why, preset } of of('customers')) {
    if (preset) {
      for (const { column, texts } of columns)
        if (preset.ids.includes(column)) for (const text of texts) ids.add(spelt(text));
      take({ ...presetSource(look, columns, preset, { known: attributes, currency: known.currency }), why });
      continue;
    }
    const id = identifying(columns, references);
    if (!id) {
      leave(look, t`no column identifies its customers: each row needs a value of its own`);
      continue;
    }
    for (const text of id.texts) ids.add(spelt(text));
    take({ ...customersSource(look, columns, id, wishes, attributes), why });
    const registered = known.ungiven.includes(REGISTERED) ? registrations(look, columns, id) : undefined;
    if (registered) take({ ...registered, why: t`the dates of registration` });
  }
  const events: Event[] = known.events.map(({ name, fields }) => ({ name, fields: [...fields] }));
  for (const { look, columns, why, event, preset } of of('events')) {
    if (preset) {
      const fields = events.find(({ name }) => name === 'order_paid')?.fields ?? [];
      take({
        ...presetSource(look, columns, preset, { event: 'order_paid', known: fields, currency: known.currency }),
        why,
      });
      continue;
    }
    const meant = eventName(titleOf(look), columns);
    const name = event ?? transliterated(meant.name);
    const guess = eventsSource(look, columns, name, { given: event !== undefined, ids, wishes, events, kinds: known });
    if (typeof guess === 'string') leave(look, [guess, ...remarksOf(columns)].join('; '));
    else
      take({
        ...guess,
        why,
        remarks: [...(event === undefined && meant.guessed ? [asOrders(look)] : []), ...guess.remarks],
      });
  }
  for (const { look, columns, why } of of('consent')) add(consentSource(look, columns, ids, wishes), look, why);
  for (const { look, columns, why } of of('suppressions'))
    add(suppressionSource(look, columns, ids, wishes), look, why);
  return { files: guesses, left };

  function add(guess: Omit<FileGuess, 'why'> | string, look: Look, why: string) {
    if (typeof guess === 'string') leave(look, guess);
    else take({ ...guess, why });
  }
}

function asOrders({ path }: Look): string {
  return t`taken for paid orders because of the amounts in it: if it holds something else, say so by --as, as in --as ${path}=returned`;
}

function remarksOf(columns: Understood[]): string[] {
  return columns.flatMap(({ column, remarks }) => remarks.map((remark) => `"${column}" ${remark}`));
}

/** The fields that are not declared yet. */
export function missingIn(declared: Field[], fields: Field[]): Field[] {
  return fields.filter(({ name }) => !declared.some((one) => one.name === name));
}

/** A preset describes its file alone: a correction of the guess asks for the columns to be read. */
function presetOf(look: Look, wishes: Wishes) {
  const { names } = wishes;
  const corrected = wishFor(look, wishes) !== undefined || look.columns.some(({ name }) => names.has(name));
  return corrected ? undefined : recognised(look);
}

function wishFor({ path, writing: { sheet } }: Look, { as }: Wishes): string | undefined {
  return (sheet === undefined ? undefined : as.get(sheetKey(path, sheet))) ?? as.get(path);
}

/** The name of a sheet in wishes, in any case of letters. */
export function sheetKey(path: string, sheet: string): string {
  return `${path}#${sheet.trim().normalize('NFC').toLowerCase()}`;
}

/** Returns the name that describes the rows. Most sheets have the name with which they were made. */
function titleOf({ path, writing: { each, sheet = '' } }: Look): string {
  const plain = /^(sheet|table|лист|таблица|tabelle|feuil|hoja)?\s*\d*$/i.test(sheet.trim());
  return each ?? (plain ? path : sheet);
}

function wished(wish: string): { kind: Kind; why: string } {
  const kind = ['customers', 'consent', 'suppressions'].includes(wish) ? (wish as Kind) : 'events';
  return { kind, why: t`as --as says` };
}

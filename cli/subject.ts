import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Shown } from '../engine/inspect/preview.ts';
import { sampleOf } from '../engine/inspect/sample.ts';
import { attributesOf, eventOf, latestEvent, type Subject } from '../engine/inspect/subject.ts';
import { type Program, triggerWhen } from '../engine/program/program.ts';
import type { Database } from '../engine/store/database.ts';
import { UserError } from '../engine/user-error.ts';
import { t, translated } from '../spec/words/t.ts';
import { findOne } from './find-customer.ts';
import type { Io } from './io.ts';
import { dataInstant, withData } from './read-data.ts';
import { remark } from './say.ts';

export interface SubjectOptions {
  customer?: string;
  /** A file with the event. */
  event?: string;
}

/** A place at which a template is shown. */
type Place = Pick<Shown, 'event' | 'use'>;

/** The origin of an event. `excluded`: the customer's latest, where the campaign's `when` holds for none. */
export type EventOrigin = 'file' | 'latest' | 'excluded' | 'sample';

/** The values for templates, and where they are from. */
export interface TemplateSubject {
  origin: {
    /** The customer, by the shop's id; absent: sample values. */
    customer?: string;
    /** The origin of the event, if a template sees one. */
    event?: { kind: string; from: EventOrigin };
  };
  subject(place: Place): Subject;
}

/** Returns the values for templates. The data files are read only for a customer. */
export async function subjectOf(
  io: Io,
  root: string,
  program: Program,
  shown: Place[],
  { customer, event: file }: SubjectOptions,
): Promise<TemplateSubject> {
  const given = file === undefined ? undefined : await readEvent(io, file);
  const kinds = [...new Set(shown.flatMap(({ event }) => event ?? []))];
  const events = new Map(kinds.map((kind) => [kind, givenEvent(io, program, kind, given)]));
  const fieldsOf = (kind: string) => program.data.events.find((each) => each.name === kind)?.fields ?? [];
  const sample = (kind: string) => sampleOf(fieldsOf(kind), io.now(), program.project.timezone);
  const eventOfUse = ({ event: kind, use }: Place) => {
    if (kind !== undefined) return { event: events.get(kind) ?? sample(kind) };
    // No campaign sends it: the fields are those of the file.
    return given && !use ? { event: given } : {};
  };
  const [kind] = kinds;
  const event = (from: EventOrigin) => (kind === undefined ? {} : { event: { kind, from } });
  if (customer === undefined) {
    const attributes = sampleOf(program.data.customers.attributes, io.now(), program.project.timezone);
    return {
      origin: event(given ? 'file' : 'sample'),
      subject: (one) => ({ customer: attributes, ...eventOfUse(one) }),
    };
  }
  return withData(io, root, program, async (db) => {
    const found = await findOne(db, program, customer);
    const attributes = await attributesOf(db, program, found.customer);
    const latest = new Map<Place, Found>();
    if (!given)
      for (const place of shown) {
        const event = await latestOf(db, program, place, { customer: found.customer, now: dataInstant(io, program) });
        if (event) latest.set(place, event);
      }
    const [first] = shown.flatMap((place) => latest.get(place) ?? []);
    return {
      origin: { customer: found.id, ...event(given ? 'file' : (first?.from ?? 'sample')) },
      subject: (one) => {
        const own = latest.get(one);
        return { customer: attributes, ...(own ? { event: own.values } : eventOfUse(one)) };
      },
    };
  });
}

interface Found {
  values: Record<string, unknown>;
  from: EventOrigin;
}

/** Returns the customer's latest event that starts the campaign which sends the template, otherwise the latest of its kind. */
async function latestOf(
  db: Database,
  program: Program,
  { event: kind, use }: Place,
  asked: { customer: number; now: number },
): Promise<Found | undefined> {
  if (kind === undefined) return undefined;
  const campaign = program.campaigns.find(({ name }) => name === use?.campaign);
  const when = campaign && triggerWhen(campaign.trigger);
  const fitting = await latestEvent(db, program, kind, { ...asked, when });
  if (fitting) return { values: fitting, from: 'latest' };
  const latest = when && (await latestEvent(db, program, kind, asked));
  return latest && { values: latest, from: 'excluded' };
}

function givenEvent(io: Io, program: Program, kind: string, given: Record<string, unknown> | undefined) {
  if (!given) return undefined;
  const { event, unreadable, unknown } = eventOf(program, kind, given);
  for (const why of unreadable) remark(io, t`warning: ${translated(why)}; it counts as missing.`);
  if (unknown.length > 0) remark(io, t`warning: ${kind} has no ${unknown.join(', ')}; not shown.`);
  return event;
}

async function readEvent(io: Io, file: string): Promise<Record<string, unknown>> {
  const text = await readFile(resolve(io.cwd, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      'unreadable-file',
      t`The event ${file} cannot be read (${error.code ?? error.name}).`,
      t`Name a file with JSON.`,
    );
  });
  const help = t`Write one JSON object with the fields of the event, as in {"total": 1990}.`;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    throw new UserError('unsuitable-file', t`${file} is not JSON.`, help);
  }
  throw new UserError('unsuitable-file', t`${file} is no JSON object.`, help);
}

/** Returns the locale that `--locale` names. Throws UserError if it names none. */
export function localeOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    throw new UserError(
      'wrong-call',
      t`--locale is no locale: "${text}".`,
      t`Write a language or a language and region: ru, pt-BR.`,
    );
  }
}

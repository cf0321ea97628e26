import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { compile } from '../../engine/compile/compile.ts';
import type { Program } from '../../engine/compile/program.ts';
import { preview as render, type Shown, shownKinds } from '../../engine/look/preview.ts';
import { sampleOf } from '../../engine/look/sample.ts';
import { attributesOf, eventOf, latestEvent, type Subject } from '../../engine/look/subject.ts';
import { RenderError } from '../../engine/render/renderer.ts';
import { UserError } from '../../engine/user-error.ts';
import { suggest } from '../../spec/check/suggest.ts';
import { exit } from '../exit.ts';
import { findNamed } from '../find-campaign.ts';
import { findOne } from '../find-customer.ts';
import type { Io } from '../io.ts';
import { load, type ProjectOptions } from '../load.ts';
import { openFile } from '../open-file.ts';
import { writeOut } from '../private-file.ts';
import { withData } from '../read-data.ts';
import { type PreviewView, previewJson, previewPage, previewText } from '../views/preview.ts';

export interface PreviewOptions extends ProjectOptions {
  customer?: string;
  channel?: string;
  event?: string;
  locale?: string;
  out?: string;
  open?: boolean;
}

/** Shows a template as its reader would see it. Nothing is sent. */
export async function preview(io: Io, template: string, options: PreviewOptions): Promise<number> {
  const { root, model } = await load(io, options);
  const program = compile(model);
  findNamed('template', program.templates, template, 'this project');
  const shown = shownKinds(program, template, options.channel);
  if (shown.length === 0) throw noSuchKind(program, template, options.channel ?? '');
  const locale = localeOf(options.locale);
  const given = options.event === undefined ? undefined : await readEvent(io, options.event);
  const told = await subjectOf(io, root, program, shown, given, options.customer);
  const view: PreviewView = {
    template,
    ...told.origin,
    previews: shown.map((one) => rendered(() => render(program, template, one, told.subject(one), locale))),
  };
  const page = await writeOut(io, options.out, `${template.replaceAll(/[^\w-]+/g, '-')}.html`, previewPage(view));
  if (options.json) await io.out(`${JSON.stringify(previewJson(view, page))}\n`);
  else {
    await io.out(previewText(view, io.view));
    io.err(`\nThe page is ${options.out ?? page}.\n`);
  }
  if (options.open && !(await openFile(io, page)))
    io.err('There is no program here that opens it; open it in a browser.\n');
  return exit.fine;
}

interface Told {
  origin: Pick<PreviewView, 'customer' | 'event'>;
  subject(shown: Shown): Subject;
}

/** Only with a customer are the data files read. */
async function subjectOf(
  io: Io,
  root: string,
  program: Program,
  shown: Shown[],
  given: Record<string, unknown> | undefined,
  customer: string | undefined,
): Promise<Told> {
  const kinds = [...new Set(shown.flatMap(({ event }) => event ?? []))];
  const events = new Map(kinds.map((kind) => [kind, givenEvent(io, program, kind, given)]));
  const fieldsOf = (kind: string) => program.data.events.find((each) => each.name === kind)?.fields ?? [];
  const sample = (kind: string) => sampleOf(fieldsOf(kind), io.now());
  const eventOfUse = ({ event: kind, use }: Shown) => {
    if (kind !== undefined) return { event: events.get(kind) ?? sample(kind) };
    // Nobody sends it: the fields are as the file has them.
    return given && !use ? { event: given } : {};
  };
  const [kind] = kinds;
  const event = (from: 'file' | 'latest' | 'sample') => (kind === undefined ? {} : { event: { kind, from } });
  if (customer === undefined) {
    const attributes = sampleOf(program.data.customers.attributes, io.now());
    return {
      origin: event(given ? 'file' : 'sample'),
      subject: (one) => ({ customer: attributes, ...eventOfUse(one) }),
    };
  }
  return withData(io, root, program, async (db) => {
    const found = await findOne(db, program, customer);
    const attributes = await attributesOf(db, program, found.customer);
    const latest = new Map<string, Subject['event']>();
    if (!given) for (const each of kinds) latest.set(each, await latestEvent(db, program, each, found.customer));
    for (const [each, values] of latest) if (values) events.set(each, values);
    const from = given ? 'file' : kind !== undefined && latest.get(kind) ? 'latest' : 'sample';
    return {
      origin: { customer: found.id, ...event(from) },
      subject: (one) => ({ customer: attributes, ...eventOfUse(one) }),
    };
  });
}

function givenEvent(io: Io, program: Program, kind: string, given: Record<string, unknown> | undefined) {
  if (!given) return undefined;
  const { event, unreadable, unknown } = eventOf(program, kind, given);
  for (const { field, why } of unreadable) io.err(`warning: the event's ${field} ${why}; it counts as missing.\n`);
  if (unknown.length > 0) io.err(`warning: ${kind} has no ${unknown.join(', ')}; not shown.\n`);
  return event;
}

async function readEvent(io: Io, file: string): Promise<Record<string, unknown>> {
  const text = await readFile(resolve(io.cwd, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`The event ${file} cannot be read (${error.code ?? error.name}).`, 'Name a file with JSON.');
  });
  const help = 'Write one JSON object with the fields of the event, as in {"total": 1990}.';
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    throw new UserError(`${file} is not JSON.`, help);
  }
  throw new UserError(`${file} is no JSON object.`, help);
}

function localeOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    throw new UserError(`--locale is no locale: "${text}".`, 'Write a language or a language and region: ru, pt-BR.');
  }
}

function noSuchKind(program: Program, template: string, word: string): UserError {
  const kinds = program.templates.flatMap((each) => (each.name === template ? [each.channel as string] : []));
  const meant = suggest(word, kinds);
  return new UserError(
    `The template "${template}" has no text for the channel "${word}".`,
    meant ? `Did you mean "${meant}"?` : `It has one for: ${kinds.join(', ')}.`,
  );
}

function rendered<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    throw new UserError(
      `${error.message}.`,
      'A template that no campaign sends sees no event: name one by --event, or send it in a campaign.',
    );
  }
}

import { hasTemplates } from '../../spec/model/channel-kinds.ts';
import type { TemplateVariant } from '../../spec/model/template.ts';
import { createRenderer, RenderError, type Rendered } from '../delivery/render/renderer.ts';
import { templateData } from '../delivery/render.ts';
import { type Shown, shownKinds } from '../inspect/preview.ts';
import { sampleOf } from '../inspect/sample.ts';
import { usesOf } from '../inspect/subject.ts';
import { canonical } from '../program/hash.ts';
import type { Program } from '../program/program.ts';

/** A text that is rendered differently by both programs, with sample values in the place of a customer's. */
export interface MessageChange {
  /** `template.welcome/hello.email`. */
  address: string;
  /** Null: of a text for every locale. */
  locale: string | null;
  /** The first campaign that sends it, and its step. */
  campaign: string;
  step: string;
  /** Absent where that program does not have it, or nobody sends it there. */
  before?: MessageText;
  after?: MessageText;
  /** Messages of it in the forecast's 7 days, and of how many of them a value that it reads is missing. */
  messages: number;
  missing: { path: string; messages: number }[];
}

/** As a reader sees it. */
export type MessageText = Pick<Rendered, 'subject' | 'preheader' | 'text' | 'html'>;

export interface Messages {
  /** Those that most customers get come first. */
  changed: MessageChange[];
  /** The number of further messages that change and are left out. */
  more: number;
}

/** The values that a template reads, for the count of those that are missing. */
export interface Reads {
  template: string;
  /** The channels of its kind. */
  channels: string[];
  /** The campaigns that send it with the same kind of event. */
  campaigns: string[];
  attributes: string[];
  event?: { kind: string; fields: string[] };
}

/** A change without its counts. */
export interface Rewritten extends Omit<MessageChange, 'messages' | 'missing'> {
  reads: Reads;
}

const mostMessages = 40;
/** Characters; a longer page is left out, and its text stays. */
const longestHtml = 100_000;

/** Returns the messages whose text differs. No data is read: values are samples, `now` is for those that are times. Pure. */
export function rewrittenMessages(desired: Program, applied: Program, now: number): Rewritten[] {
  const [before, after] = [rendererOf(applied, now), rendererOf(desired, now)];
  const same = shared(desired) === shared(applied);
  const hashes = new Map(applied.templates.map(({ name, channel, hash }) => [`${name} ${channel}`, hash]));
  const keys = new Map([...applied.templates, ...desired.templates].map((one) => [`${one.name} ${one.channel}`, one]));
  return [...keys.values()].flatMap(({ name, channel, hash }): Rewritten[] => {
    const [was, is] = [before.shown(name, channel)?.use, after.shown(name, channel)?.use];
    if (same && hashes.get(`${name} ${channel}`) === hash && Boolean(was) === Boolean(is)) return [];
    const use = is ?? was;
    if (!use) return [];
    const locales = new Set([...before.locales(name, channel), ...after.locales(name, channel)]);
    return [...locales].flatMap((locale): Rewritten[] => {
      const [old, becomes] = [before.text(name, channel, locale), after.text(name, channel, locale)];
      if (canonical(old ?? null) === canonical(becomes ?? null)) return [];
      return [
        {
          address: `template.${name}.${channel}`,
          locale,
          campaign: use.campaign,
          step: use.step,
          ...(old && { before: old }),
          ...(becomes && { after: becomes }),
          reads: after.reads(name, channel),
        },
      ];
    });
  });
}

/** Returns everything that texts depend on beside themselves. */
function shared({ partials, variables, project, data, channels }: Program): string {
  const { name, currency, locale, timezone } = project;
  return canonical([
    partials,
    variables,
    [name, currency, locale, timezone],
    data.customers.attributes,
    data.events,
    channels,
  ]);
}

/** Renders the templates of a program with sample values. */
function rendererOf(program: Program, now: number) {
  const { templates, partials, project, variables, data } = program;
  const renderer = createRenderer(templates, partials, project, variables);
  const find = (name: string, kind: string) => templates.find((one) => one.name === name && one.channel === kind);
  const shown = (name: string, kind: string): Shown | undefined =>
    find(name, kind) && shownKinds(program, name, kind).find((one) => one.kind === kind);
  const customer = sampleOf(data.customers.attributes, now, project.timezone);
  const fieldsOf = (kind: string | undefined) => data.events.find((one) => one.name === kind)?.fields ?? [];

  function render(
    name: string,
    one: Shown,
    locale: string | null,
    without?: { attribute?: string; field?: string },
    missing?: (path: string) => void,
  ) {
    const event = one.event === undefined ? undefined : sampleOf(fieldsOf(one.event), now, project.timezone);
    const subject = {
      customer: without?.attribute === undefined ? customer : { ...customer, [without.attribute]: null },
      ...(event && { event: without?.field === undefined ? event : { ...event, [without.field]: null } }),
    };
    const { data: values } = templateData(program, one.channel)(subject, 'preview');
    return renderer.render(name, one.kind, locale ?? project.locale, { ...values, ...(missing && { missing }) });
  }

  return {
    shown,
    locales: (name: string, kind: string) =>
      (find(name, kind)?.variants ?? []).map(({ locale }: TemplateVariant) => locale ?? null),
    /** Undefined where nobody is sent it, or it cannot be rendered. */
    text(name: string, kind: string, locale: string | null): MessageText | undefined {
      const one = shown(name, kind);
      if (!one?.use) return undefined;
      try {
        const { subject, preheader, text, html } = render(name, one, locale);
        return {
          ...(subject !== undefined && { subject }),
          ...(preheader !== undefined && { preheader }),
          text,
          ...(html !== undefined && html.length <= longestHtml && { html }),
        };
      } catch (error) {
        if (error instanceof RenderError) return undefined;
        throw error;
      }
    },
    /** The attributes and fields that a text reads: those that are missed if they alone are not there. */
    reads(name: string, kind: string): Reads {
      const one = shown(name, kind);
      const channels = program.channels
        .filter((each) => hasTemplates(each.kind) && each.kind === kind)
        .map((each) => each.name);
      if (!one?.use) return { template: name, channels, campaigns: [], attributes: [] };
      const isRead = (path: string, without: { attribute?: string; field?: string }) => {
        let found = false;
        for (const { locale = null } of find(name, kind)?.variants ?? [])
          render(name, one, locale, without, (each) => {
            found ||= each === path || each.startsWith(`${path}.`) || each.startsWith(`${path}[`);
          });
        return found;
      };
      const attributes = data.customers.attributes
        .map((field) => field.name)
        .filter((attribute) => isRead(`customer.${attribute}`, { attribute }));
      const fields = fieldsOf(one.event)
        .map((field) => field.name)
        .filter((field) => isRead(`event.${field}`, { field }));
      const senders = usesOf(program, name).filter(({ event }) => event === one.event);
      const campaigns = [...new Set(senders.map(({ campaign }) => campaign))];
      return {
        template: name,
        channels,
        campaigns,
        attributes,
        ...(one.event !== undefined && { event: { kind: one.event, fields } }),
      };
    },
  };
}

/** Puts the counts to the changes, and keeps those that most customers get. `counted`: by the place in the list. */
export function messagesOf(rewritten: Rewritten[], counted: Pick<MessageChange, 'messages' | 'missing'>[]): Messages {
  const all = rewritten.map(
    ({ reads: _, ...one }, i): MessageChange => ({
      ...one,
      ...(counted[i] ?? { messages: 0, missing: [] }),
    }),
  );
  const changed = all.sort((a, b) => b.messages - a.messages).slice(0, mostMessages);
  return { changed, more: all.length - changed.length };
}

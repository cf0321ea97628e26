import type { ChannelKind } from '../../../spec/model/channel-kinds.ts';
import type { Model, Project } from '../../../spec/model/model.ts';
import type { Template, TemplatePartial, TemplateVariant } from '../../../spec/model/template.ts';
import { later } from '../../../spec/words/t.ts';
import { oneLine } from './clean.ts';
import { Context, type Fixed } from './context.ts';
import { createFormat } from './format.ts';
import { completeItems } from './items.ts';
import { chooseVariant } from './locale.ts';
import { type CompiledVariant, compileVariant } from './variant.ts';
import { watchMissing } from './watch.ts';

/** The data of a message. Every declared attribute and field is there by name, null where it is missing. */
export interface RenderData {
  customer: Record<string, unknown>;
  event?: Record<string, unknown>;
  message: { id: string };
  unsubscribe_url: string | null;
  /** IANA zone in which instants are shown. */
  timezone: string;
  /** Told the path of each value that the template reads and that is missing. */
  missing?: (path: string) => void;
}

export interface Rendered {
  /** One line. Of a push and a task, the title; absent for SMS and messengers. */
  subject?: string;
  preheader?: string;
  /** E-mail only. */
  html?: string;
  text: string;
  /** The locale of the variant chosen; null: the one for every locale. */
  locale: string | null;
  templateHash?: string;
}

export interface Renderer {
  /**
   * `locale`: the customer's, null where unknown. Throws a RenderError for a template that does not exist or needs
   * what the data does not declare: `crm validate` keeps both from happening.
   */
  render(name: string, kind: ChannelKind, locale: string | null, data: RenderData): Rendered;
}

/** Its message never holds data of a customer. */
export class RenderError extends Error {
  override name = 'RenderError';
}

interface Chosen {
  locale: string | null;
  hash?: string;
  compiled: CompiledVariant;
  variant: Context['variant'];
}

/** Each variant is compiled when it is first used. The templates must have passed the checks of `spec/template`. */
export function createRenderer(
  templates: readonly (Template & { hash?: string })[],
  partials: readonly TemplatePartial[],
  project: Pick<Project, 'name' | 'locale' | 'currency' | 'timezone'>,
  variables: Model['variables'] = {},
): Renderer {
  const byName = new Map(templates.map((template) => [`${template.channel} ${template.name}`, template]));
  const bodies = new Map(partials.map(({ name, body }) => [name, body]));
  const chosen = new Map<string, Chosen>();
  const compiled = new Map<TemplateVariant, CompiledVariant>();
  const fixed: Fixed = { project: { name: project.name, currency: project.currency }, variables };

  function choose(name: string, kind: ChannelKind, locale: string | null): Chosen {
    const template = byName.get(`${kind} ${name}`);
    const variant = template && chooseVariant(template.variants, locale, project.locale);
    if (!template || !variant) throw new RenderError(later`There is no ${kind} template \`${name}\``);
    return {
      locale: variant.locale ?? null,
      ...(template.hash !== undefined && { hash: template.hash }),
      compiled: compiledOnce(variant, kind),
      variant: namesOf(template),
    };
  }

  function compiledOnce(variant: TemplateVariant, kind: ChannelKind): CompiledVariant {
    const known = compiled.get(variant);
    if (known) return known;
    const format = createFormat(variant.locale ?? project.locale, project.currency, project.timezone);
    const made = compileVariant(variant, kind, bodies, format);
    compiled.set(variant, made);
    return made;
  }

  return {
    render(name, kind, locale, data) {
      try {
        const key = `${kind} ${locale} ${name}`;
        const choice = chosen.get(key) ?? choose(name, kind, locale);
        chosen.set(key, choice);
        return print(choice, data, fixed);
      } catch (error) {
        if (error instanceof RenderError) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        throw new RenderError(later`The ${kind} template \`${name}\` cannot be rendered: ${reason}`, { cause: error });
      }
    },
  };
}

function namesOf({ variant }: Template): Context['variant'] {
  return Object.fromEntries((variant?.among ?? []).map((name) => [name, name === variant?.name]));
}

function print({ compiled, locale, hash, variant }: Chosen, data: RenderData, fixed: Fixed): Rendered {
  const names = compiled.itemNames;
  const own = new Context(
    names.length > 0 ? completeItems(data.customer, names) : data.customer,
    data.event && names.length > 0 ? completeItems(data.event, names) : (data.event ?? noEvent),
    fixed,
    data,
    variant,
  );
  const context = data.missing ? watchMissing(own, data.missing) : own;
  const options = { data: { root: context, timezone: data.timezone }, ...noPrototypes };
  const subject = compiled.subject && oneLine(compiled.subject(context, options));
  const preheader = compiled.preheader && oneLine(compiled.preheader(context, options));
  if (preheader) context.preheader = preheader;
  const html = compiled.html?.(context, options);
  const text = compiled.text ? compiled.tidy(compiled.text(context, options)) : compiled.fromHtml(html ?? '');
  const rendered: Rendered = { text, locale };
  if (subject !== undefined) rendered.subject = subject;
  if (preheader !== undefined) rendered.preheader = preheader;
  if (html !== undefined) rendered.html = html;
  if (hash !== undefined) rendered.templateHash = hash;
  return rendered;
}

/** The default, but said aloud: the default also writes to the console. */
const noPrototypes = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

const noEvent: Record<string, unknown> = Object.freeze({});

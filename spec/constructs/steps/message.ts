import type { Diagnostic, Range } from '../../diagnostics/diagnostic.ts';
import type * as written from '../../document/document.generated.ts';
import { entry, form } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import { type Carried, type ChannelKind, traitsOf } from '../../model/channel-kinds.ts';
import type { Template } from '../../model/template.ts';
import { checkTemplate, type TemplateUse } from '../../template/check.ts';
import { nameHelp } from '../../words/names.ts';
import { suggest } from '../../words/suggest.ts';
import { t } from '../../words/t.ts';
import { type Context, checkChannel } from '../context.ts';
import type { Walk } from './step.ts';

/** A channel and a template. */
export const messageForm = form('message', 'a message', () => [entry('name')]);

/** Reads a channel and a template. */
export function messageAt(
  message: Loose<written.Message> | undefined,
  place: Place,
  walk: Walk,
  carried: Carried,
): { channel: string; template: string } | undefined {
  const [channel, template] = Object.entries(message ?? {})[0] ?? [];
  if (channel === undefined) return undefined;
  checkMessage(channel, template, place.at(channel), walk, { carried });
  return template === undefined ? undefined : { channel, template };
}

/**
 * One use of a template through a channel; `place` is the template's name, its key the channel's, where a named cascade
 * does not say the channel elsewhere (`elsewhere`).
 */
export function checkMessage(
  channel: string,
  name: string | undefined,
  place: Place,
  walk: Walk,
  { carried = 'message', elsewhere = false }: { carried?: Carried; elsewhere?: boolean } = {},
): void {
  const { context } = walk;
  if (!elsewhere) {
    checkChannel(context, channel, place, 'key');
    if (!checkCarried(channel, carried, place.key, context)) return;
  }
  const kind = context.channels.get(channel);
  if (!kind || name === undefined) return;
  const template = context.templates.find((one) => one.name === name && one.channel === kind);
  if (!template) {
    missing(name, kind, place, walk);
    return;
  }
  checkLocale(template, place, walk);
  if (walk.event === 'unknown') return;
  const scope = {
    attributes: context.data.customers.attributes,
    ...(typeof walk.event === 'object' && { event: walk.event }),
    category: walk.category,
    variables: Object.fromEntries(context.variables.values),
  };
  for (const found of checkedFor(template, scope, context)) {
    const words = found.range && textOf(found.range.file, found.range.start.offset, found.range.end.offset, walk);
    if (!words || !(context.doubt.aboutData() || context.doubt.about(words)))
      context.report.diagnostics.push(words === 'event' && walk.event === 'none' ? withCampaign(found, walk) : found);
  }
}

/** Templates are new objects with every reading of a project. */
const checked = new WeakMap<Template, Map<string, Diagnostic[]>>();

/** Checks a template once for all campaigns that send it after the same event: there may be hundreds. */
function checkedFor(template: Template, use: TemplateUse, { files, partials }: Context): Diagnostic[] {
  const uses = checked.get(template) ?? new Map<string, Diagnostic[]>();
  checked.set(template, uses);
  const key = `${use.event?.name ?? ''} ${use.category}`;
  const found = uses.get(key) ?? checkTemplate(template, files, partials, use);
  uses.set(key, found);
  return found;
}

function missing(name: string, kind: ChannelKind, place: Place, { context }: Walk): void {
  const file = `templates/${name}.${kind}`;
  // The file exists, and its own mistakes are reported.
  if (context.files.some(({ path }) => path.startsWith(`${file}.`))) return;
  const [of] = name.split(':');
  const whole = of === name ? undefined : context.templates.find((one) => one.name === of && one.channel === kind);
  if (whole) {
    noVariant(whole, name.slice(whole.name.length + 1), place.value, context);
    return;
  }
  const elsewhere = context.templates.find((one) => one.name === name);
  const meant = suggest(
    name,
    context.templates.flatMap((one) => (one.channel === kind ? [one.name] : [])),
  );
  const create = elsewhere
    ? t`Create the file ${file}.hbs; so far the template exists for ${elsewhere.channel} only.`
    : t`Create the file ${file}.hbs.`;
  const help = meant ? t`Did you mean \`${meant}\`?` : create;
  context.report.error('CRM4005', place.value, t`There is no template \`${name}\` for ${kind}`, help);
}

/** Reports a variant that a template does not have. */
export function noVariant({ name, variant }: Template, drawn: string, range: Range, { report }: Context): void {
  if (variant) {
    const message = t`The template \`${name}\` has no variant \`${drawn}\``;
    report.error('CRM4065', range, message, nameHelp(drawn, variant.among, 'variants'));
  } else {
    const help = t`Write them between the --- at the beginning of its files: variants: { warm: { subject: "…" } }.`;
    report.error('CRM4065', range, t`The template \`${name}\` has no variants`, help);
  }
}

function checkLocale(template: Template, place: Place, { context }: Walk): void {
  const { locale } = context;
  if (locale === undefined) return;
  const fits = (variant?: string) => variant === undefined || variant === locale || variant === locale.split('-')[0];
  if (template.variants.some((variant) => fits(variant.locale))) return;
  const written = template.variants.map((variant) => variant.locale).join(', ');
  const message = t`The template \`${template.name}\` has no text for the project’s locale ${locale}, only for ${written}`;
  const help = t`Create the file templates/${template.name}.${template.channel}.${locale}.hbs, or one without a locale.`;
  // Each use of it would give the same findings.
  if (context.report.diagnostics.some((found) => found.message === message)) return;
  context.report.error('CRM4006', place.value, message, help);
}

function textOf(file: string, start: number, end: number, { context }: Walk): string | undefined {
  return context.files.find(({ path }) => path === file)?.text.slice(start, end);
}

/** Names the campaign that sends the template: it decides if there is an event. */
function withCampaign(found: Diagnostic, { campaign }: Walk): Diagnostic {
  const help = t`The campaign \`${campaign}\`, which sends it, has none.`;
  return { ...found, help: [help, found.help ?? []].flat().join(' ') };
}

const verbs: Record<Carried, string> = { message: 'send', webhook: 'webhook', task: 'task' };

/** Reports a channel that is not of the kind that a step needs; one that is unknown or wrong is reported elsewhere. */
export function checkCarried(channel: string, carried: Carried, range: Range, context: Context): boolean {
  const kind = context.channels.get(channel);
  if (!kind) return true;
  const { carries } = traitsOf[kind];
  if (carries === carried) return true;
  const help = t`What goes through this channel is the step \`${verbs[carries]}\`; or name a channel of another kind.`;
  const message =
    carried === 'message'
      ? t`The channel \`${channel}\` (${kind}) sends no messages to customers`
      : t`The channel \`${channel}\` (${kind}) is no ${carried}`;
  context.report.error('CRM4031', range, message, help);
  return false;
}

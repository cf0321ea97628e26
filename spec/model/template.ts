import type { ChannelKind } from './channel-kinds.ts';

/** One message text for one channel and one locale: a file `templates/<name>.<channel>[.<locale>].hbs`. */
export interface TemplateVariant {
  /** The locale; absent: the variant for every locale that has none. */
  locale?: string;
  path: string;
  /** E-mail only. Handlebars, unescaped. */
  subject?: string;
  preheader?: string;
  /** Handlebars. Of an e-mail, HTML. */
  body: string;
}

/** The name of the template without its variants, among them. */
export const plain = 'plain';

/**
 * A template, or one variant of it: `welcome/hello:warm` has the texts of `welcome/hello` with those that the variant `warm` has of its own.
 */
export interface Template {
  name: string;
  channel: ChannelKind;
  /** Its texts, by locale. */
  variants: TemplateVariant[];
  /** Absent where the files declare no variants. */
  variant?: Variant;
}

export interface Variant {
  /** `plain`: the template itself. */
  name: string;
  /** The names of all, `plain` first. */
  among: string[];
}

/** Returns the name under which a variant of a template is sent. */
export function variantOf(template: string, variant: string): string {
  return variant === plain ? template : `${template}:${variant}`;
}

/** A piece that templates include: `templates/partials/<name>.hbs`. */
export interface TemplatePartial {
  name: string;
  path: string;
  body: string;
}

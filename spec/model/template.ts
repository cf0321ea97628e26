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

export interface Template {
  name: string;
  channel: ChannelKind;
  variants: TemplateVariant[];
}

/** A piece that templates include: `templates/partials/<name>.hbs`. */
export interface TemplatePartial {
  name: string;
  path: string;
  body: string;
}

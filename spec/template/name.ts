import { type ChannelKind, channelKinds, hasTemplates } from '../model/channel-kinds.ts';
import { suggest } from '../words/suggest.ts';
import { t } from '../words/t.ts';

const root = 'templates/';
const partialRoot = 'templates/partials/';
const suffix = '.hbs';

const kinds = channelKinds.filter(hasTemplates);

export type TemplateName =
  | { is: 'template'; name: string; channel: ChannelKind; locale?: string }
  | { is: 'partial'; name: string }
  | { is: 'wrong'; message: string; help: string };

/** Returns the name of a template by its path; undefined for files that are none. */
export function templateName(path: string): TemplateName | undefined {
  if (!path.startsWith(root) || !path.endsWith(suffix)) return undefined;
  if (path.startsWith(partialRoot)) return { is: 'partial', name: path.slice(partialRoot.length, -suffix.length) };
  const [, folder = '', base = ''] = /^((?:.*\/)?)([^/]*)$/.exec(path.slice(root.length, -suffix.length)) ?? [];
  const parts = base.split('.');
  const last = parts.at(-1) ?? '';
  if (isChannel(last) && parts.length > 1) return named(folder, parts.slice(0, -1), last);
  const channel = parts.at(-2) ?? '';
  if (!isChannel(channel) || parts.length < 3) return noChannel(parts);
  const locale = canonicalLocale(last);
  if (locale) return { ...named(folder, parts.slice(0, -2), channel), locale };
  const message = t`\`${last}\` is not a locale`;
  return { is: 'wrong', message, help: t`Write a language or a language and region: ru, en, pt-BR.` };
}

function named(folder: string, parts: string[], channel: ChannelKind) {
  return { is: 'template' as const, name: folder + parts.join('.'), channel };
}

function noChannel(parts: string[]): TemplateName {
  const meant = parts.slice(1).map((part) => suggest(part, kinds));
  const guess = meant.find((kind) => kind !== undefined);
  const shape = t`Name the file <name>.<channel>.hbs or <name>.<channel>.<locale>.hbs; channels are ${kinds.join(', ')}.`;
  return {
    is: 'wrong',
    message: t`The file name does not say which channel the template is for`,
    help: guess ? `${t`Did you mean \`${guess}\`?`} ${shape}` : shape,
  };
}

function isChannel(text: string): text is ChannelKind {
  return kinds.some((kind) => kind === text);
}

function canonicalLocale(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
}

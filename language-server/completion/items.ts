import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import type { Definition, NameKind } from '../../spec/names/mention.ts';
import { describe, inBrief } from '../describe.ts';
import type { Located, Project } from '../project.ts';

/** A completion without its range, which the caller knows. */
export type Choice = Omit<CompletionItem, 'textEdit'> & { insert?: string };

const kinds: Record<NameKind, CompletionItemKind> = {
  segment: CompletionItemKind.Class,
  event: CompletionItemKind.Event,
  attribute: CompletionItemKind.Property,
  field: CompletionItemKind.Field,
  channel: CompletionItemKind.Interface,
  template: CompletionItemKind.File,
  partial: CompletionItemKind.File,
  campaign: CompletionItemKind.Function,
  step: CompletionItemKind.Variable,
  arm: CompletionItemKind.EnumMember,
  cascade: CompletionItemKind.Module,
  cap: CompletionItemKind.Constant,
  holdout: CompletionItemKind.Constant,
  variable: CompletionItemKind.Variable,
  test: CompletionItemKind.Method,
};

/** Returns all names of a kind, before the words that are allowed there too. */
export function nameChoices(project: Project, kind: NameKind, owner?: string, channel?: string): Choice[] {
  const wanted = channel === undefined ? undefined : project.channelKind(channel);
  const fits = ({ mention }: Located<Definition>) =>
    kind !== 'template' ||
    wanted === undefined ||
    project.definitionsOf({ kind, name: mention.name, channel: wanted }).length > 0;
  return project
    .allOf(kind, owner)
    .filter(fits)
    .map(({ mention }) => {
      const value = describe(mention, project) ?? '';
      return {
        label: mention.name,
        kind: kinds[kind],
        detail: inBrief(mention, project),
        documentation: { kind: 'markdown', value },
        sortText: `0${mention.name}`,
      };
    });
}

export function wordChoice(word: string, documentation?: string): Choice {
  return {
    label: word,
    kind: CompletionItemKind.Keyword,
    ...(documentation !== undefined && { documentation }),
    sortText: `2${word}`,
  };
}

export function valueChoice(value: string): Choice {
  return { label: value, kind: CompletionItemKind.Value, sortText: `1${value}` };
}

/** Returns a choice for a word that something must follow. */
export function leadingChoice(label: string, insert: string): Choice {
  return { label, insert, kind: CompletionItemKind.Keyword, sortText: `2${label}` };
}

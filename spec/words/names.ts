import { suggest } from './suggest.ts';
import { t } from './t.ts';

const lookalikes: Record<string, string> = {
  ...{ а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x', і: 'i' },
  ...{ А: 'A', В: 'B', Е: 'E', К: 'K', М: 'M', Н: 'H', О: 'O', Р: 'P', С: 'C', Т: 'T', У: 'Y', Х: 'X', І: 'I' },
};

/** Returns a name in Latin letters whose Cyrillic letters look alike; undefined where it has none or others too. */
export function toLatin(name: string): string | undefined {
  if (!/[a-z]/i.test(name) && [...name].some((letter) => !(letter in lookalikes))) return undefined;
  const changed = [...name].map((letter) => lookalikes[letter] ?? letter).join('');
  return changed !== name && /^[\w-]*$/.test(changed) ? changed : undefined;
}

/** Returns the candidate that was most probably meant by a name; undefined where none is close. */
export function closestName(name: string, candidates: readonly string[]): string | undefined {
  const plain = toLatin(name);
  return plain !== undefined && candidates.includes(plain) ? plain : suggest(name, candidates);
}

/** The kinds of things that have names. */
export type NamedKind =
  | 'arm'
  | 'attribute'
  | 'campaign'
  | 'cascade'
  | 'channel'
  | 'environment'
  | 'event'
  | 'segment'
  | 'split'
  | 'variable';

/** The kinds of names, in the plural of English: texts about them name the kind. */
export type NamePlural =
  | `${NamedKind}s`
  | 'channels of it'
  | 'customers'
  | 'fields'
  | 'keys'
  | 'numbers'
  | 'reasons'
  | 'rules'
  | 'steps'
  | 'templates of it'
  | 'values'
  | 'variants'
  | 'words';

/** Returns the help for a name that does not exist. */
export function nameHelp(name: string, candidates: Iterable<string>, plural: NamePlural): string {
  const known = [...candidates];
  const meant = suggestionHelp(name, known);
  if (meant !== undefined) return meant;
  if (known.length === 0) return t`There are no ${plural} yet.`;
  if (known.length <= 16) return knownHelp(known, plural);
  return t`There are ${known.length} ${plural}, none with a name like this.`;
}

export function knownHelp(known: readonly string[], plural: NamePlural): string {
  return t`Known ${plural}: ${known.join(', ')}.`;
}

/** Returns the help for a name that is close to one that exists; undefined where none is. */
export function suggestionHelp(name: string, known: readonly string[]): string | undefined {
  const plain = toLatin(name);
  if (plain !== undefined && known.includes(plain)) return cyrillicHelp(plain);
  const meant = suggest(name, known);
  return meant === undefined ? undefined : t`Did you mean \`${meant}\`?`;
}

export function cyrillicHelp(plain: string): string {
  return t`It contains Cyrillic letters that look like Latin ones: retype \`${plain}\`.`;
}

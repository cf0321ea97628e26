import { suggest } from '../check/suggest.ts';

const lookalikes: Record<string, string> = {
  ...{ а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x', і: 'i' },
  ...{ А: 'A', В: 'B', Е: 'E', К: 'K', М: 'M', Н: 'H', О: 'O', Р: 'P', С: 'C', Т: 'T', У: 'Y', Х: 'X', І: 'I' },
};

/** The same name in Latin letters, where Cyrillic ones that look alike have slipped in. */
export function latin(name: string): string | undefined {
  if (!/[a-z]/i.test(name) && [...name].some((letter) => !(letter in lookalikes))) return undefined;
  const changed = [...name].map((letter) => lookalikes[letter] ?? letter).join('');
  return changed !== name && /^[\w-]*$/.test(changed) ? changed : undefined;
}

/** The name that somebody most probably meant. */
export function intended(name: string, candidates: readonly string[]): string | undefined {
  const plain = latin(name);
  return plain !== undefined && candidates.includes(plain) ? plain : suggest(name, candidates);
}

/** Returns the help for a name that does not exist. */
export function nameHelp(name: string, candidates: Iterable<string>, plural: string): string {
  const known = [...candidates];
  const plain = latin(name);
  if (plain !== undefined && known.includes(plain)) {
    return `It contains Cyrillic letters that look like Latin ones: retype \`${plain}\`.`;
  }
  const meant = suggest(name, known);
  if (meant !== undefined) return `Did you mean \`${meant}\`?`;
  if (known.length === 0) return `There are no ${plural} yet.`;
  if (known.length <= 16) return `Known ${plural}: ${known.join(', ')}.`;
  return `There are ${known.length} ${plural}, none with a name like this.`;
}

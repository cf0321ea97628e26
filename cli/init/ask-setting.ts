import { UserError } from '../../engine/user-error.ts';
import { suggest } from '../../spec/words/suggest.ts';
import { t } from '../../spec/words/t.ts';
import type { Choice, choose } from '../choose.ts';
import { type Language, languages, type Setting, settingIn, usual } from './setting.ts';

/** The settings that options of the command give. */
export interface GivenSetting {
  language?: Language;
  timezone?: string;
  currency?: string;
}

type Kind = 'timeZone' | 'currency';
const examples = { timeZone: 'Europe/Moscow', currency: 'EUR' };

/** Returns the given settings. Throws UserError for a zone or a currency that does not exist. */
export function givenSetting({ language, timezone, currency }: GivenSetting): Partial<Setting> {
  return {
    ...(language && { language }),
    ...(timezone !== undefined && { timezone: existing('timeZone', 'timezone', timezone) }),
    ...(currency !== undefined && { currency: existing('currency', 'currency', currency) }),
  };
}

function existing(kind: Kind, option: string, value: string): string {
  const found = read(kind, value);
  if (found) return found;
  const meant = suggest(value, Intl.supportedValuesOf(kind));
  throw new UserError(
    'wrong-call',
    kind === 'timeZone' ? t`There is no timezone "${value}".` : t`There is no currency "${value}".`,
    meant ? t`Did you mean ${meant}?` : t`Write it as in \`--${option} ${examples[kind]}\`.`,
  );
}

function read(kind: Kind, value: string): string | undefined {
  const all = [...Intl.supportedValuesOf(kind), ...(kind === 'timeZone' ? ['UTC'] : [])];
  return all.find((each) => each.toLowerCase() === value.toLowerCase());
}

/** Asks for each setting that is not given, and offers the one that the environment suggests first. Returns undefined if the user cancelled. */
export async function askSetting(
  near: Omit<Setting, 'name'>,
  given: Partial<Setting>,
  ask: typeof choose,
): Promise<Omit<Setting, 'name'> | undefined> {
  const language = given.language ?? (await ask(t`In which language are the texts?`, first(near.language, spoken)));
  if (!language) return undefined;
  const likely = settingIn(near, { language });
  const timezone = given.timezone ?? (await askFor('timeZone', t`In which time zone is the shop?`, likely, ask));
  const currency =
    timezone && (given.currency ?? (await askFor('currency', t`In which currency are prices?`, likely, ask)));
  return currency && timezone ? { language, timezone, currency } : undefined;
}

const spoken = (Object.keys(languages) as Language[]).map((value) => ({ value, about: languages[value] }));

function askFor(
  kind: Kind,
  question: string,
  { language, timezone, currency }: Omit<Setting, 'name'>,
  ask: typeof choose,
) {
  const likely = kind === 'timeZone' ? timezone : currency;
  const values = [...new Set([likely, ...(kind === 'timeZone' ? usual[language].zones : usual[language].currencies)])];
  const choices = values.map((value) => ({ value, about: value === likely ? t`suggested` : '' }));
  return ask(question, choices, { read: (answer) => read(kind, answer), example: examples[kind] });
}

function first<T extends string>(value: T, choices: Choice<T>[]): Choice<T>[] {
  return choices.toSorted((a, b) => Number(b.value === value) - Number(a.value === value));
}

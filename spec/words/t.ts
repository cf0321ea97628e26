import { currentLanguage, type Translation, type Value } from './language.ts';
import { count } from './many.ts';

/** Returns a text in the language of the output. The English text with `{0}`, `{1}` … for its values is its name in catalogues. */
export function t(strings: TemplateStringsArray, ...values: Value[]): string {
  const translation = currentLanguage().catalogue?.texts.get(keyOf(strings));
  return filled(translation ?? keyOf(strings), values);
}

/**
 * Returns the English text: for what is stored, and for tables that are made before the language is known.
 * `translated` shows it in the language of the output.
 */
export function later(strings: TemplateStringsArray, ...values: Value[]): string {
  const written = values.map((value) => (typeof value === 'number' ? inEnglish(value) : value));
  return strings.map((text, i) => text + (written[i] ?? '')).join('');
}

/** Marks all texts of a table as ones that `translated` shows. */
export function laterAll<Table>(table: Table): Table {
  return table;
}

/** Returns a text of `later` in the language of the output; another text, as it is. */
export function translated(text: string): string {
  const { catalogue } = currentLanguage();
  if (!catalogue) return text;
  const whole = catalogue.texts.get(text) ?? catalogue.stored.get(text);
  if (whole !== undefined) return filled(whole, []);
  for (const { form, translation } of formsOf(catalogue.stored)) {
    const found = form.exec(text);
    if (found) return refilled(translation, found.slice(1));
  }
  return text;
}

/** Fills in the values that were found in an English text. Text in backticks is code, whose quotes stay. */
function refilled(translation: Translation, values: string[]): string {
  if (typeof translation === 'function') return translation(...values.map(forPeople));
  return translation
    .split('`')
    .map((part, i) => filled(part, values.map(i % 2 === 0 ? forPeople : asValue)))
    .join('`');
}

/** Replaces the quotes around names by those of the language. */
function forPeople(text: string): Value {
  const named = /^([^\s"`]+ )?"[^"\\`]*"(, "[^"\\`]*")*$/.test(text) ? requoted(text) : text;
  return named === text ? asValue(text) : named;
}

/** Formats numbers in the language of the output, and translates values of several words: a single word is a name or a type. */
function asValue(text: string): Value {
  if (/^\d{1,3}(,\d{3})+$/.test(text)) return Number(text.replaceAll(',', ''));
  return /\s/.test(text) ? translated(text) : text;
}

function requoted(text: string): string {
  const quoted = currentLanguage().catalogue?.texts.get('"{0}"');
  return quoted === undefined ? text : text.replaceAll(/"([^"]*)"/g, (_, inner: string) => filled(quoted, [inner]));
}

let format: Intl.NumberFormat | undefined;

/** Formats take milliseconds to make, and many commands need none. */
function inEnglish(n: number): string {
  format ??= new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
  return format.format(n);
}

interface Form {
  form: RegExp;
  translation: Translation;
}

const known = new WeakMap<object, Form[]>();

/** Returns the texts with values as patterns; those with more words of their own are first. */
function formsOf(texts: ReadonlyMap<string, Translation>): Form[] {
  const found = known.get(texts);
  if (found) return found;
  const bare = (key: string) => key.replaceAll(place, '').length;
  const made = [...texts.keys()]
    .filter((key) => key.search(place) >= 0 && bare(key) > 0)
    .toSorted((a, b) => bare(b) - bare(a))
    .map((key) => ({
      form: new RegExp(`^${key.split(place).map(literal).join('(.*?)')}$`, 's'),
      translation: texts.get(key) ?? key,
    }));
  known.set(texts, made);
  return made;
}

/** Returns a pattern that matches this text only. */
function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const place = /\{\d+\}/g;

function keyOf(strings: readonly string[]): string {
  return strings.map((text, i) => (i === 0 ? text : `{${i - 1}}${text}`)).join('');
}

function filled(translation: Translation, values: readonly Value[]): string {
  if (typeof translation === 'function') return translation(...values);
  return translation.replaceAll(place, (found) => {
    const value = values[Number(found.slice(1, -1))];
    return value === undefined ? found : typeof value === 'number' ? count(value) : value;
  });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
export const invisible = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\uFEFF\uFFFD]/;
const invisibles = new RegExp(invisible.source, 'g');

/** Returns a text in double quotes, with the escapes that JSON, YAML and the DSL have in common. */
export function doubleQuoted(text: string): string {
  return escaped(JSON.stringify(text));
}

/** Returns a text with invisible characters as escapes, for text inside of quotes. */
export function escaped(text: string): string {
  return text.replaceAll(invisibles, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

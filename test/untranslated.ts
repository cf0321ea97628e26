/**
 * Returns runs of three or more English words: what is left of a text that was not translated. What is in backticks, in
 * quotes or in parentheses as code is, and what has a sign in it that words have not (`docs/data.md`, `--json`), is no text.
 */
export function untranslated(text: string): string[] {
  const bare = text
    .replaceAll(/`[^`\n]*`|"[^"\n]*"|«[^»\n]*»|“[^”\n]*”|\{\{[^\n]*?\}\}/g, '·')
    .replaceAll(/\w+\([^()а-яё\n]*\)|\([^()а-яё\n]*[.=<>_][^()а-яё\n]*\)/gi, '·');
  return bare.match(/(?<![\w./$<-])[A-Za-z][a-z’]*(?: [A-Za-z’]+){2,}(?![\w/=(<-])/g) ?? [];
}

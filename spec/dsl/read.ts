import { Document } from 'yaml';
import type { Diagnostic, SourceFile } from '../diagnostics/diagnostic.ts';
import { maxDepth, refuse } from '../document/limits.ts';
import type { ParsedFile } from '../document/parsed-file.ts';
import { Remarks } from '../document/remarks.ts';
import { t } from '../words/t.ts';
import { plainValue } from '../yaml/plain.ts';
import { balance, tooDeep } from './braces.ts';
import { attach } from './comments.ts';
import { createNotes, type Notes, rangeOf } from './notes.ts';
import { CrmParser } from './parser.ts';
import { type CrmToken, tokenize } from './tokens.ts';

export interface CrmReading {
  /** The tree of what was understood, with the places of its values in the text; absent where nothing can be read. */
  file?: ParsedFile;
  remarks: Remarks;
  diagnostics: Diagnostic[];
  /** Words that could not be read, because what is around them was not understood. */
  skipped: ReadonlySet<string>;
}

/** The readings of files: an editor checks hundreds of files again with every word that is typed in one of them. */
const readings = new WeakMap<SourceFile, CrmReading>();

/** Reads a file of the DSL, once, into the tree that YAML files are read into. Never throws: whatever is wrong is a Diagnostic. */
export function readCrm(file: SourceFile): CrmReading {
  const reading = readings.get(file) ?? parsed(file);
  readings.set(file, reading);
  return reading;
}

function parsed({ path, text }: SourceFile): CrmReading {
  const refused = refuse(path, text);
  if (refused) return { remarks: new Remarks(), diagnostics: [refused], skipped: wordsOf(text) };
  const { tokens, comments } = tokenize(text);
  const notes = createNotes(path, withoutComments(text, comments));
  const deep = refuseDepth(tokens, notes);
  if (deep) return { remarks: new Remarks(), diagnostics: [deep], skipped: wordsOf(text) };
  const balanced = balance(tokens);
  for (const brace of balanced.unclosed) unclosed(brace, notes);
  for (const brace of balanced.extra) extra(brace, notes);
  for (const last of balanced.unopened) unopened(last, notes);
  const root = new CrmParser(balanced.tokens, notes).file();
  const document = new Document();
  document.contents = root;
  const file = { path, text: notes.text, document, value: plainValue(root), range: notes.range };
  return { file, remarks: attach(text, comments, notes), diagnostics: notes.diagnostics, skipped: notes.skipped };
}

/** Returns a text of the same length, so that places stay. */
function withoutComments(text: string, comments: CrmToken[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { startOffset, image } of comments) {
    parts.push(text.slice(at, startOffset), ' '.repeat(image.length));
    at = startOffset + image.length;
  }
  return [...parts, text.slice(at)].join('');
}

/** Each pair of braces is at least one level of maps and lists. */
function refuseDepth(tokens: CrmToken[], notes: Notes): Diagnostic | undefined {
  const brace = tooDeep(tokens, maxDepth / 2);
  if (!brace) return undefined;
  const message = t`Braces are nested more than ${maxDepth / 2} levels deep`;
  return {
    code: 'CRM1004',
    severity: 'error',
    message,
    range: rangeOf(notes, brace),
    help: t`Take the nesting apart.`,
  };
}

function unclosed(brace: CrmToken, notes: Notes): void {
  notes.error('CRM1041', rangeOf(notes, brace), t`This \`{\` is never closed`, t`Add \`}\` where it ends.`);
}

function extra(brace: CrmToken, notes: Notes): void {
  notes.error('CRM1041', rangeOf(notes, brace), t`There is no \`{\` that this \`}\` could close`, t`Remove it.`);
}

function unopened(last: CrmToken, notes: Notes): void {
  notes.error(
    'CRM1041',
    rangeOf(notes, last),
    t`A \`{\` is missing at the end of this line`,
    t`Write it behind this word.`,
  );
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.slice(0, 5_000_000).match(/[A-Za-z_][A-Za-z0-9_-]*/g));
}

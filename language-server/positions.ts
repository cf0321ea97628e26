import type { Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { SourceFile } from '../spec/diagnostics/diagnostic.ts';

const documents = new WeakMap<SourceFile, TextDocument>();

/** Returns a file as the protocol sees it: lines and columns from 0. */
export function documentOf(file: SourceFile): TextDocument {
  const found = documents.get(file) ?? TextDocument.create(file.path, '', 0, file.text);
  documents.set(file, found);
  return found;
}

/** Converts offsets to a range of the protocol. */
export function rangeIn(file: SourceFile, start: number, end: number): Range {
  const document = documentOf(file);
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

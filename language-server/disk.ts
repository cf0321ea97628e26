import type { SourceFile } from '../spec/diagnostics/diagnostic.ts';

/** The server's view of the files around it. URIs are the editor's, paths are relative to a project's root. */
export interface Disk {
  /** Returns the root of the project that a file or folder belongs to; undefined if there is none. */
  rootOf(uri: string): Promise<string | undefined>;
  /** Returns all texts of a project. */
  read(root: string): Promise<SourceFile[]>;
  /** Returns the text of one file; undefined if it does not exist, or is not part of the project. */
  text(root: string, path: string): Promise<string | undefined>;
  /** Returns the path with forward slashes; undefined if it is not below the root. */
  pathOf(root: string, uri: string): string | undefined;
  uriOf(root: string, path: string): string;
}

import type { SourceFile } from '../spec/diagnostics/diagnostic.ts';

/** The server's view of the files around it. URIs are the editor's, paths are relative to a project's root. */
export interface Disk {
  /** The root of the project that a file or folder belongs to; undefined: to none. */
  rootOf(uri: string): Promise<string | undefined>;
  /** All texts of a project. */
  read(root: string): Promise<SourceFile[]>;
  /** The text of one file; undefined where there is none, or it is no part of the project. */
  text(root: string, path: string): Promise<string | undefined>;
  /** With forward slashes; undefined for what is not below the root. */
  pathOf(root: string, uri: string): string | undefined;
  uriOf(root: string, path: string): string;
}

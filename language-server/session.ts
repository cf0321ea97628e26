import type { Diagnostic } from 'vscode-languageserver';
import { diagnosticsByFile } from './diagnostics.ts';
import type { Disk } from './disk.ts';
import { Project } from './project.ts';

export interface Place {
  project: Project;
  path: string;
}

export interface SessionOptions {
  disk: Disk;
  publish(uri: string, diagnostics: Diagnostic[]): void;
  failed(error: unknown): void;
  /** The time without changes after which everything is checked again, milliseconds. */
  pause: number;
  /** The address at which the codes of diagnostics are explained, if there is one. */
  page?: string;
}

/** The projects that an editor has files of. */
export class Session {
  readonly #options: SessionOptions;
  readonly #projects = new Map<string, Promise<Project>>();
  readonly #timers = new Map<Project, ReturnType<typeof setTimeout>>();
  /** The files that have published diagnostics, by project. */
  readonly #published = new Map<Project, Set<string>>();
  /** The texts in the editor by URI, which take precedence over those on disk. */
  readonly #open = new Map<string, string>();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Returns the place of a file; undefined if it belongs to no project. */
  async place(uri: string): Promise<Place | undefined> {
    const { disk } = this.#options;
    const root = await disk.rootOf(uri);
    if (root === undefined) return undefined;
    const project = await this.#project(root);
    const path = disk.pathOf(root, uri);
    if (path === undefined) return undefined;
    const text = this.#open.get(uri);
    if (text !== undefined) project.set(path, text);
    return { project, path };
  }

  /** Sets the text that the editor has of a file. */
  async edited(uri: string, text: string): Promise<void> {
    this.#open.set(uri, text);
    const place = await this.place(uri);
    if (place) this.#schedule(place.project);
  }

  /** Reads a file again from the disk, unless the editor has a text of it. */
  async changedOnDisk(uri: string): Promise<void> {
    if (this.#open.has(uri)) return;
    const place = await this.place(uri);
    if (!place) return;
    const { project, path } = place;
    project.set(path, await this.#options.disk.text(project.root, path));
    this.#schedule(project);
  }

  async closed(uri: string): Promise<void> {
    this.#open.delete(uri);
    await this.changedOnDisk(uri);
  }

  /** Reads a whole project, so that it is checked before any of its files is opened. */
  async enter(folder: string): Promise<void> {
    const root = await this.#options.disk.rootOf(folder);
    if (root !== undefined) this.#schedule(await this.#project(root));
  }

  /** Discards all projects, because some have been created or deleted. */
  async restart(): Promise<void> {
    this.stop();
    for (const [project, paths] of this.#published)
      for (const path of paths) this.#options.publish(this.uriOf(project, path), []);
    this.#published.clear();
    this.#projects.clear();
    await Promise.all([...this.#open].map(([uri, text]) => this.edited(uri, text)));
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /** Returns the URI as the editor writes it, if the file is open there. */
  uriOf(project: Project, path: string): string {
    const { disk } = this.#options;
    const open = [...this.#open.keys()].find((uri) => disk.pathOf(project.root, uri) === path);
    return open ?? disk.uriOf(project.root, path);
  }

  #project(root: string): Promise<Project> {
    const found = this.#projects.get(root) ?? this.#options.disk.read(root).then((files) => new Project(root, files));
    this.#projects.set(root, found);
    // A folder that could not be read may be readable later.
    found.catch(() => this.#projects.delete(root));
    return found;
  }

  #schedule(project: Project): void {
    clearTimeout(this.#timers.get(project));
    const timer = setTimeout(() => {
      this.#timers.delete(project);
      try {
        this.#publish(project);
      } catch (error) {
        this.#options.failed(error);
      }
    }, this.#options.pause);
    this.#timers.set(project, timer);
  }

  #publish(project: Project): void {
    const found = diagnosticsByFile(project, this.#options.page);
    const before = this.#published.get(project) ?? new Set();
    for (const path of new Set([...before, ...found.keys()])) {
      this.#options.publish(this.uriOf(project, path), found.get(path) ?? []);
    }
    this.#published.set(project, new Set(found.keys()));
  }
}

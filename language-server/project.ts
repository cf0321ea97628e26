import type { Diagnostic, SourceFile } from '../spec/diagnostics/diagnostic.ts';
import { distinct } from '../spec/diagnostics/sorting.ts';
import { lint } from '../spec/lint/lint.ts';
import { loadProject } from '../spec/load.ts';
import { type Definition, identity, isDefinition, type Mention, type Named } from '../spec/names/mention.ts';
import { namesIn } from '../spec/names/names.ts';
import { eventsOfTemplates, resolveEvents } from './senders.ts';

/** A name and the file that contains it. */
export interface Located<M extends Mention = Mention> {
  path: string;
  mention: M;
}

/** The present texts of a project, on disk and in the editor, and the facts derived from them. Each fact is derived once. */
export class Project {
  readonly root: string;
  readonly #files = new Map<string, SourceFile>();
  readonly #names = new WeakMap<SourceFile, Mention[]>();
  #diagnostics: Diagnostic[] | undefined;
  #definitions: Map<string, Located<Definition>[]> | undefined;
  #events: ReadonlyMap<string, string> | undefined;

  constructor(root: string, files: readonly SourceFile[] = []) {
    this.root = root;
    for (const { path, text } of files) this.set(path, text);
  }

  /** Sets the text of a file; undefined removes the file. */
  set(path: string, text: string | undefined): void {
    if (this.#files.get(path)?.text === text) return;
    if (text === undefined) this.#files.delete(path);
    else this.#files.set(path, { path, text });
    this.#diagnostics = undefined;
    this.#definitions = undefined;
    this.#events = undefined;
  }

  file(path: string): SourceFile | undefined {
    return this.#files.get(path);
  }

  files(): SourceFile[] {
    return [...this.#files.values()];
  }

  /** Returns all present errors and findings of the lint. */
  diagnostics(): Diagnostic[] {
    if (this.#diagnostics) return this.#diagnostics;
    const files = this.files();
    const loaded = loadProject(files);
    this.#diagnostics = distinct([...loaded.diagnostics, ...lint(files, loaded)]);
    return this.#diagnostics;
  }

  /** Returns the names in a file, in its order. */
  names(path: string): Mention[] {
    const file = this.#files.get(path);
    const found = file ? this.#read(file) : [];
    if (path.endsWith('.hbs')) return resolveEvents(found, this.#sent().get(path));
    return found.filter(({ assigned }) => assigned === undefined || !this.#isText(assigned));
  }

  #read(file: SourceFile): Mention[] {
    const found = this.#names.get(file) ?? namesIn(file);
    this.#names.set(file, found);
    return found;
  }

  /** Returns, by path of a template or partial, the event of the campaigns that send it, if there is only one. */
  #sent(): ReadonlyMap<string, string> {
    this.#events ??= eventsOfTemplates(
      this.files().map((file) => ({ path: file.path, names: this.#read(file) })),
      (channel) => this.channelKind(channel),
    );
    return this.#events;
  }

  /** Returns the name at an offset. */
  nameAt(path: string, offset: number): Mention | undefined {
    return this.names(path).find(({ start, end }) => start <= offset && offset <= end && start < end);
  }

  /** Returns the event of the campaigns that send a template. */
  eventOfTemplate(path: string): string | undefined {
    return this.#sent().get(path);
  }

  /** Returns the places of the definition of a name; for a template, of every variant for the channel's kind. */
  definitionsOf(named: Named): Located<Definition>[] {
    const found = this.#defined().get(identity(named)) ?? [];
    const kind = named.kind === 'template' && named.channel !== undefined ? this.channelKind(named.channel) : undefined;
    return kind === undefined ? found : found.filter(({ mention }) => mention.channel === kind);
  }

  /** Returns all definitions of a kind, each name once; if they have owners, those of `owner`. */
  allOf(kind: Named['kind'], owner?: string): Located<Definition>[] {
    return [...this.#defined().values()].flatMap(([first]) =>
      first && first.mention.kind === kind && first.mention.owner === owner ? [first] : [],
    );
  }

  /** Returns all mentions of a name, including its definitions. */
  mentionsOf(named: Named): Located[] {
    const wanted = identity(named);
    return [...this.#files.keys()].flatMap((path) =>
      this.names(path).flatMap((mention) => (identity(mention) === wanted ? [{ path, mention }] : [])),
    );
  }

  /** Returns the kind of a channel: the written one, or its own name. */
  channelKind(name: string): string {
    const [found] = this.#defined().get(identity({ kind: 'channel', name })) ?? [];
    const written = found?.mention.written();
    const kind = typeof written === 'object' && written !== null && 'kind' in written ? written.kind : undefined;
    return typeof kind === 'string' ? kind : name;
  }

  #defined(): Map<string, Located<Definition>[]> {
    if (this.#definitions) return this.#definitions;
    const found = new Map<string, Located<Definition>[]>();
    for (const file of this.#files.values()) {
      for (const mention of this.#read(file)) {
        if (!isDefinition(mention)) continue;
        const key = identity(mention);
        found.set(key, [...(found.get(key) ?? []), { path: file.path, mention }]);
      }
    }
    this.#definitions = found;
    return found;
  }

  #isText(attribute: string): boolean {
    const [found] = this.#defined().get(identity({ kind: 'attribute', name: attribute })) ?? [];
    const type = found && fieldFacts(found.mention).type;
    return type !== undefined && ['string', 'email', 'phone', 'timezone', 'locale', 'country'].includes(type);
  }
}

export interface FieldFacts {
  type?: string;
  title?: string;
  pii: boolean;
}

/** Returns the written facts of an attribute or a field. Addresses are personal unless declared otherwise. */
export function fieldFacts(definition: Definition): FieldFacts {
  const written = definition.written();
  const { type, title, pii } = (
    typeof written === 'object' && written !== null ? written : { type: written }
  ) as Record<string, unknown>;
  const name = typeof type === 'string' ? type : undefined;
  return {
    ...(name !== undefined && { type: name }),
    ...(typeof title === 'string' && { title }),
    pii: typeof pii === 'boolean' ? pii : name === 'email' || name === 'phone',
  };
}

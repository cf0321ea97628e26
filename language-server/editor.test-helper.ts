import type { Readable, Writable } from 'node:stream';
import { PassThrough } from 'node:stream';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type {
  CodeAction,
  CompletionItem,
  Diagnostic,
  Hover,
  Location,
  Position,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import {
  createConnection,
  StreamMessageReader as ServerReader,
  StreamMessageWriter as ServerWriter,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Disk } from './disk.ts';
import { serve } from './server.ts';

/** The sign for an editor's cursor in texts of tests. */
export const mark = '▮';

export type Files = Record<string, string>;

const root = 'file:///shop';

/** Opens an editor that speaks the protocol to a server in this process. `files`: the files on its disk. */
export async function openEditor(files: Files): Promise<Editor> {
  const [there, back] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new ServerReader(there), new ServerWriter(back));
  serve(server, { disk: diskOf(files), version: 'test', pause: 1, page: 'file:///docs/codes.md' });
  server.listen();
  const editor = new Editor(back, there, root);
  await editor.start();
  return editor;
}

function diskOf(files: Files): Disk {
  const pathOf = (uri: string) => (uri.startsWith(`${root}/`) ? uri.slice(root.length + 1) : undefined);
  return {
    rootOf: async (uri) => (uri === root || pathOf(uri) !== undefined ? root : undefined),
    read: async () => Object.entries(files).map(([path, text]) => ({ path, text })),
    text: async (_root, path) => files[path],
    pathOf: (_root, uri) => pathOf(uri),
    uriOf: (_root, path) => `${root}/${path}`,
  };
}

interface At {
  textDocument: { uri: string };
  position: Position;
}

export class Editor {
  readonly #connection: MessageConnection;
  readonly #root: string;
  readonly #texts = new Map<string, { text: string; version: number }>();
  readonly #diagnostics = new Map<string, Diagnostic[]>();
  readonly #waiting = new Set<() => void>();

  constructor(output: Readable, input: Writable, root: string) {
    this.#root = root;
    this.#connection = createMessageConnection(new StreamMessageReader(output), new StreamMessageWriter(input));
    this.#connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
        this.#diagnostics.set(this.#pathOf(uri), diagnostics);
        for (const look of this.#waiting) look();
      },
    );
    this.#connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      throw new Error(`the server says: ${message}`);
    });
    this.#connection.listen();
  }

  /** Starts the session. `locale`: the language of the editor. */
  async start(locale?: string): Promise<{ capabilities: Record<string, unknown> }> {
    const workspaceFolders = [{ uri: this.#root, name: 'shop' }];
    const result = await this.request('initialize', {
      processId: null,
      rootUri: this.#root,
      workspaceFolders,
      capabilities: {},
      ...(locale !== undefined && { locale }),
    });
    await this.#connection.sendNotification('initialized', {});
    return result as { capabilities: Record<string, unknown> };
  }

  /** Ends the session as the protocol requires; the server's process ends. */
  async leave(): Promise<void> {
    await this.request('shutdown', undefined);
    await this.#connection.sendNotification('exit');
  }

  close(): void {
    this.#connection.dispose();
  }

  /** Notifies the server that a file on the disk was created (1), changed (2) or deleted (3). */
  async changedOnDisk(path: string, type: 1 | 2 | 3): Promise<void> {
    const changes = [{ uri: `${this.#root}/${path}`, type }];
    await this.#connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  }

  async closeFile(path: string): Promise<void> {
    this.#texts.delete(path);
    const textDocument = { uri: `${this.#root}/${path}` };
    await this.#connection.sendNotification('textDocument/didClose', { textDocument });
  }

  request(method: string, params: unknown): Promise<unknown> {
    return params === undefined ? this.#connection.sendRequest(method) : this.#connection.sendRequest(method, params);
  }

  /** Sets the text of a file in the editor. Returns the position of the mark in it. */
  async type(path: string, marked: string): Promise<At> {
    const offset = Math.max(0, marked.indexOf(mark));
    const text = marked.replace(mark, '');
    const uri = `${this.#root}/${path}`;
    const known = this.#texts.get(path);
    const version = (known?.version ?? 0) + 1;
    this.#texts.set(path, { text, version });
    if (!known) {
      await this.#connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'crm', version, text },
      });
    } else if (known.text !== text) {
      const contentChanges = [{ text }];
      await this.#connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges,
      });
    }
    return { textDocument: { uri }, position: TextDocument.create(uri, '', 0, text).positionAt(offset) };
  }

  async complete(path: string, marked: string): Promise<CompletionItem[]> {
    return ((await this.request('textDocument/completion', await this.type(path, marked))) ?? []) as CompletionItem[];
  }

  /** Returns the text after choosing `label`, with a mark after the inserted text. */
  async choose(path: string, marked: string, label: string): Promise<string> {
    const items = await this.complete(path, marked);
    const found = items.find((item) => item.label === label);
    if (!found?.textEdit) throw new Error(`no ${label} among ${items.map((item) => item.label).join(', ')}`);
    const edit = found.textEdit as TextEdit;
    return applied(marked.replace(mark, ''), [{ ...edit, newText: edit.newText + mark }]);
  }

  async hover(path: string, marked: string): Promise<string | undefined> {
    const result = (await this.request('textDocument/hover', await this.type(path, marked))) as Hover | null;
    return result ? (result.contents as { value: string }).value : undefined;
  }

  /** Returns `path:line:column`, from 1, with the text at that position. */
  async definition(path: string, marked: string): Promise<string[]> {
    const at = await this.type(path, marked);
    return this.#shown((await this.request('textDocument/definition', at)) as Location[]);
  }

  async references(path: string, marked: string): Promise<string[]> {
    const at = await this.type(path, marked);
    const context = { includeDeclaration: true };
    return this.#shown((await this.request('textDocument/references', { ...at, context })) as Location[]);
  }

  async rename(path: string, marked: string, newName: string): Promise<Record<string, TextEdit[]>> {
    const at = await this.type(path, marked);
    const edit = (await this.request('textDocument/rename', { ...at, newName })) as WorkspaceEdit;
    return Object.fromEntries(Object.entries(edit.changes ?? {}).map(([uri, edits]) => [this.#pathOf(uri), edits]));
  }

  async format(path: string, text: string): Promise<string> {
    const { textDocument } = await this.type(path, text);
    const options = { tabSize: 2, insertSpaces: true };
    return applied(text, (await this.request('textDocument/formatting', { textDocument, options })) as TextEdit[]);
  }

  /** Returns the fixes that are offered for the problems at the mark. */
  async actions(path: string, marked: string): Promise<CodeAction[]> {
    const { textDocument, position } = await this.type(path, marked);
    const context = { diagnostics: this.#diagnostics.get(path) ?? [] };
    const range = { start: position, end: position };
    return ((await this.request('textDocument/codeAction', { textDocument, range, context })) ?? []) as CodeAction[];
  }

  /** Returns the diagnostics of a file, as soon as they are as `wanted`. */
  diagnostics(path: string, wanted: (found: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`still ${JSON.stringify(this.#diagnostics.get(path))} for ${path}`)),
        10_000,
      );
      const look = () => {
        const found = this.#diagnostics.get(path) ?? [];
        if (!wanted(found)) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  #pathOf(uri: string): string {
    return uri.slice(this.#root.length + 1);
  }

  #shown(locations: readonly Location[]): string[] {
    return locations.map(
      ({ uri, range }) => `${this.#pathOf(uri)}:${range.start.line + 1}:${range.start.character + 1}`,
    );
  }
}

export function applied(text: string, edits: TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create('', '', 0, text), edits);
}

import {
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  type Location,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { actions } from './actions.ts';
import { complete } from './completion/completion.ts';
import type { Disk } from './disk.ts';
import { format } from './format.ts';
import { hover } from './hover.ts';
import { definitions, references, symbols, type Target } from './navigate.ts';
import { documentOf } from './positions.ts';
import { Refusal, renamable, rename } from './rename.ts';
import { type Place, Session } from './session.ts';

export interface ServerOptions {
  disk: Disk;
  version: string;
  /** The time without changes after which everything is checked again, milliseconds. */
  pause?: number;
  /** Sets the language of texts to that of the editor (`ru`, `pt-BR`); absent if the user has chosen a language. */
  speak?(locale: string): Promise<void>;
  /** The URI of the page on which the codes of diagnostics are explained, if there is one. */
  page?: string;
}

const watched = ['**/*.crm', '**/*.crm.yaml', '**/crm.yaml', '**/templates/**/*.hbs'];

/** Serves an editor over a connection, on which the caller then listens. */
export function serve(connection: Connection, { disk, version, pause = 150, page, speak }: ServerOptions): void {
  const failed = (error: unknown) =>
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const session = new Session({
    disk,
    pause,
    ...(page !== undefined && { page }),
    failed,
    publish: (uri, diagnostics) => void connection.sendDiagnostics({ uri, diagnostics }),
  });
  const documents = new TextDocuments(TextDocument);
  let client: InitializeParams | undefined;

  connection.onInitialize(async (params): Promise<InitializeResult> => {
    client = params;
    if (params.locale !== undefined) await speak?.(params.locale);
    return { serverInfo: { name: 'kaskad', version }, capabilities };
  });
  connection.onInitialized(() => {
    if (client?.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      const watchers = watched.map((globPattern) => ({ globPattern }));
      connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(failed);
    }
    for (const { uri } of client?.workspaceFolders ?? []) session.enter(uri).catch(failed);
  });
  connection.onShutdown(() => session.stop());

  documents.onDidChangeContent(({ document }) => session.edited(document.uri, document.getText()).catch(failed));
  documents.onDidClose(({ document }) => session.closed(document.uri).catch(failed));
  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    const projects = changes.some(
      ({ uri, type }) => type !== FileChangeType.Changed && /\/(crm\.yaml|project\.crm)$/.test(uri),
    );
    if (projects) await session.restart().catch(failed);
    else for (const { uri } of changes) await session.changedOnDisk(uri).catch(failed);
  });

  /** Answers a request about a place. An internal error is logged, and the editor gets no answer. */
  async function asked<T>(document: { uri: string }, answer: (place: Place) => T): Promise<T | null> {
    try {
      const place = await session.place(document.uri);
      return place ? answer(place) : null;
    } catch (error) {
      if (error instanceof Refusal) throw new ResponseError(LSPErrorCodes.RequestFailed, error.message);
      failed(error);
      return null;
    }
  }
  const offsetIn = ({ project, path }: Place, position: { line: number; character: number }) => {
    const file = project.file(path);
    return file ? documentOf(file).offsetAt(position) : 0;
  };
  const located = (place: Place, targets: Target[]): Location[] =>
    targets.map(({ path, range }) => ({ uri: session.uriOf(place.project, path), range }));

  connection.onCompletion(({ textDocument, position }) =>
    asked(textDocument, (place) => complete(place.project, place.path, offsetIn(place, position))),
  );
  connection.onHover(({ textDocument, position }) =>
    asked(textDocument, (place) => hover(place.project, place.path, offsetIn(place, position)) ?? null),
  );
  connection.onDefinition(({ textDocument, position }) =>
    asked(textDocument, (place) => located(place, definitions(place.project, place.path, offsetIn(place, position)))),
  );
  connection.onReferences(({ textDocument, position, context }) =>
    asked(textDocument, (place) => {
      const offset = offsetIn(place, position);
      return located(place, references(place.project, place.path, offset, context.includeDeclaration));
    }),
  );
  connection.onDocumentSymbol(({ textDocument }) => asked(textDocument, ({ project, path }) => symbols(project, path)));
  connection.onPrepareRename(({ textDocument, position }) =>
    asked(textDocument, (place) => renamable(place.project, place.path, offsetIn(place, position)) ?? null),
  );
  connection.onRenameRequest(({ textDocument, position, newName }) =>
    asked(textDocument, (place) => {
      const edits = rename(place.project, place.path, offsetIn(place, position), newName);
      const changes = edits.map(({ path, edits: list }) => [session.uriOf(place.project, path), list] as const);
      return { changes: Object.fromEntries(changes) };
    }),
  );
  connection.onDocumentFormatting(({ textDocument }) =>
    asked(textDocument, ({ project, path }) => {
      const file = project.file(path);
      return file ? format(file) : [];
    }),
  );
  connection.onCodeAction(({ textDocument, context, range }) =>
    asked(textDocument, ({ project, path }) =>
      actions(project, path, range, context.diagnostics, (where) => session.uriOf(project, where)),
    ),
  );
  documents.listen(connection);
}

const capabilities: InitializeResult['capabilities'] = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  completionProvider: { triggerCharacters: [' ', '.', '(', '/'] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentSymbolProvider: true,
  renameProvider: { prepareProvider: true },
  documentFormattingProvider: true,
  codeActionProvider: { codeActionKinds: ['quickfix'] },
};

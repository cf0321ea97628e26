import { access, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection } from 'vscode-languageserver/node';
import { UserError } from '../../engine/user-error.ts';
import type { Disk } from '../../language-server/disk.ts';
import { serve } from '../../language-server/server.ts';
import { t } from '../../spec/words/t.ts';
import type { Io } from '../io.ts';
import { chooseLanguage } from '../language.ts';
import { findRoot, isPart, readProject } from '../project.ts';
import { version } from '../version.ts';

/** Serves an editor on standard input and output. The process ends when the editor requests the exit. */
export async function lsp(io: Io, { lang }: { lang?: string } = {}): Promise<number> {
  if (io.terminal.stdin) {
    throw new UserError(
      'wrong-call',
      t`\`crm lsp\` is started by editors, not by people.`,
      t`See docs/editors.md for how to set one up.`,
    );
  }
  const connection = createConnection(process.stdin, process.stdout);
  const speak = (locale: string) => chooseLanguage([], { LANG: locale });
  // A language chosen by option or environment overrides the language of the editor.
  const chosen = lang !== undefined || Boolean(io.env.CRM_LANG);
  serve(connection, { disk, version, ...(await pageOfCodes()), ...(!chosen && { speak }) });
  connection.listen();
  return new Promise(() => {});
}

/** Returns the page of codes in a checkout of the repository. The npm package has no documentation. */
async function pageOfCodes(): Promise<{ page?: string }> {
  const page = new URL('../../docs/reference/codes.md', import.meta.url);
  return access(page).then(
    () => ({ page: page.href }),
    () => ({}),
  );
}

/** The files of this machine. */
export const disk: Disk = {
  async rootOf(uri) {
    const path = pathOf(uri);
    if (path === undefined) return undefined;
    for (const folder of [path, dirname(path)]) {
      const root = await findRoot(folder).catch((error: unknown) => {
        if (error instanceof UserError) return undefined;
        throw error;
      });
      if (root !== undefined) return root;
    }
    return undefined;
  },
  read: readProject,
  text: (root, path) => readFile(join(root, path), 'utf8').catch(() => undefined),
  pathOf(root, uri) {
    const path = pathOf(uri);
    const inside = path === undefined ? '..' : relative(root, path).replaceAll(sep, '/');
    return !inside.startsWith('..') && isPart(inside) ? inside : undefined;
  },
  uriOf: (root, path) => pathToFileURL(join(root, path)).href,
};

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    // The URI does not name a file on disk: an unsaved text has none.
    return undefined;
  }
}

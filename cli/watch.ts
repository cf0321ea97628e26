import { watch as watchFiles } from 'node:fs';
import { t } from '../spec/words/t.ts';
import type { Io } from './io.ts';
import { reportError } from './report-error.ts';
import { remark } from './say.ts';

/** The time in which an editor may write a file several times, milliseconds. */
const QUIET = 150;

/** Does the work now and after every change under the folder, until Ctrl-C. Errors are printed and do not end it. */
export async function watch(io: Io, root: string, work: () => Promise<void>): Promise<void> {
  const signal = io.interrupted();
  let wake: (() => void) | undefined;
  let dirty = true;
  let timer: NodeJS.Timeout | undefined;
  const touch = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      dirty = true;
      wake?.();
    }, QUIET);
  };
  const watcher = watchFiles(root, { recursive: true, signal }, (_, file) => {
    if (file === null || belongs(file)) touch();
  });
  // The signal ends it with an error.
  watcher.on('error', () => wake?.());
  signal.addEventListener('abort', () => wake?.());
  while (!signal.aborted) {
    if (dirty) {
      dirty = false;
      await work().catch((error) => reportError(error, io, []));
      if (!signal.aborted) remark(io, t`Watching for changes; Ctrl-C ends it.`);
    } else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  clearTimeout(timer);
  watcher.close();
}

/** Returns false for files that commands write, such as reports. */
function belongs(file: string): boolean {
  const parts = file.split(/[\\/]/);
  return /\.(?:crm|ya?ml|hbs)$/.test(file) && !parts.some((part) => part.startsWith('.') || part === 'node_modules');
}

import { watch as watchFiles } from 'node:fs';
import { t } from '../spec/words/t.ts';
import type { Io } from './io.ts';
import { remark } from './say.ts';
import { tell } from './tell.ts';

/** Editors write a file in several goes, milliseconds. */
const QUIET = 150;

/** Does the work, and again after every change under the folder, until Ctrl-C. Mistakes are told and do not end it. */
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
  // It ends by the signal, and that is told as an error.
  watcher.on('error', () => wake?.());
  signal.addEventListener('abort', () => wake?.());
  while (!signal.aborted) {
    if (dirty) {
      dirty = false;
      await work().catch((error) => tell(error, io, []));
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

/** Not what commands write, such as reports. */
function belongs(file: string): boolean {
  const parts = file.split(/[\\/]/);
  return /\.(?:crm|ya?ml|hbs)$/.test(file) && !parts.some((part) => part.startsWith('.') || part === 'node_modules');
}

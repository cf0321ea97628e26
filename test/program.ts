import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A bundle of the program in a folder of its own. */
export interface Program {
  /** The script of `crm`. */
  main: string;
  remove(): void;
}

/** Bundles the program as the package contains it: it starts in half of the time that the sources need. */
export async function bundleProgram(): Promise<Program> {
  const root = join(import.meta.dirname, '..');
  // Packages are found from there.
  const folder = await mkdtemp(join(root, 'node_modules', '.kaskad-test-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  await promisify(execFile)(process.execPath, [join(root, 'scripts', 'bundle.mjs'), folder]);
  return { main: join(folder, 'cli', 'main.js'), remove };
}

/** Returns the script of `crm` of this run, bundling it where nobody has. */
export async function scriptOfProgram(): Promise<string> {
  if (!process.env.VITEST) return (await bundleProgram()).main;
  const { inject } = await import('vitest');
  const answer = await fetch(`${inject('services')}program`);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.text();
}

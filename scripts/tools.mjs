import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Returns the Node that the project pins, or this one where development dependencies are not installed. */
export function node() {
  const pinned = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(pinned) ? pinned : process.execPath;
}

/** Returns the script that a tool's command runs. */
export function bin(name) {
  const scripts = { tsc: 'typescript/bin/tsc', vitest: 'vitest/vitest.mjs', biome: '@biomejs/biome/bin/biome' };
  return join(root, 'node_modules', scripts[name]);
}

/**
 * Installs what the lock file lists where it is missing. Not by `npm ci`, which refuses a lock file that does not
 * list the optional packages of every platform; `--no-save` keeps the versions and the lock file as they are. Warnings are left out: on
 * Node 20 npm prints one for each package that needs a later Node, which the commands then bring.
 */
export function install() {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing what is needed …');
  const { status } = spawnSync('npm', ['install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm install did not succeed: see above. Is there a way to the npm registry?');
    process.exit(1);
  }
}

/** Returns the environment in which every command finds the pinned Node first. */
export function environment() {
  const path = join(root, 'node_modules', '.bin');
  return { ...process.env, PATH: `${path}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}` };
}

/** Returns the time of the last change under these files and folders. */
export function newest(...paths) {
  return Math.max(
    0,
    ...paths.map((path) => {
      const facts = statSync(path, { throwIfNoEntry: false });
      if (!facts) return 0;
      if (!facts.isDirectory()) return facts.mtimeMs;
      return newest(...readdirSync(path).map((name) => join(path, name)));
    }),
  );
}

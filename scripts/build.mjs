// Plain JavaScript without dependencies: runs on any Node that npm runs on.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bin, node, root } from './tools.mjs';

/** Writes the program and its types to dist/, which stays as it was until the new one is complete. Returns true if that worked. */
export function build() {
  const made = join(root, 'node_modules', '.kaskad-build');
  rmSync(made, { recursive: true, force: true });
  const types = [bin('tsc'), '-p', 'tsconfig.build.json', '--outDir', made];
  const program = [join(root, 'scripts', 'bundle.mjs'), made];
  for (const words of [types, program])
    if (spawnSync(node(), words, { cwd: root, stdio: 'inherit' }).status !== 0) return false;
  cpSync(join(root, 'cli', 'init', 'starters'), join(made, 'cli', 'starters'), { recursive: true });
  chmodSync(join(made, 'cli', 'main.js'), 0o755);
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  renameSync(made, join(root, 'dist'));
  link();
  return true;
}

/** npm links the commands of what it installs, and not those of the project itself: `npx crm` shall work here too. */
function link() {
  if (process.platform === 'win32') return;
  const command = join(root, 'node_modules', '.bin', 'crm');
  rmSync(command, { force: true });
  symlinkSync(join('..', '..', 'dist', 'cli', 'main.js'), command);
}

// `prepare` also runs where the package is installed without what is needed to build it; there, dist/ is in it.
if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (existsSync(`${root}/tsconfig.build.json`) && existsSync(bin('tsc'))) process.exitCode = build() ? 0 : 1;
}

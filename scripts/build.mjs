// Plain JavaScript without dependencies: runs on any Node that npm runs on.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bin, node, root } from './tools.mjs';

/** Translates the sources to dist/. Returns whether that worked. */
export function build() {
  rmSync(`${root}/dist`, { recursive: true, force: true });
  const { status } = spawnSync(node(), [bin('tsc'), '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) return false;
  chmodSync(`${root}/dist/cli/main.js`, 0o755);
  return true;
}

// `prepare` also runs where the package is installed without what is needed to build it; there, dist/ is in it.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (existsSync(`${root}/tsconfig.build.json`) && existsSync(bin('tsc'))) process.exitCode = build() ? 0 : 1;
}

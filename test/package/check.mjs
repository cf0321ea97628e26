// Packs the project, installs the package into an empty folder, and uses it there as a newcomer would.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kaskad-package-'));
// The package needs a newer Node than a machine may have; the pinned one stands for it.
const env = { ...process.env, PATH: `${join(root, 'node_modules', 'node', 'bin')}:${process.env.PATH}`, NO_COLOR: '1' };
delete env.FORCE_COLOR;

try {
  const [packed] = JSON.parse(run(root, 'npm', 'pack', '--json', '--pack-destination', folder));
  checkContent(packed.files.map((file) => file.path));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  run(folder, 'npm', 'install', '--no-fund', '--no-audit', join(folder, packed.filename));
  run(folder, 'npx', 'crm', 'init');
  expect(run(folder, 'npx', 'crm', 'validate'), /1 campaign, 0 segments, 3 templates: fine/);
  expect(run(folder, 'npx', 'crm', 'plan'), /Plan: \d+ to add, 0 to change, 0 to remove/);
  expect(run(folder, 'npx', 'crm', 'simulate', '--days', '7'), /messages sent/);
  expect(run(folder, 'npx', 'crm', '--version'), new RegExp(`^${packed.version}$`, 'm'));
  writeFileSync(
    join(folder, 'use.js'),
    "import { load } from 'kaskad';\nimport { loadProject } from 'kaskad/language';\n" +
      "console.log((await load('.')).diagnostics.length, loadProject([]).diagnostics[0].code);\n",
  );
  expect(run(folder, 'node', 'use.js'), /^0 CRM\d{4}$/m);
  const types = JSON.parse(readFileSync(join(folder, 'node_modules', 'kaskad', 'package.json'), 'utf8')).types;
  expect(readFileSync(join(folder, 'node_modules', 'kaskad', types), 'utf8'), /export declare function load/);
  console.log('The package installs into an empty folder and works.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(cwd, program, ...words) {
  return execFileSync(program, words, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function expect(text, wanted) {
  if (!wanted.test(text)) throw new Error(`expected ${wanted} in:\n${text}`);
}

function checkContent(paths) {
  const strange = paths.filter(
    (path) =>
      !/^(dist\/|schemas\/|README\.md$|LICENSE$|package\.json$)/.test(path) ||
      /\.(test|fixture|test-helper)\./.test(path),
  );
  if (strange.length > 0) throw new Error(`the package holds what it should not: ${strange.join(', ')}`);
  for (const wanted of [
    'dist/cli/main.js',
    'dist/cli/starters/en/shop/gitignore',
    'dist/index.js',
    'dist/index.d.ts',
    'schemas/crm.schema.json',
  ])
    if (!paths.includes(wanted)) throw new Error(`the package lacks ${wanted}`);
}

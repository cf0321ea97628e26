// Checks what deploy/ has with the tools of those who run it: the Dockerfile is linted, and its first stages are executed as far as that is possible without a container;
// the manifests are checked against the schemas of Kubernetes; the unit is verified by systemd.
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kaskad-deploy-'));
const tools = join(folder, 'tools');
// The image has a newer Node than a machine may have; the pinned one stands for it.
const env = { ...process.env, PATH: `${join(root, 'node_modules', 'node', 'bin')}:${process.env.PATH}`, NO_COLOR: '1' };

try {
  mkdirSync(tools);
  writeFileSync(join(tools, 'package.json'), '{ "private": true }\n');
  run(tools, 'npm', 'install', '--no-fund', '--no-audit', 'kubernetes-models@5.1.0', 'dockerfile-utils@0.16.3');
  lintDockerfile(createRequire(join(tools, 'package.json'))('dockerfile-utils'));
  checkManifests();
  verifyUnit();
  buildStages();
  console.log('What deploy/ has is as its tools want it.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function lintDockerfile({ validate }) {
  const faults = validate(readFileSync(join(root, 'deploy', 'Dockerfile'), 'utf8'));
  if (faults.length > 0) throw new Error(`deploy/Dockerfile: ${JSON.stringify(faults)}`);
}

function checkManifests() {
  const manifests = globSync('deploy/kubernetes/*/*.yaml', { cwd: root })
    .map((file) => parse(readFileSync(join(root, file), 'utf8')))
    .filter(({ kind }) => kind !== 'Kustomization');
  if (manifests.length < 5) throw new Error(`only ${manifests.length} manifests were found`);
  // The package can be imported from its own folder only.
  const script = `for (const manifest of ${JSON.stringify(manifests)}) {
    const kinds = await import('kubernetes-models/' + manifest.apiVersion);
    new kinds[manifest.kind](manifest).validate();
  }`;
  run(tools, 'node', '--input-type=module', '--eval', script);
}

/** systemd is not on every machine. */
function verifyUnit() {
  try {
    execFileSync('systemd-analyze', ['--version'], { stdio: 'ignore' });
  } catch {
    console.log('There is no systemd here: the unit is not verified.');
    return;
  }
  // The program that the unit starts is not installed here.
  const unit = readFileSync(join(root, 'deploy', 'systemd', 'kaskad.service'), 'utf8');
  const path = join(folder, 'kaskad.service');
  writeFileSync(path, unit.replaceAll('/usr/local/bin/crm', '/bin/true').replace(/^(User|Group)=.*$/gm, '$1=root'));
  run(folder, 'systemd-analyze', 'verify', path);
}

/** Executes the stages in which the package is made and installed, each in a folder that stands for its file system. */
function buildStages() {
  const stages = join(folder, 'stages');
  let place = '';
  let workdir = '/';
  const inside = (path) => join(place, path);
  for (const [word, rest] of instructions()) {
    const [, , name] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
    if (word === 'FROM' && name === undefined) break;
    if (word === 'FROM') {
      place = join(stages, name);
      workdir = '/';
      mkdirSync(place, { recursive: true });
    } else if (word === 'WORKDIR') {
      workdir = rest;
      mkdirSync(inside(rest), { recursive: true });
    } else if (word === 'COPY') copy(rest, workdir, inside, stages);
    else if (word === 'RUN') run(inside(workdir), 'sh', '-euc', rest.replaceAll(/(?<=\s)\/(?=[\w-]*)/g, `${place}/`));
    else throw new Error(`what does ${word} do in this stage?`);
  }
  const crm = join(place, 'app', 'bin', 'crm');
  const shop = join(folder, 'shop');
  mkdirSync(shop);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(run(shop, crm, '--version'), new RegExp(`^${version}$`, 'm'));
  expect(run(shop, crm, 'health'), /Nothing is applied yet/);
  expect(run(shop, crm, 'migrate'), /There is no store yet/);
}

function copy(rest, workdir, inside, stages) {
  const words = rest.split(' ');
  const from = words[0].startsWith('--from=') ? join(stages, words.shift().slice(7)) : root;
  const target = words.pop();
  const ignored =
    from === root ? readFileSync(join(root, 'deploy/Dockerfile.dockerignore'), 'utf8').split('\n').filter(Boolean) : [];
  for (const word of words) {
    const sources = word === '.' ? ['.'] : globSync(word.replace(/^\//, ''), { cwd: from });
    if (sources.length === 0) throw new Error(`COPY ${word}: there is nothing of this name`);
    for (const source of sources) {
      const into = target.startsWith('/') ? inside(target) : join(inside(workdir), target, source);
      mkdirSync(dirname(into), { recursive: true });
      const apart = ignored.map((path) => join(from, path));
      cpSync(join(from, source), into, { recursive: true, filter: (path) => !apart.includes(path) });
    }
  }
}

/** Returns the instructions of the Dockerfile, with what follows on further lines. */
function instructions() {
  const text = readFileSync(join(root, 'deploy', 'Dockerfile'), 'utf8')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]);
}

function run(cwd, program, ...words) {
  return execFileSync(program, words, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function expect(text, wanted) {
  if (!wanted.test(text)) throw new Error(`expected ${wanted} in:\n${text}`);
}

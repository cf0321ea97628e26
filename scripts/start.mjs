// `npm start`: from a clean clone to a simulated month, on any Node that npm runs on.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { environment, install, newest, node, root } from './tools.mjs';

const began = Date.now();
install();
const sources = [
  'index.ts',
  'spec',
  'engine',
  'cli',
  'language-server',
  'scripts/bundle.mjs',
  'tsconfig.json',
  'tsconfig.build.json',
];
const main = join(root, 'dist', 'cli', 'main.js');
if (newest(main) < newest(...sources.map((path) => join(root, path)))) {
  console.log('Building …');
  if (!build()) stop('The build failed: see above.');
}

const plan = join('out', 'plan.json');
const messages = join('out', 'messages');
crm('validate', 'Checking the files');
crm('plan', 'Planning', '--out', plan);
crm('apply', 'Applying exactly that plan', plan);
crm(
  'simulate',
  'Living through 30 days with the sample shop',
  '--days',
  '30',
  '--launch',
  'local-offer',
  '--render',
  messages,
);
lastScreen();

function crm(command, what, ...words) {
  const line = ['crm', command, ...words].join(' ');
  console.log(`\n── ${what}: ${line}\n`);
  const { status } = spawnSync(node(), [main, command, ...words], { cwd: root, stdio: 'inherit', env: environment() });
  if (status !== 0) stop(`\`${line}\` ended with exit code ${status}.`);
}

function stop(reason) {
  console.error(`\n${reason}`);
  process.exit(1);
}

function lastScreen() {
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(`
── Done in ${seconds} s

What happened: the project in this folder (crm.yaml, campaigns/, templates/, sample/) was checked, planned and applied
to the store in .kaskad/, and simulated for 30 days. Nothing was sent to anybody.

What to look at:
  the plan                    further up, and ${plan}: what the apply changed, and what that does in 7 days
  timelines of customers      just above, under “How it went for some customers”
  rendered messages           ${messages}/: ${written()}

What to do next:
  1  change a wait, a share or a text in campaigns/ or templates/
  2  npx crm validate, npx crm test     whether the files are right, and the campaigns do what their tests say
  3  npx crm plan                       what the change does: who gets what, when, at what cost
     npx crm plan --format html > out/plan.html   the same as a page for the browser
  4  npx crm apply                      makes it so; npx crm history lists what was applied, npx crm rollback takes it back

Also: npx crm status, npx crm explain c00001, npx crm simulate --days 3 --json (a line for every decision), npx crm tick
(one tick by the real clock; the sample shop's events are past, so nobody is written to).`);
}

function written() {
  const folder = join(root, messages);
  if (!existsSync(folder)) return 'none';
  const files = readdirSync(folder, { recursive: true }).filter((file) => /\.(eml|txt|json)$/.test(file));
  return `${files.length}; open ${join(messages, 'index.html')} in a browser, or an .eml in any mail program`;
}

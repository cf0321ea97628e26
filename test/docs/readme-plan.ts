// The plan in README.md is the one that `crm plan` makes of the changes that it tells of, against the deployment of `npm start`.
// It takes half a minute, so it is no test of `npm test`. `npm run readme -- --write` writes it anew.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crm } from '../../cli/crm.ts';
import { testIo } from '../io.ts';
import { blocksOf, repository, rewritten } from './pages.ts';

const changes: Record<string, [string, string][]> = {
  'campaigns/segments.crm.yaml': [['last(order_paid) < 45 days ago', 'last(order_paid) < 40 days ago']],
  'campaigns/abandoned-cart.crm.yaml': [
    ['wait: 2 hours', 'wait: 1 hour'],
    ['share: 45%', 'share: 20%'],
    ['share: 45%', 'share: 70%'],
  ],
};

const root = await mkdtemp(join(tmpdir(), 'kaskad-readme-'));
for (const part of ['crm.yaml', 'campaigns', 'templates', 'environments', 'sample', '.kaskad'])
  await cp(join(repository, part), join(root, part), { recursive: true });
console.log('The project is copied.');
for (const [path, pairs] of Object.entries(changes)) {
  let text = await readFile(join(root, path), 'utf8');
  for (const [old, other] of pairs) {
    if (!text.includes(old)) throw new Error(`${path} does not hold "${old}"`);
    text = text.replace(old, other);
  }
  await writeFile(join(root, path), text);
}
const io = testIo(root);
const code = await crm(['plan'], io);
await rm(root, { recursive: true });
const shown = blocksOf('README.md').find(({ text }) => text.startsWith('Plan for '));
if (code !== 0 || !shown) throw new Error(`crm plan: ${code}\n${io.said.err}`);
const plan = io.said.out.replaceAll(/ +$/gm, '');
if (plan !== shown.text) {
  if (process.argv.includes('--write')) {
    await writeFile(join(repository, 'README.md'), rewritten('README.md', new Map([[shown.line, plan]])));
  } else {
    console.log(`README.md shows another plan than crm plan:\n\n${plan}`);
    process.exitCode = 1;
  }
}

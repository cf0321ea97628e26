// `node scripts/bundle.mjs FOLDER`: writes the program as few files, because Node takes longer to find and to load four hundred
// modules than to check a project with them. What only some commands need stays in files of its own. Packages stay outside.
import { rolldown } from 'rolldown';
import { root } from './tools.mjs';

const bundle = await rolldown({
  cwd: root,
  input: { 'cli/main': 'cli/main.ts', index: 'index.ts', 'spec/index': 'spec/index.ts' },
  platform: 'node',
  external: /^[@a-z]/,
});
// All shared files lie in cli/, beside the starters that one of them reads.
await bundle.write({ dir: process.argv[2], format: 'esm', chunkFileNames: 'cli/[name]-[hash].js' });
await bundle.close();

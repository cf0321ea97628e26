import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { compile } from '../../engine/compile/compile.ts';
import { coverage, tallyAll, tallyFiles } from './coverage.ts';
import { changedShop, sampledShop, writeShop } from './shop.ts';

it('covers', async () => {
  const root = await writeShop(3_000);
  try {
    const files = tallyFiles(root);
    let t=performance.now();
    await tallyAll(compile(sampledShop({ ranked: false })), root, files.before);
    await tallyAll(compile(changedShop({ ranked: false })), root, files.after);
    console.log('tallied', performance.now()-t); t=performance.now();
    for (const [least,most] of [[10,1e9],[5,10],[2,5],[0,2]] as [number,number][])
    for (const size of [300,1000]) {
    const found = await coverage({ ...files, draws: 200, size, expected: [least, most] });
    for (const [kind, { inside, of }] of found) console.log(size, least, kind, inside / of, of);
    console.log(performance.now()-t); t=performance.now();
    }
  } finally {
    await rm(root, { recursive: true });
  }
}, 300_000);

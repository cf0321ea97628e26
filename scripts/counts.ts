import { readFile } from 'node:fs/promises';
import { circles, filesUnder, importsUnder, refused } from '../test/rooms/imports.ts';

/** Prints the size and the shape of the product: `node scripts/counts.ts`. */
const product = '{index,{spec,engine,cli,language-server}/**/*}.ts';
const sizes = await Promise.all(
  (await filesUnder(product)).map(async (path) => ({
    path,
    lines: (await readFile(path, 'utf8')).split('\n').length - 1,
    generated: path.endsWith('.generated.ts'),
  })),
);
const written = sizes.filter(({ generated }) => !generated).toSorted((a, b) => a.lines - b.lines);
const at = (share: number) => written[Math.ceil(written.length * share) - 1];
const imports = await importsUnder(product);
const inRooms = imports.filter(({ from }) => /^(spec|engine)\//.test(from));
console.log(`lines                ${written.reduce((sum, { lines }) => sum + lines, 0)}
files                ${written.length}
median               ${at(0.5)?.lines}
nine tenths          ${at(0.9)?.lines}
largest              ${at(1)?.lines} (${at(1)?.path})
under 30 lines       ${written.filter(({ lines }) => lines < 30).length}
generated            ${sizes.length - written.length} files more
imports upwards      ${refused(inRooms).length}
circles of files     ${circles(imports).length}
folders in circles   ${circles(imports.map(({ from, to, type }) => ({ from: folder(from), to: folder(to), type })).filter(({ from, to }) => from !== to)).length}`);

function folder(path: string): string {
  return path.replace(/\/[^/]*$/, '');
}

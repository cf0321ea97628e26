import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { codeTable, explanationsPath, explanationTable, readCodeFiles, tablePath } from './code-files.ts';
import { codesPage, codesPath } from './codes.ts';
import { grammarPage, grammarPath, grammarPictures, picturesPath } from './grammar.ts';
import { keysPage, keysPath } from './keys.ts';
import { lifePath, withOutcomes } from './outcomes.ts';
import { presetsPage, presetsPath } from './presets.ts';
import { withRooms } from './rooms.ts';
import { textmateGrammar, textmatePath } from './textmate.ts';

const contributingPath = new URL('../CONTRIBUTING.md', import.meta.url);

if (import.meta.main) {
  await writeFile(grammarPath, grammarPage());
  await rm(picturesPath, { recursive: true, force: true });
  await mkdir(picturesPath);
  for (const [name, svg] of grammarPictures()) await writeFile(new URL(name, picturesPath), svg);
  const codeFiles = readCodeFiles();
  await writeFile(tablePath, codeTable(codeFiles));
  await writeFile(explanationsPath, explanationTable(codeFiles));
  await writeFile(codesPath, codesPage(codeFiles));
  await writeFile(lifePath, withOutcomes(await readFile(lifePath, 'utf8')));
  await writeFile(keysPath, keysPage());
  await writeFile(presetsPath, presetsPage());
  await writeFile(textmatePath, textmateGrammar());
  await writeFile(contributingPath, withRooms(await readFile(contributingPath, 'utf8')));
}

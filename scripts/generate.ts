import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';
import { channelKinds } from '../spec/model/channel-kinds.ts';
import { transportNames } from '../spec/model/transports.ts';
import { codeTable, explanationsPath, explanationTable, readCodeFiles, tablePath } from './code-files.ts';
import { codesPage, codesPath } from './codes.ts';
import { grammarPage, grammarPath, grammarPictures, picturesPath } from './grammar.ts';
import { keysPage, keysPath } from './keys.ts';
import { lifePath, withOutcomes } from './outcomes.ts';
import { presetsPage, presetsPath } from './presets.ts';
import { withRooms } from './rooms.ts';
import { textmateGrammar, textmatePath } from './textmate.ts';

export const schemaPath = new URL('../schemas/crm.schema.json', import.meta.url);
const contributingPath = new URL('../CONTRIBUTING.md', import.meta.url);
export const documentPath = new URL('../spec/document/document.generated.ts', import.meta.url);

/** Returns the schema's text with the names of the channel kinds and of the transports from their tables. */
export function withNames(schema: string): string {
  const named = (text: string, key: string, names: string[]) =>
    text.replace(new RegExp(`(?<="${key}": \\{[^}]*"enum": )\\[[^\\]]*\\]`), `["${names.join('", "')}"]`);
  return named(named(schema, 'channelKind', channelKinds), 'transport', transportNames);
}

/** Returns the TypeScript types of a Kaskad file, from its JSON Schema. */
export async function documentTypes(): Promise<string> {
  const schema: unknown = JSON.parse(await readFile(schemaPath, 'utf8'));
  return compile(renamed(schema) as Parameters<typeof compile>[0], 'crmFile', {
    additionalProperties: false,
    format: false,
    unreachableDefinitions: false,
    ignoreMinAndMaxItems: true,
    bannerComment: '// Generated from schemas/crm.schema.json by `npm run generate`. Do not edit.',
  });
}

/** Removes titles, so that the types have the names of their definitions. */
function renamed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(renamed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).filter(([key, value]) => !(key === 'title' && typeof value === 'string'));
  return Object.fromEntries(entries.map(([key, value]) => [key, renamed(value)]));
}

if (import.meta.main) {
  await writeFile(schemaPath, withNames(await readFile(schemaPath, 'utf8')));
  await writeFile(documentPath, await documentTypes());
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

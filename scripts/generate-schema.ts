// Writes the schema and the types of documents. It runs before `generate.ts`, whose modules read the schema as they are loaded.
import { readFile, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';
import { channelKinds } from '../spec/model/channel-kinds.ts';
import { transportNames } from '../spec/model/transports.ts';

export const schemaPath = new URL('../schemas/crm.schema.json', import.meta.url);
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
}

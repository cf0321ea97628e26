import { open, stat } from 'node:fs/promises';
import { parse } from 'node:path';
import sql from 'sql-template-tag';
import { later, t, translated } from '../../spec/words/t.ts';
import { UserError } from '../user-error.ts';
import type { Database } from './database.ts';

const faults: { sign: RegExp; what: string; help: string }[] = [
  {
    sign: /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT|not enough space/i,
    what: later`The disk is full`,
    help: later`Make room, and run the command again. What was committed is safe; nothing of the change under way was stored.`,
  },
  {
    sign: /File too large|EFBIG|CHECKPOINT during DETACH failed/,
    what: later`A file cannot be written to its end`,
    help: later`Make room, or allow larger files, and run the command again. What was committed is safe; nothing of the change under way was stored.`,
  },
  {
    sign: /Permission denied|EACCES|EPERM|Operation not permitted|Read-only file system|EROFS/,
    what: later`There is no permission`,
    help: later`Give this user the right to read and write the file and its folder, or run the command as the user whose they are.`,
  },
  {
    sign: /Is a directory|EISDIR/,
    what: later`There is a folder of that name`,
    help: later`Name a file under \`store\`.`,
  },
  {
    sign: /with version number|newer version of DuckDB|newer storage version/i,
    what: later`It was written by a newer version of DuckDB`,
    help: later`Use the version of Kaskad that wrote it.`,
  },
  {
    sign: /not a valid DuckDB database file/,
    what: later`The file is no store`,
    help: later`Name another file under \`store\`. An empty file is what a full disk can leave of a new store: that may be deleted.`,
  },
];

/** Returns the fault in words of what to do about it; undefined for an error that is no fault of the world around. */
export function worldFault(error: unknown, where?: string): UserError | undefined {
  const message = error instanceof Error ? error.message : String(error);
  // Only the database's and the system's own words: a customer's row may hold any others.
  if (!/^(IO|TransactionContext|FATAL|Serialization|Invalid Input) Error: |^E[A-Z]+: /.test(message)) return undefined;
  const found = faults.find(({ sign }) => sign.test(message));
  if (!found) return undefined;
  const what = translated(found.what);
  return new UserError(
    'store-unusable',
    where === undefined ? `${what}.` : `${where}: ${what}.`,
    translated(found.help),
  );
}

/** Schemas of DuckDB. It gives a database the name of its file, and then takes one for the other. */
const reserved = /^(?:information_schema|main|temp)$/i;

/**
 * Throws UserError for a file that is no database of DuckDB's, before DuckDB fetches what would read it, and for one whose name DuckDB
 * cannot tell from its own.
 */
export async function refuseOtherFiles(path: string): Promise<void> {
  const { name } = parse(path);
  if (name !== 'main' && name !== 'temp' && reserved.test(name))
    throw new UserError(
      'store-unusable',
      t`The store ${path} cannot be opened: DuckDB itself uses the name ${name}.`,
      t`Name another file under \`store\`, which is made where it does not exist. This one is not touched.`,
    );
  // Opening a pipe would wait for ever; a folder has a sentence of its own.
  const facts = await stat(path).catch(() => undefined);
  if (facts && !facts.isFile() && !facts.isDirectory())
    throw new UserError(
      'store-unusable',
      t`The store ${path} cannot be opened: it is not a regular file.`,
      t`Name another file under \`store\`, which is made where it does not exist. This one is not touched.`,
    );
  const head = await firstBytes(path);
  if (head === undefined || head.length < 12 || head.subarray(8, 12).toString('latin1') === 'DUCK') return;
  throw new UserError(
    'store-unusable',
    t`The store ${path} cannot be opened: it is a file of another kind.`,
    t`Name another file under \`store\`, which is made where it does not exist. This one is not touched.`,
  );
}

async function firstBytes(path: string): Promise<Buffer | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  try {
    const read = await file?.read(Buffer.alloc(12), 0, 12, 0);
    return read?.buffer.subarray(0, read.bytesRead);
  } catch {
    return undefined;
  } finally {
    await file?.close();
  }
}

/** Throws UserError for a database of another program: its tables must not be mixed with ours. */
export async function refuseForeignTables(db: Database, path: string): Promise<void> {
  const rows = await db.query<{ table_name: string; column_name: string }>(sql`
    SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()`);
  const ours = ['serial', 'lineage', 'program'].every((column) =>
    rows.some((row) => row.table_name === 'deployment' && row.column_name === column),
  );
  if (rows.length === 0 || ours) return;
  throw new UserError(
    'store-unusable',
    t`The file ${path} is a database of another program: it has tables, and none of a store of Kaskad.`,
    t`Name another file under \`store\`, which is made where it does not exist. This one is not touched.`,
  );
}

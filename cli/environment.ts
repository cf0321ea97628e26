import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { UserError } from '../engine/user-error.ts';
import { environmentOf as environmentIn } from '../spec/document/project-files.ts';
import { findEnvironment, unknownEnvironmentHelp } from '../spec/environments.ts';
import { t } from '../spec/words/t.ts';

/** An environment as a lenient reader finds it: its file may be wrong elsewhere. */
export interface FoundEnvironment {
  /** The name of its file, without the ending. */
  name: string;
  value: unknown;
}

/** Returns the environment that is asked for; undefined where none is. Throws UserError for one that the project does not have. */
export async function environmentAt(root: string, asked: string | undefined): Promise<FoundEnvironment | undefined> {
  if (asked === undefined) return undefined;
  const folder = join(root, 'environments');
  const files = (await readdir(folder).catch(() => [])).sort();
  const names = files.flatMap((file) => environmentIn(`environments/${file}`) ?? []);
  // Only those whose name may be meant are read.
  const near = names.filter((name) => name === asked || asked.startsWith(`${name}-`));
  const read = await Promise.all(
    near.map(async (name) => ({
      name,
      value: parsed(await readFile(join(folder, `${name}.yaml`), 'utf8').catch(() => '')),
    })),
  );
  const found = findEnvironment(asked, read, ({ value }) => value);
  if (found) return found;
  throw new UserError('unknown-name', t`There is no environment \`${asked}\`.`, unknownEnvironmentHelp(asked, names));
}

function parsed(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

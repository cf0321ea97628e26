import { schemaText } from '../../spec/document/schema.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';

export async function schema(io: Io): Promise<number> {
  await io.out(schemaText());
  return exit.fine;
}

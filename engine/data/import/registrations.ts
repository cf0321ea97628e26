import type { Understood } from './columns.ts';
import { idsBy, writingOfFile } from './draft.ts';
import type { FileGuess } from './guess.ts';
import { isDay } from './kind.ts';
import type { Look } from './look.ts';
import { exampleOf } from './naming.ts';

export const REGISTERED = 'registered';

/** Returns the events of registration that a file of customers holds: a row for each customer, at the time of a column. */
export function registrations(look: Look, columns: Understood[], id: Understood): Omit<FileGuess, 'why'> | undefined {
  const at = columns.find(({ concept, type }) => concept?.name === REGISTERED_AT && isDay(type));
  if (!at) return undefined;
  const rename = { [id.column]: 'customer', [at.column]: 'at' };
  const dated = { column: at.column, names: ['at'], writing: at.writing };
  const shown = [
    {
      column: id.column,
      names: ['customer'],
      type: 'id',
      example: exampleOf(id, id.type !== 'string' && id.type !== 'integer'),
    },
    { column: at.column, names: ['at'], type: 'instant', example: exampleOf(at, false) },
  ];
  const source = { path: look.path, rename, ...idsBy(id), ...writingOfFile(look.writing, [dated], at.nothing) };
  return {
    path: look.path,
    kind: 'events',
    event: REGISTERED,
    source,
    fields: [],
    columns: shown,
    consent: {},
    remarks: [],
  };
}

const REGISTERED_AT = 'registered_at';

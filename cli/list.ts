import { resolve } from 'node:path';
import { type Listing, listCustomers } from '../engine/inspect/members.ts';
import type { Value } from '../engine/store/database.ts';
import type { FieldType } from '../spec/model/data.ts';
import { t } from '../spec/words/t.ts';
import { csvLine } from './csv.ts';
import type { Io } from './io.ts';
import type { Looked } from './look.ts';
import { writePrivate } from './private-file.ts';
import { remark } from './say.ts';
import { printable } from './views/format.ts';
import { readableAddress } from './views/readable-address.ts';

/** A list of customers, for CSV. */
export interface CsvList {
  text: string[];
  rows: number;
}

/** Reads the whole list, so that the store is not held while a person reads. */
export async function csvOf({ db, program }: Looked, listing: Listing): Promise<CsvList> {
  const types = [
    'string' as const,
    ...(listing.more ?? []).map(({ type }) => type),
    ...program.data.customers.attributes.map(({ type }) => type),
  ];
  const text: string[] = [];
  let rows = 0;
  const columns = await listCustomers(db, program, listing, (page) => {
    rows += page.length;
    text.push(page.map((row) => csvLine(forPeople(row, types), types)).join(''));
  });
  return { text: [csvLine(columns.map(({ name }) => name)), ...text], rows };
}

/** Writes domains of e-mail addresses as their owners do: the intake reads both forms. */
function forPeople(row: Value[], types: FieldType[]): Value[] {
  return row.map((value, i) => (types[i] === 'email' && typeof value === 'string' ? readableAddress(value) : value));
}

/** The byte order mark, by which spreadsheets recognise UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';

/** Writes the list to the named file, readable by its user alone, or to standard output. */
export async function writeCsv(io: Io, { text, rows }: CsvList, out: string | undefined): Promise<void> {
  if (out === undefined) {
    // Names of customers must not steer a terminal; a program gets them as they are.
    for (const part of text) await io.out(io.terminal.stdout ? part.split('\r\n').map(printable).join('\n') : part);
    return;
  }
  await writePrivate(resolve(io.cwd, out), BYTE_ORDER_MARK + text.join(''));
  remark(io, rows === 1 ? t`1 customer is in ${out}.` : t`${rows} customers are in ${out}.`);
}

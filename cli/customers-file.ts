import { resolve } from 'node:path';
import type { Counted } from '../engine/metrics/behind.ts';
import type { Recipient } from '../engine/plan/recipients.ts';
import type { Value } from '../engine/store/database.ts';
import type { FieldType } from '../spec/model/data.ts';
import { t } from '../spec/words/t.ts';
import { csvLine } from './csv.ts';
import type { Io } from './io.ts';
import { BYTE_ORDER_MARK } from './list.ts';
import { writePrivate } from './private-file.ts';
import { remark } from './say.ts';
import { many } from './views/format.ts';

/** The columns of a file with their types. */
type Columns<Row> = { [Name in keyof Row & string]?: FieldType };
/** Makes a sentence for the user about the written file. */
type Words = (rows: number, file: string) => string;

/** Collects rows about customers, and writes them to a file of the user's own: it names customers, and belongs nowhere else. */
export class CustomersFile<Row extends Record<string, Value>> {
  private readonly columns: Columns<Row>;
  private readonly words: Words;
  private readonly parts: string[];
  private readonly types: FieldType[];
  private rows = 0;

  constructor(columns: Columns<Row>, words: Words) {
    this.columns = columns;
    this.words = words;
    this.parts = [csvLine(Object.keys(columns))];
    this.types = Object.values<FieldType | undefined>(columns).map((type) => type ?? 'string');
  }

  add(rows: Row[]): void {
    const names = Object.keys(this.columns);
    this.rows += rows.length;
    this.parts.push(
      rows
        .map((one) =>
          csvLine(
            names.map((name) => one[name] ?? null),
            this.types,
          ),
        )
        .join(''),
    );
  }

  /** Writes the file whole or not at all, readable by its user alone. */
  async write(io: Io, file: string): Promise<void> {
    await writePrivate(resolve(io.cwd, file), BYTE_ORDER_MARK + this.parts.join(''));
    remark(io, this.words(this.rows, file));
  }
}

/** Returns the file that lists the recipients of a plan. */
export function recipientsFile(): CustomersFile<Recipient> {
  const columns = { at: 'instant', customer: 'string', campaign: 'string', step: 'string' } as const;
  return new CustomersFile<Recipient>(
    { ...columns, channel: 'string', template: 'string' },
    (messages, file) =>
      t`${many(messages, 'message')} with their customers: ${file}. It is customers' data: keep it to yourself.`,
  );
}

/** Returns the file that lists the customers behind the cells of a report. */
export function countedFile(): CustomersFile<Counted> {
  const cell = { campaign: 'string', version: 'string', step: 'string', arm: 'string', channel: 'string' } as const;
  const message = {
    message: 'string',
    status: 'string',
    reason: 'string',
    feedback: 'string',
    price: 'money',
  } as const;
  return new CustomersFile<Counted>(
    { customer: 'string', ...cell, day: 'string', at: 'instant', ...message, goalAt: 'instant', revenue: 'money' },
    (rows, file) =>
      t`${many(rows, 'row')} with the customers behind the figures: ${file}. It is customers' data: keep it to yourself.`,
  );
}

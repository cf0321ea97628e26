import { resolve } from 'node:path';
import type { Recipient } from '../engine/plan/recipients.ts';
import type { FieldType } from '../spec/model/data.ts';
import { t } from '../spec/words/t.ts';
import { csvLine } from './csv.ts';
import type { Io } from './io.ts';
import { BYTE_ORDER_MARK } from './list.ts';
import { writePrivate } from './private-file.ts';
import { remark } from './say.ts';
import { many } from './views/format.ts';

const columns = ['at', 'customer', 'campaign', 'step', 'channel', 'template'] as const;
const types: FieldType[] = ['instant', 'string', 'string', 'string', 'string', 'string'];

/** Collects who would get what, and writes it to a file of the user's own: it names customers, and belongs nowhere else. */
export class RecipientsFile {
  private readonly parts = [csvLine([...columns])];
  private messages = 0;

  add(recipients: Recipient[]): void {
    this.messages += recipients.length;
    this.parts.push(
      recipients
        .map((one) =>
          csvLine(
            columns.map((name) => one[name]),
            types,
          ),
        )
        .join(''),
    );
  }

  /** Writes the file whole or not at all, readable by its user alone. */
  async write(io: Io, file: string): Promise<void> {
    await writePrivate(resolve(io.cwd, file), BYTE_ORDER_MARK + this.parts.join(''));
    remark(
      io,
      t`${many(this.messages, 'message')} with their customers: ${file}. It is customers' data: keep it to yourself.`,
    );
  }
}

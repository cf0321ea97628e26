import { laterAll } from '../../../spec/words/t.ts';

/** The ways in which a file as a whole cannot be read. */
export type Fault = keyof typeof FAULTS;

export const FAULTS = laterAll({
  cut: 'The compressed file ends too early, so it is refused as a whole. Write it again, to its end.',
  damaged: 'The compressed file is damaged, so it is refused as a whole. Write it again.',
  plain: 'The file is not compressed by gzip, as its ending says. Compress it, or name it without .gz.',
  'cut-workbook': 'The workbook ends too early, so it is refused as a whole. Save it again.',
  'damaged-workbook':
    'The workbook is damaged, so it is refused as a whole. Open it in a spreadsheet and save it again.',
  'locked-workbook':
    'The workbook has a password, or is of the old kind (.xls), and cannot be read. Save it as .xlsx without a password.',
  'no-workbook': 'The file is no Excel workbook, as its ending says. Save it as .xlsx, or name it as what it is.',
  'cut-parquet': 'The Parquet file ends too early, so it is refused as a whole. Write it again, to its end.',
  'damaged-parquet':
    'The Parquet file is damaged, or packed in a way that is not known, and cannot be read. Write it again.',
  'no-parquet': 'The file is no Parquet file, as its ending says. Name it as what it is.',
});

/** The file may be in the middle of being written. */
const unfinished = new Set<Fault>(['cut', 'cut-workbook', 'cut-parquet']);

export class Broken extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super('the file cannot be read as a whole');
    this.fault = fault;
  }

  get mayGoOn(): boolean {
    return unfinished.has(this.fault);
  }
}

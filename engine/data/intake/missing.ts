import { later, t } from '../../../spec/words/t.ts';

/** The customers whom files have named and none names now, where that is not accepted. */
export interface Missing {
  gone: number;
  /** All whom files named, these included. */
  known: number;
  /** The files of customers that hold no row. */
  rowless: string[];
  /** Other files of customers that cannot be relied on. */
  doubtful: string[];
  /** Files of customers with rows that are lost, so that it is not known whom they name. */
  partial: string[];
  /** The tolerance, in whole percent, by which the reading would be accepted; absent: there is none. */
  needed?: number;
}

/** Returns the customers who are missing, and those who may be so only because of rows that are lost, in words. */
export function missingWords(fewer: number, { lost }: { lost: number }): string {
  return lost > 0
    ? t`customers whom it named and no row that can be read names now: ${fewer}`
    : t`customers whom it named and no file names now: ${fewer}`;
}

/** Returns why the reading is not accepted, and what helps, to be stored. `tolerance`: the share that may be missing, in hundredths of a percent. */
export function whyMissing(missing: Missing, tolerance: number): string {
  const { gone, known, rowless, doubtful, partial, needed } = missing;
  if (rowless.length > 0)
    return later`Nobody is removed before every file of customers holds a row, with --allow-bad-data neither. Write ${rowless.join(', ')} again, or apply \`data\` with the name that it has now, or without it.`;
  const named = partial.join(', ');
  if (doubtful.length > 0)
    return partial.length > 0
      ? later`Rows of ${named} that cannot be read may name these customers. ${removal(missing)}`
      : later`Correct ${doubtful.join(', ')}, which cannot be relied on. ${removal(missing)}`;
  const share = `${tolerance / 100}%`;
  const enough = `${needed}%`;
  return partial.length > 0
    ? later`They are ${gone} of ${known}, more than \`data.tolerance\` (${share}). Rows of ${named} that cannot be read may name these customers. Write the files again with all customers, or, to have them removed, apply a \`data.tolerance\` of ${enough}. ${removal(missing)}`
    : later`They are ${gone} of ${known}, more than \`data.tolerance\` (${share}). Write the files again with all customers, or, to have them removed, apply a \`data.tolerance\` of ${enough}. ${removal(missing)}`;
}

function removal({ partial }: Missing): string {
  return partial.length > 0
    ? later`If the customers are gone, \`crm tick --allow-bad-data\`, once, removes them, also those whose rows cannot be read (end \`crm run\` before it, if one runs); \`plan\` and \`apply\` remove nobody.`
    : later`If the customers are gone, \`crm tick --allow-bad-data\`, once, removes them (end \`crm run\` before it, if one runs); \`plan\` and \`apply\` remove nobody.`;
}

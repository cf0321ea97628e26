/** The customers whom files have named and none names now, where that is not accepted. */
export interface Missing {
  gone: number;
  /** All whom files named, these included. */
  known: number;
  /** The files of customers that hold no row. */
  rowless: string[];
  /** Other files of customers that cannot be relied on. */
  doubtful: string[];
  /** Files of customers with rows that are lost, so that nobody can tell whom they name. */
  partial: string[];
  /** The tolerance, in whole percent, by which the reading would be accepted; absent: there is none. */
  needed?: number;
}

/** Returns the customers who are missing, and those who may be so only because of rows that are lost, in words. */
export function missingWords(fewer: number, { lost }: { lost: number }): string {
  return lost > 0
    ? `customers whom it named and no row that can be read names now: ${fewer}`
    : `customers whom it named and no file names now: ${fewer}`;
}

/** Returns why the reading is not accepted, and what helps. `tolerance`: the share that may be missing, in hundredths of a percent. */
export function whyMissing(missing: Missing, tolerance: number): string {
  const { gone, known, rowless, doubtful, partial, needed } = missing;
  if (rowless.length > 0)
    return `Nobody is removed before every file of customers holds a row, with --allow-bad-data neither. Write ${rowless.join(', ')} again, or apply \`data\` with the name that it has now, or without it.`;
  const rows = partial.length > 0 ? `Rows of ${partial.join(', ')} that cannot be read may name these customers. ` : '';
  if (doubtful.length > 0)
    return `${rows || `Correct ${doubtful.join(', ')}, which cannot be relied on. `}${removal(missing)}`;
  return `They are ${gone} of ${known}, more than \`data.tolerance\` (${tolerance / 100}%). ${rows}Write the files again with all customers, or, to have them removed, apply a \`data.tolerance\` of ${needed}%. ${removal(missing)}`;
}

function removal({ partial }: Missing): string {
  const even = partial.length > 0 ? ', also those whose rows cannot be read' : '';
  return `If the customers are gone, \`crm tick --allow-bad-data\`, once, removes them${even} (end \`crm run\` before it, if one runs); \`plan\` and \`apply\` remove nobody.`;
}

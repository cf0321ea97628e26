/** The customers whom files have named and none names now, where that is not accepted. */
export interface Missing {
  gone: number;
  /** All whom files named, these included. */
  known: number;
  /** The files of customers that hold no row. */
  rowless: string[];
  /** Other files of customers that cannot be relied on. */
  doubtful: string[];
}

/** Returns why the reading is not accepted, and what helps. `tolerance`: the share that may be missing, in hundredths of a percent. */
export function whyMissing({ gone, known, rowless, doubtful }: Missing, tolerance: number): string {
  if (rowless.length > 0)
    return `Nobody is removed before every file of customers holds a row, with --allow-bad-data neither. Write ${rowless.join(', ')} again, or apply \`data\` with the name that it has now, or without it.`;
  if (doubtful.length > 0) return `Correct ${doubtful.join(', ')}, which cannot be relied on. ${GONE}`;
  const needed = Math.ceil((100 * gone) / known);
  return `They are ${gone} of ${known}, more than \`data.tolerance\` (${tolerance / 100}%). Write the files again with all customers, or apply a \`data.tolerance\` of ${needed}%. ${GONE}`;
}

const GONE =
  'If the customers are gone, `crm tick --allow-bad-data`, once, removes them (end `crm run` before it, if one runs); `plan` and `apply` remove nobody.';

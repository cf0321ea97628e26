import { createHash } from 'node:crypto';

/** Returns the number by which the databases' dialects draw customers from a text: the first 52 bits of its md5 as a fraction of 1. */
export function bucket(text: string): number {
  return Number.parseInt(createHash('md5').update(text).digest('hex').slice(0, 13), 16) / 2 ** 52;
}

import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Returns true of the name of a compressed file. */
export function isCompressed(path: string): boolean {
  return /\.gz$/i.test(path);
}

/** A compressed file that ends too early, or is none. */
export class Broken extends Error {
  readonly early: boolean;

  constructor(early: boolean) {
    super('the file cannot be decompressed');
    this.early = early;
  }
}

/** Returns the bytes that a compressed file holds. Throws `Broken`. */
export async function* gunzipped(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(input, { objectMode: false });
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw new Broken(error.code === 'Z_BUF_ERROR');
    throw error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

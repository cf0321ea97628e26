import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Broken, type Fault } from './broken.ts';

/** Returns true of the name of a compressed file. */
export function isCompressed(path: string): boolean {
  return /\.gz$/i.test(path);
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
      throw new Broken(faultOf(error));
    throw error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

function faultOf({ message }: Error): Fault {
  if (message === 'unexpected end of file') return 'cut';
  return message === 'incorrect header check' ? 'plain' : 'damaged';
}

/** Returns the fault of a compressed file, which is read to its end for it. An input that gives an error has none. */
export async function brokenBy(input: AsyncIterable<Uint8Array>): Promise<Broken | undefined> {
  try {
    for await (const _ of gunzipped(input));
  } catch (error) {
    if (error instanceof Broken) return error;
    if (!(error instanceof Error && 'syscall' in error)) throw error;
  }
  return undefined;
}

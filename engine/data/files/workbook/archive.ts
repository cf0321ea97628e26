import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { Broken } from '../broken.ts';

/** The files in a zip archive, by their names in lower case: some programs write other letters in the names than in the links to them. */
export class Archive {
  readonly #zip: ZipFile;
  readonly #entries: Map<string, Entry>;

  private constructor(zip: ZipFile, entries: Map<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  /** Throws `Broken` where the file is no archive that can be read. */
  static async open(path: string): Promise<Archive> {
    const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(async (error) => {
      if (error instanceof Error && 'syscall' in error) throw error;
      throw new Broken(await faultOf(path));
    });
    const entries = new Map<string, Entry>();
    try {
      for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry);
    } catch {
      zip.close();
      throw new Broken('damaged-workbook');
    }
    return new Archive(zip, entries);
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** Returns the text of a file, piece by piece. Throws `Broken` where it is damaged. */
  async *text(name: string): AsyncGenerator<string> {
    const entry = this.#entries.get(name.toLowerCase());
    if (!entry) throw new Broken('no-workbook');
    if (entry.isEncrypted()) throw new Broken('locked-workbook');
    const decoder = new TextDecoder();
    let sum = 0;
    try {
      for await (const chunk of await this.#zip.openReadStreamPromise(entry)) {
        sum = crc32(chunk as Uint8Array, sum);
        yield decoder.decode(chunk as Uint8Array, { stream: true });
      }
    } catch (error) {
      if (error instanceof Broken) throw error;
      throw new Broken('damaged-workbook');
    }
    if (sum !== entry.crc32) throw new Broken('damaged-workbook');
    yield decoder.decode();
  }

  close(): void {
    this.#zip.close();
  }
}

/** The first bytes of old and of encrypted workbooks. */
const COMPOUND = 'd0cf11e0a1b11ae1';

async function faultOf(path: string) {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    const first = buffer.toString('hex', 0, bytesRead);
    if (first === COMPOUND) return 'locked-workbook';
    return bytesRead === 0 || first.startsWith('504b') ? 'cut-workbook' : 'no-workbook';
  } finally {
    await file.close();
  }
}

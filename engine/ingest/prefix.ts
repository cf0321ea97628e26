import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { LONGEST_LINE } from './lines.ts';

/** The whole lines of a file that have been read, so that a later reading can begin after them. */
export interface Prefix {
  bytes: number;
  lines: number;
  /** SHA-256 of the bytes, in hexadecimal digits. */
  digest: string;
}

/** Follows the bytes of a file while they are read. */
export class Track {
  bytes = 0;
  lines = 0;
  private readonly hash = createHash('sha256');
  private open: Uint8Array[] = [];
  private openBytes = 0;

  add(chunk: Uint8Array): void {
    const end = chunk.lastIndexOf(10) + 1;
    if (end > 0) {
      for (const piece of this.open) this.hash.update(piece);
      this.hash.update(chunk.subarray(0, end));
      this.bytes += this.openBytes + end;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) this.lines++;
      this.open = [];
      this.openBytes = 0;
    }
    this.openBytes += chunk.length - end;
    // What is longer is no row, and not kept.
    if (this.openBytes <= LONGEST_LINE) this.open.push(chunk.subarray(end));
    else this.open = [];
  }

  /** Returns true if the last line has an end. */
  get ended(): boolean {
    return this.openBytes === 0;
  }

  /** Returns what may be read on from; undefined where the last line is too long to be one. */
  prefix(): Prefix | undefined {
    if (this.openBytes > LONGEST_LINE) return undefined;
    return { bytes: this.bytes, lines: this.lines, digest: this.hash.copy().digest('hex') };
  }

  /** Returns the track of a file that still begins with the prefix; undefined where it does not, or cannot be read. */
  static async after(path: string, { bytes, lines, digest }: Prefix): Promise<Track | undefined> {
    const track = new Track();
    try {
      for await (const chunk of createReadStream(path, { end: bytes - 1, highWaterMark: 1024 * 1024 }))
        track.hash.update(chunk as Uint8Array);
    } catch {
      return undefined;
    }
    if (track.hash.copy().digest('hex') !== digest) return undefined;
    track.bytes = bytes;
    track.lines = lines;
    return track;
  }
}

/** Returns the first line of a file, at most 64 KB of it; undefined where it cannot be read. */
export async function firstLine(path: string): Promise<string | undefined> {
  let text = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(path, { end: 64 * 1024 - 1 })) text = Buffer.concat([text, chunk]);
  } catch {
    return undefined;
  }
  return (
    text
      .toString('utf8')
      .split('\n', 1)[0]
      ?.replace(/^\uFEFF/, '')
      .replace(/\r$/, '') ?? ''
  );
}

import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { HEAD } from './encoding.ts';
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
    // A longer line is no row, so it is not kept.
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

  /** Returns the track of a file that still begins with the prefix; undefined where it does not. */
  static async after(file: FileHandle, { bytes, lines, digest }: Prefix): Promise<Track | undefined> {
    const track = new Track();
    // A stream, with a buffer for each piece, takes twice the time.
    const buffer = Buffer.allocUnsafe(256 * 1024);
    for (let at = 0; at < bytes; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, bytes - at), at);
      if (bytesRead === 0) return undefined;
      track.hash.update(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    if (track.hash.copy().digest('hex') !== digest) return undefined;
    track.bytes = bytes;
    track.lines = lines;
    return track;
  }
}

/** Returns the first bytes of a file, by which it is recognised how it is written. */
export async function firstBytes(file: FileHandle): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
  return buffer.subarray(0, bytesRead);
}

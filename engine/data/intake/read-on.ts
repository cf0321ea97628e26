import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { Batch } from '../files/batch.ts';
import type { Begun } from '../files/items.ts';
import { headLines } from '../files/opening.ts';
import { firstBytes, type Prefix, Track } from '../files/prefix.ts';
import { Refused } from '../files/record.ts';
import { isLog } from '../files/shape.ts';
import type { Feed } from './feeds.ts';

/** Shorter files are read whole, which takes no time. Longer than the beginning that decides a file's encoding. Bytes. */
const LONG = 256 * 1024;

/** Rows after one of these may depend on what follows, or on what the file is. */
const doubtful = new Set(['broken-quote', 'unreadable-file', 'missing-file', 'empty-file', 'emptied-file', 'too-big']);

type Read = Pick<Feed, 'source' | 'shape' | 'list'>;

/** Returns true if the rows of such a file stand alone once it has a header, so that it can be read on. */
function mayBeReadOn({ source, shape, list }: Read): boolean {
  return (
    isLog(shape) &&
    shape.states === undefined &&
    list === undefined &&
    ['.csv', '.tsv', '.jsonl', '.ndjson'].includes(extname(source.path).toLowerCase())
  );
}

/** Decides, while a file is read, whether the next reading may begin where this one ends. */
export class ReadOn {
  readonly track: Track;
  /** This reading begins after what an earlier one has read. */
  readonly begun: Begun | undefined;
  private sound: boolean;
  private unfinished: number | undefined;

  private constructor(track: Track, begun: Begun | undefined, sound: boolean) {
    this.track = track;
    this.begun = begun;
    this.sound = sound;
  }

  /** `prefix`: what was read before, by the same declaration. A file that does not begin with it any more is read whole. */
  static async begin(root: string, feed: Read, prefix: Prefix | undefined): Promise<ReadOn> {
    const whole = new ReadOn(new Track(), undefined, mayBeReadOn(feed));
    if (!prefix) return whole;
    // A pipe must not be waited for.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK;
    const file = await open(resolve(root, feed.source.path), flags).catch(() => undefined);
    try {
      const head = file && (await file.stat()).isFile() ? await firstBytes(file) : undefined;
      const header = head && (await headLines(feed.source.path, head, feed.source));
      const track = file && header && (await Track.after(file, prefix));
      if (track && head && header) return new ReadOn(track, { file, head, header }, true);
    } catch (error) {
      await file?.close();
      if (!(error instanceof Refused) && !(error instanceof Error && 'syscall' in error)) throw error;
      return whole;
    }
    await file?.close();
    return whole;
  }

  async close(): Promise<void> {
    await this.begun?.file.close();
  }

  add({ problems, counted }: Batch): void {
    this.unfinished ??= problems.find(({ code }) => code === 'unfinished-line')?.line;
    this.sound &&= !counted && !problems.some(({ code }) => doubtful.has(code));
  }

  /** Returns what the next reading may begin after; undefined: it reads the file whole. */
  prefix(): Prefix | undefined {
    const { bytes, lines, ended } = this.track;
    // A last line without an end may go on, unless it has not been taken.
    const whole = ended ? this.unfinished === undefined : this.unfinished === lines + 1;
    return this.sound && whole && bytes >= LONG ? this.track.prefix() : undefined;
  }
}

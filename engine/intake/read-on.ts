import { extname, resolve } from 'node:path';
import type { Batch } from '../ingest/batch.ts';
import { firstLine, type Prefix, Track } from '../ingest/prefix.ts';
import { isLog } from '../ingest/shape.ts';
import type { Feed } from './feeds.ts';

/** Shorter files are read whole: it takes no time. Longer than what a file's encoding is told by. Bytes. */
const LONG = 256 * 1024;

/** Rows after one of these may depend on what follows, or on what the file is. */
const doubtful = new Set(['broken-quote', 'unreadable-file', 'missing-file', 'empty-file', 'emptied-file', 'too-big']);

/** Returns true if the rows of such a file stand alone once it has a header, so that it can be read on. */
function mayBeReadOn({ source, shape, list }: Feed): boolean {
  return (
    isLog(shape) &&
    list === undefined &&
    ['.csv', '.tsv', '.jsonl', '.ndjson'].includes(extname(source.path).toLowerCase())
  );
}

/** Returns true if a header ends with its line. */
function isLine(header: string): boolean {
  return header.trim() !== '' && header.split('"').length % 2 === 1;
}

/** Decides, while a file is read, whether the next reading may begin where this one ends. */
export class ReadOn {
  readonly track: Track;
  /** The first line of the file, where this reading begins after what an earlier one has read. */
  readonly header: string | undefined;
  private sound: boolean;
  private unfinished: number | undefined;

  private constructor(track: Track, header: string | undefined, sound: boolean) {
    this.track = track;
    this.header = header;
    this.sound = sound;
  }

  /** `prefix`: what was read before, by the same declaration. A file that does not begin with it any more is read whole. */
  static async begin(root: string, feed: Feed, prefix: Prefix | undefined): Promise<ReadOn> {
    const path = resolve(root, feed.source.path);
    const track = prefix && (await Track.after(path, prefix));
    const header = track && (await firstLine(path));
    return header !== undefined && isLine(header)
      ? new ReadOn(track ?? new Track(), header, true)
      : new ReadOn(new Track(), undefined, mayBeReadOn(feed));
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

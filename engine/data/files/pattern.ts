import { posix } from 'node:path';

/** Signs that stand for others: `*` for any in one name, `?` for one, and `**` as a whole name for any folders. */
const WILD = /[*?]/;

export function isPattern(path: string): boolean {
  return WILD.test(path);
}

/** Returns the folder below which a pattern has its files; of another path, the path. */
export function fixedPart(path: string): string {
  const parts = partsOf(path);
  const wild = parts.findIndex((part) => WILD.test(part));
  if (wild < 0) return parts.join('/');
  return parts.slice(0, wild).join('/') || (path.startsWith('/') ? '/' : '.');
}

/** Returns how many folders deep below its fixed part a pattern may have files. */
export function depthOf(path: string): number {
  const parts = partsOf(path);
  if (!isPattern(path) || parts.includes('**')) return Number.POSITIVE_INFINITY;
  return parts.length - parts.findIndex((part) => WILD.test(part));
}

/** Returns a function that recognises the paths of the files of a source: those that fit its pattern, or are in its folder. */
export function fitting(path: string): (file: string) => boolean {
  const parts = partsOf(path);
  if (!isPattern(path)) return (file) => file.startsWith(`${parts.join('/')}/`);
  const last = parts.length - 1;
  const texts = parts.map((part, i) => {
    if (part === '**') return i === last ? '.+' : '(?:[^/]+/)*';
    const name = part
      .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
      .replace(/\*+/g, '[^/]*')
      .replace(/\?/g, '[^/]');
    return i === last ? name : `${name}/`;
  });
  const whole = new RegExp(`^${texts.join('')}$`, 'su');
  return (file) => whole.test(file);
}

/** Returns true if a file may be of both sources. */
export function overlap(one: string, other: string): boolean {
  const isAny = (part: string) => part === '**';
  const isRun = (sign: string) => sign === '*';
  const fits = (a: string, b: string) => a === '?' || b === '?' || a === b;
  return meet(allOf(one), allOf(other), isAny, (a, b) => meet([...a], [...b], isRun, fits));
}

/** Other names are of no data: what is hidden, what programs write beside it, and what is in the middle of being written. */
export function isPassedOver(name: string): boolean {
  return /^[._]|~$|\.(?:crc|crdownload|inprogress|lock|part|partial|swp|te?mp)$/i.test(name);
}

/** Returns the columns that folders between the fixed part and the file are, as `dt=2026-03-31` is. */
export function folderColumns(path: string, file: string): Record<string, string> {
  const fixed = fixedPart(path);
  const below = fixed === '.' ? file : file.slice(fixed.length);
  const found = below
    .split('/')
    .slice(0, -1)
    .flatMap((folder) => {
      const [, name, value = ''] = /^([^=]+)=(.*)$/su.exec(folder) ?? [];
      return name === undefined ? [] : [[decoded(name), value === NOTHING ? '' : decoded(value)]];
    });
  return Object.fromEntries(found) as Record<string, string>;
}

/** How an empty value is written as the name of a folder. */
const NOTHING = '__HIVE_DEFAULT_PARTITION__';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function partsOf(path: string): string[] {
  return posix
    .normalize(path)
    .replace(/(?<=.)\/$/, '')
    .split('/');
}

function allOf(path: string): string[] {
  return isPattern(path) ? partsOf(path) : [...partsOf(path), '**'];
}

/** Returns true if two lists, in which some parts stand for any number of others, can mean the same. */
function meet(
  one: string[],
  other: string[],
  isRun: (part: string) => boolean,
  fits: (a: string, b: string) => boolean,
): boolean {
  const [a, ...as] = one;
  const [b, ...bs] = other;
  if (a === undefined || b === undefined) return [...one, ...other].every(isRun);
  // A run is empty here, or has one part more.
  if (isRun(a)) return meet(as, other, isRun, fits) || meet(one, bs, isRun, fits);
  if (isRun(b)) return meet(one, bs, isRun, fits) || meet(as, other, isRun, fits);
  return fits(a, b) && meet(as, bs, isRun, fits);
}

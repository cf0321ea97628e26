import { parseDuration } from './durations.ts';
import { t } from './t.ts';
import { readWeekdays } from './weekdays.ts';

/** Returns a duration in milliseconds; undefined where the text is no positive duration. */
export function positiveDuration(text: string): number | undefined {
  const ms = parseDuration(text);
  return ms === 0 ? undefined : ms;
}

/** Returns a duration in milliseconds; `none` is 0. */
export function readResumption(text: string): number | undefined {
  return text.trim() === 'none' ? 0 : parseDuration(text);
}

/** Returns a percentage in hundredths of a percent, 0 to 10,000. */
export function readPercent(text: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))? ?%$/.exec(text.trim());
  if (!match) return undefined;
  const hundredths = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return hundredths <= 10_000 ? hundredths : undefined;
}

export interface WrittenStage {
  /** Hundredths of a percent, more than 0. */
  share: number;
  /** The duration of the stage: milliseconds, or until it is promoted; absent: it stays. */
  lasts?: number | 'manual';
}

/** Reads a stage of a rollout: `10% for 2 days`, `10% manual` or `100%`. */
export function readRolloutStage(text: string): WrittenStage | undefined {
  const [, part = '', manual, end] =
    /^([^%]*%)(?:\s+(?:(manual)|for (.+)))?$/.exec(text.trim().replaceAll(/\s+/g, ' ')) ?? [];
  const share = readPercent(part);
  if (!share) return undefined;
  if (manual) return { share, lasts: 'manual' };
  if (end === undefined) return { share };
  const lasts = positiveDuration(end);
  return lasts === undefined ? undefined : { share, lasts };
}

/** Returns the minute of the day, 0 to 1439. */
export function readTimeOfDay(text: string): number | undefined {
  const match = /^(\d{1,2}):(\d\d)$/.exec(text.trim());
  if (!match) return undefined;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  return hours <= 23 && minutes <= 59 ? hours * 60 + minutes : undefined;
}

export interface ClockTime {
  /** 0 to 1439. */
  minuteOfDay: number;
  /** 1 (Monday) to 7, ascending; absent: any day. */
  weekdays?: number[];
}

/** Reads `10:00`, `monday and thursday at 10:00` or `weekday at 10:00`. */
export function readClockTime(text: string): ClockTime | { problem: string } {
  const words = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const [, days, clock = ''] = /^(?:(.+) at )?(\S+)$/.exec(words) ?? [];
  const minuteOfDay = readTimeOfDay(clock);
  const shapes = t`Write \`10:00\`, \`monday at 10:00\`, \`monday and thursday at 10:00\` or \`weekday at 10:00\`.`;
  const read = days === undefined ? undefined : readWeekdays(days);
  if (read?.problem !== undefined) return { problem: `${read.problem} ${shapes}`.trim() };
  if (minuteOfDay === undefined) {
    return { problem: /^\d+:\d\d$/.test(clock) ? t`There is no time ${clock}: the day ends at 23:59.` : shapes };
  }
  return { minuteOfDay, ...(read && { weekdays: read.days }) };
}

/** The largest offset, in days: ten years. */
const furthest = 3660;

/** Returns the days of `3 days before` (-3) or `1 week after` (7). */
export function readDayOffset(text: string): number | undefined {
  const match = /^(\d{1,4}) (day|week)s? (before|after)$/.exec(text.trim().replaceAll(/\s+/g, ' '));
  if (!match) return undefined;
  const days = Number(match[1]) * (match[2] === 'week' ? 7 : 1);
  if (days > furthest) return undefined;
  return match[3] === 'before' && days !== 0 ? -days : days;
}

/** Returns the epoch milliseconds of a date and time with an offset. */
export function readInstant(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.exec(text.trim());
  if (!match) return undefined;
  const ms = Date.parse(text.trim());
  // Date.parse lets 31 February pass as 3 March.
  const day = new Date(`${match[1]}T00:00:00Z`);
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === match[1];
  return exists && !Number.isNaN(ms) ? ms : undefined;
}

/** Reads a sign and a duration: milliseconds after (negative: before) something. */
export function readOffset(text: string): number | undefined {
  const match = /^([+-])(.+)$/.exec(text.trim());
  const ms = parseDuration(match?.[2] ?? '');
  // Avoids -0.
  return match?.[1] === '-' && ms ? -ms : ms;
}

/** Reads a rule of re-entry: `never`, `always`, or `after` and a duration. */
export function readReentry(text: string): { kind: 'never' | 'always' } | { kind: 'after'; ms: number } | undefined {
  const words = text.trim();
  if (words === 'never' || words === 'always') return { kind: words };
  const ms = words.startsWith('after ') ? positiveDuration(words.slice(6)) : undefined;
  return ms === undefined ? undefined : { kind: 'after', ms };
}

/** Reads the window of a cap: the milliseconds of a rolling window, or the calendar day. */
export function readCapWindow(text: string): number | 'calendar day' | undefined {
  return text.trim() === 'calendar day' ? 'calendar day' : positiveDuration(text);
}

const perSecond: Record<string, number> = { second: 1, minute: 60, hour: 3600 };

/** Reads a rate, in messages per second. */
export function readRate(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) per (second|minute|hour)$/.exec(text.trim());
  const amount = Number(match?.[1] ?? 0);
  return amount > 0 ? amount / (perSecond[match?.[2] ?? ''] ?? 1) : undefined;
}

export function hasPassword(url: string): boolean {
  return URL.canParse(url) && new URL(url).password !== '';
}

const secretWords = new Set(
  'apikey auth authorization bearer credential credentials jwt key pass passphrase passwd password pwd sas sig sign signature secret token'.split(
    ' ',
  ),
);

/** True for a URL with a password, or with a parameter whose name marks it as secret: `auth.pass`, `api_key`. */
export function holdsSecret(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { password, searchParams, hash } = new URL(url);
  const names = [...searchParams.keys(), ...new URLSearchParams(hash.slice(1)).keys()];
  return password !== '' || names.some(isSecretName);
}

/** Returns true if a parameter's last word, or all its words together, mean a secret: `accessToken`, `X-Amz-Signature`, `apiKey`; `auth.user` is none. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  return secretWords.has(last) || [...secretWords].some((word) => word.length > 4 && last.endsWith(word));
}

/** Returns true for a line of allowed_signers with an ed25519 key: names, the kind of the key, the key, perhaps a comment. */
export function isApprover(text: string): boolean {
  return /^[^ #]+ +ssh-ed25519 +AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43}( .*)?$/.test(text.trim());
}

/** Returns true for `env:NAME` and `file:PATH`, references to values that must not be in a file of the project. */
export function isReference(text: string): boolean {
  return /^env:[A-Za-z_]\w*$/.test(text) || /^file:.+/.test(text);
}

/** Returns true for a path, false for a URL. A single letter before a colon is a drive of Windows. */
export function isPath(text: string): boolean {
  return !/^[A-Za-z][A-Za-z0-9+.-]+:/.test(text);
}

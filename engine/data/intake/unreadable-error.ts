import { many } from '../../../spec/words/many.ts';
import { t, translated } from '../../../spec/words/t.ts';
import { UserError } from '../../user-error.ts';
import { isLossy, neededFor } from './loss.ts';
import type { Cause } from './loss-causes.ts';
import { missingWords, whyMissing } from './missing.ts';
import type { Unreadable } from './unreadable.ts';

/** A file that cannot be relied on, and the kinds of problems that are the cause, the most informative first. */
export interface UnreadableCause {
  file: Unreadable;
  why: Cause[];
}

/** Returns what is lost of a file, in words: rows before the customers who are missing, perhaps because of these rows. */
export function lossOf(file: Unreadable): string {
  if (file.emptied) return t`it has held rows, and holds none now`;
  const parts = [lostRows(file), file.fewer > 0 ? missingWords(file.fewer, file) : undefined];
  return parts.filter((part) => part !== undefined).join('; ') || t`not all of it can be relied on`;
}

function lostRows({ rows, lost, spoilt }: Unreadable): string | undefined {
  if (rows === 0) return t`nothing of it can be read`;
  if (lost + spoilt === 0) return undefined;
  const all = many(rows + lost, 'row');
  if (lost === 0)
    return spoilt === 1
      ? t`1 of ${all} has a value that cannot be read`
      : t`${spoilt} of ${all} have a value that cannot be read`;
  if (spoilt === 0) return t`${lost} of ${all} cannot be read`;
  return spoilt === 1
    ? t`${lost} of ${all} cannot be read, and 1 more has a value that cannot`
    : t`${lost} of ${all} cannot be read, and ${spoilt} more have a value that cannot`;
}

/** `tolerance`: the share of a file's rows that may be lost, in hundredths of a percent. */
export function unreadableError(found: UnreadableCause[], tolerance: number): UserError {
  const lines = found.map(line).join('\n');
  return new UserError(
    'unreadable-data',
    `${t`Data cannot be read, and what is left of it would be taken for all:`}\n${lines}`,
    advice(
      found.map(({ file }) => file),
      tolerance,
    ),
  );
}

function line({ file, why }: UnreadableCause): string {
  const [first] = why;
  const tells = file.emptied ? first?.code === 'missing-file' : file.fewer === 0 || file.lost + file.spoilt > 0;
  const one = file.refuses && !file.readable && file.lost > 0 && first && first.line > 0;
  return [
    `  ${file.path}: ${lossOf(file)}.`,
    ...(tells ? causesOf(why, file.readable) : []),
    ...(one ? [t`The row can be a refusal, so one is too many, whatever \`data.tolerance\` is.`] : []),
  ].join(' ');
}

/** The number of kinds of problems that are shown beside the first. */
const OTHERS = 2;

/** Returns a sentence for each kind, of a few. `counts`: the first kind is the most frequent. */
function causesOf([first, ...others]: Cause[], counts: boolean): string[] {
  if (!first) return [];
  const told = others.slice(0, OTHERS);
  const rest = others.slice(OTHERS).reduce((sum, { count }) => sum + count, 0);
  return [
    firstOf(first, counts && others.length > 0),
    ...told.map(nextOf),
    ...(rest > 0 ? [t`And ${rest} more of other kinds.`] : []),
  ];
}

function firstOf({ line, message, count }: Cause, counts: boolean): string {
  const cause = translated(message);
  if (line === 0) return cause;
  return counts && count > 1
    ? t`The most frequent problem (${count} times, first in line ${String(line)}): ${cause}`
    : t`The first problem (line ${String(line)}): ${cause}`;
}

function nextOf({ line, message, count }: Cause): string {
  const cause = translated(message);
  if (line === 0) return cause;
  return count > 1
    ? t`Also (${count} times, first in line ${String(line)}): ${cause}`
    : t`Also (line ${String(line)}): ${cause}`;
}

/** Advises only what helps with one of the files; a tolerance only one that is enough for all that it helps with. */
function advice(files: Unreadable[], tolerance: number): string {
  const named = (some: Unreadable[]) => some.map(({ path }) => path).join(', ');
  const emptied = files.filter((file) => file.emptied && file.fewer === 0);
  const [missing] = files.flatMap((file) => file.missing ?? []);
  const lossy = files.filter((file) => !file.emptied && isLossy(file, tolerance));
  const tolerable = lossy.filter((file) => file.readable && (file.fewer === 0 || missing?.needed !== undefined));
  const needed = Math.max(missing?.needed ?? 0, ...tolerable.map(neededFor));
  const customers = missing && many(missing.gone, 'customer');
  const [enough, now] = [`${needed}%`, `${tolerance / 100}%`];
  return [
    ...(lossy.length > 0 ? [t`Correct ${named(lossy)}.`] : []),
    ...(tolerable.length === 0
      ? []
      : customers && tolerable.some(({ fewer }) => fewer > 0)
        ? [
            t`For ${named(tolerable)} a \`data.tolerance\` of ${enough} (${now} now), applied, is enough too, and removes those ${customers}.`,
          ]
        : [t`For ${named(tolerable)} a \`data.tolerance\` of ${enough} (${now} now), applied, is enough too.`]),
    ...(emptied.length > 0
      ? [t`Write ${named(emptied)} again; a file that is meant to be empty is taken out of \`data\`.`]
      : []),
    ...(missing
      ? [translated(whyMissing(missing.needed === undefined ? missing : { ...missing, needed }, tolerance))]
      : []),
    customers && missing.rowless.length === 0
      ? t`To go on all the same, add --allow-bad-data: \`crm tick\` and \`crm run\` then remove those ${customers}.`
      : t`To go on all the same, add --allow-bad-data.`,
  ].join(' ');
}

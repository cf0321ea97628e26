import { count, many } from '../../spec/many.ts';
import { UserError } from '../user-error.ts';
import { type Cause, isLossy, neededFor } from './loss.ts';
import { missingWords, whyMissing } from './missing.ts';
import type { Unreadable } from './unreadable.ts';

/** A file that cannot be relied on, and the problem that is the cause. */
export interface UnreadableCause {
  file: Unreadable;
  why: Cause | undefined;
}

/** Returns what is lost of a file, in words: rows before the customers who are missing, perhaps because of these rows. */
export function lossOf(file: Unreadable): string {
  if (file.emptied) return 'it has held rows, and holds none now';
  const parts = [lostRows(file), file.fewer > 0 ? missingWords(file.fewer, file) : undefined];
  return parts.filter((part) => part !== undefined).join('; ') || 'not all of it can be relied on';
}

function lostRows({ rows, lost, spoilt }: Unreadable): string | undefined {
  if (rows === 0) return 'nothing of it can be read';
  const all = many(rows + lost, 'row');
  if (lost + spoilt === 0) return undefined;
  if (lost === 0) return `${count(spoilt)} of ${all} ${spoilt === 1 ? 'has' : 'have'} a value that cannot be read`;
  const more = spoilt === 0 ? '' : `, and ${many(spoilt, 'more has', 'more have')} a value that cannot`;
  return `${count(lost)} of ${all} cannot be read${more}`;
}

/** `tolerance`: the share of a file's rows that may be lost, in hundredths of a percent. */
export function unreadableError(found: UnreadableCause[], tolerance: number): UserError {
  return new UserError(
    `Data cannot be read, and what is left of it would be taken for all:\n${found.map(line).join('\n')}`,
    advice(
      found.map(({ file }) => file),
      tolerance,
    ),
    { guard: true },
  );
}

function line({ file, why }: UnreadableCause): string {
  const place = why && why.line > 0 ? `The first problem (line ${why.line}): ` : '';
  const tells = why && (file.emptied ? why.code === 'missing-file' : file.fewer === 0 || file.lost + file.spoilt > 0);
  const cause = tells ? ` ${place}${why.message}` : '';
  const refusal =
    file.refuses && !file.readable && file.lost > 0 && why && why.line > 0
      ? ' The row can be a refusal, so one is too many, whatever `data.tolerance` is.'
      : '';
  return `  ${file.path}: ${lossOf(file)}.${cause}${refusal}`;
}

/** Advises only what helps with one of the files; a tolerance only one that is enough for all that it helps with. */
function advice(files: Unreadable[], tolerance: number): string {
  const named = (some: Unreadable[]) => some.map(({ path }) => path).join(', ');
  const emptied = files.filter((file) => file.emptied && file.fewer === 0);
  const [missing] = files.flatMap((file) => file.missing ?? []);
  const lossy = files.filter((file) => !file.emptied && isLossy(file, tolerance));
  const tolerable = lossy.filter((file) => file.readable && (file.fewer === 0 || missing?.needed !== undefined));
  const needed = Math.max(missing?.needed ?? 0, ...tolerable.map(neededFor));
  const those = missing && `those ${many(missing.gone, 'customer')}`;
  const removes = those && tolerable.some(({ fewer }) => fewer > 0) ? `, and removes ${those}` : '';
  const then = those && missing.rowless.length === 0 ? `: \`crm tick\` and \`crm run\` then remove ${those}` : '';
  return [
    ...(lossy.length > 0 ? [`Correct ${named(lossy)}.`] : []),
    ...(tolerable.length > 0
      ? [
          `For ${named(tolerable)} a \`data.tolerance\` of ${needed}% (${tolerance / 100}% now), applied, is enough too${removes}.`,
        ]
      : []),
    ...(emptied.length > 0
      ? [`Write ${named(emptied)} again; a file that is meant to be empty is taken out of \`data\`.`]
      : []),
    ...(missing ? [whyMissing(missing.needed === undefined ? missing : { ...missing, needed }, tolerance)] : []),
    `To go on all the same, add --allow-bad-data${then}.`,
  ].join(' ');
}

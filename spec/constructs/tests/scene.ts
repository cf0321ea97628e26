import type { Place } from '../../document/place.ts';
import type { Campaign } from '../../model/campaign.ts';
import { nameHelp } from '../../words/names.ts';
import { readOffset } from '../../words/readings.ts';
import { t } from '../../words/t.ts';
import type { Context } from '../context.ts';

/** The names that the parts of a test look up. */
export interface Scene {
  context: Context;
  /** Absent where it is unknown or wrong, and reported already. */
  campaign?: Campaign;
  /** Epoch milliseconds; absent where it is wrong and reported already. */
  start?: number;
  /** Milliseconds; absent: not limited, or wrong and reported already. */
  lasts?: number;
  /** Ids of the test's customers; absent where one of them cannot be read. */
  customers?: ReadonlySet<string>;
  /** Names of frequency caps and of hold-outs, which refuse messages. */
  caps: readonly string[];
  holdouts: readonly string[];
}

/** The id of one of the test's customers, named at `place`. */
export function customerAt(id: string | undefined, place: Place, { context, customers }: Scene): string | undefined {
  if (id !== undefined && customers && !customers.has(id)) {
    const help = nameHelp(id, customers, 'customers');
    context.report.error('CRM4040', place.value, t`The test has no customer \`${id}\``, help);
  }
  return id;
}

/** Milliseconds after the start. `history`: whether it may be before it. */
export function offsetAt(
  text: string | undefined,
  place: Place,
  { context, lasts }: Scene,
  history = false,
): number | undefined {
  const ms = text === undefined ? undefined : readOffset(text);
  if (ms === undefined) return undefined;
  if (ms < 0 && !history) {
    const help = t`Only events may be before the start: they are the history of the customers.`;
    context.report.error('CRM4045', place.value, t`This is before the start of the test`, help);
  }
  if (lasts !== undefined && ms > lasts) {
    const help = t`Let it last longer, or take this for earlier.`;
    context.report.error('CRM4045', place.value, t`The test is over by then`, help);
  }
  return ms;
}

/** The keys of a map that are not `own`: what is named there. */
export function namesIn(value: object, own: readonly string[]): string[] {
  return Object.keys(value).filter((key) => !own.includes(key));
}

/** Returns the one name that a line of a test is about. `needs`: a sentence on the kind of name. */
export function onlyName(names: string[], what: string, needs: string, place: Place, scene: Scene): string | undefined {
  const [first, second] = names;
  if (first === undefined) {
    scene.context.report.error('CRM4044', place.key, t`${what} says nothing`, needs);
  } else if (second !== undefined) {
    const message = t`${what} is about one thing, but here are \`${first}\` and \`${second}\``;
    scene.context.report.error('CRM4044', place.at(second).key, message, t`Make them two lines. ${needs}`);
  }
  return first;
}

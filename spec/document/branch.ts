import type { Report } from '../diagnostics/report.ts';
import { admits, choice, kindOf, kindWords } from '../words/kinds.ts';
import { suggestionHelp } from '../words/names.ts';
import { t } from '../words/t.ts';
import type { Place } from './place.ts';
import { scalarChecks } from './scalars.ts';
import { type Definition, definitionOf, referenceOf } from './schema.ts';
import { called, capital, described, noValue, titled } from './wording.ts';

/**
 * Returns the definition of a choice that a value is meant to follow: by its kind (text, list, map), and among maps by the
 * key that every branch has as its first required one. Reports a value for which that cannot be decided.
 */
export function chooseBranch(definition: Definition, value: unknown, place: Place, report: Report): string | undefined {
  const names = (definition.oneOf ?? []).map((branch) => referenceOf(branch) ?? '');
  const kind = kindOf(value);
  if (kind === 'null') {
    noValue(definition, place, report);
    return undefined;
  }
  const fitting = names.filter((name) => admits(definitionOf(name).type, kind));
  if (fitting.length === 0) {
    // A number where text is expected, as in `wait: 90`, is explained best by what the text is.
    const text = kind === 'object' || kind === 'array' ? undefined : names.find((name) => scalarChecks[name]);
    if (text !== undefined) return text;
    const message = t`${called(definition, place)} cannot be ${kindWords(kind)}`;
    report.error('CRM1012', place.value, message, missingBlank(value) ?? described(definition));
    return undefined;
  }
  if (fitting.length === 1) return fitting[0];
  return byKey(definition, fitting, Object.keys(value as object), place, report);
}

/** `where:points > 1` is a text, and was hardly meant as one. */
function missingBlank(value: unknown): string | undefined {
  const key = typeof value === 'string' ? /^([a-z_]+):\S/.exec(value)?.[1] : undefined;
  return key === undefined ? undefined : t`If \`${key}\` is a key, write a blank behind its colon.`;
}

function byKey(definition: Definition, names: string[], keys: string[], place: Place, report: Report) {
  const marks = new Map(names.map((name) => [definitionOf(name).required?.[0] ?? '', name]));
  const [first, second] = keys.filter((key) => marks.has(key));
  if (first !== undefined && second === undefined) return marks.get(first);
  if (first !== undefined && second !== undefined) {
    const message = t`${capital(titled(definition))} does one thing, but here are \`${first}\` and \`${second}\``;
    const help = definition.title === 'a step' ? t`Make them two items of the list.` : t`Keep one of the two.`;
    report.error('CRM1016', place.at(second).key, message, help);
    return undefined;
  }
  const slip = keys
    .map((key) => ({ key, help: suggestionHelp(key, [...marks.keys()]) }))
    .find(({ help }) => help !== undefined);
  if (slip) {
    report.error('CRM1010', place.at(slip.key).key, t`Unknown key \`${slip.key}\` in ${titled(definition)}`, slip.help);
  } else {
    const message = t`${capital(titled(definition))} needs one of ${choice(marks.keys())}`;
    report.error('CRM1011', place.key, message, described(definition));
  }
  return undefined;
}

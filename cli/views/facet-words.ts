import { parseDuration } from '../../spec/words/durations.ts';
import { duration, either } from '../../spec/words/many.ts';
import { t } from '../../spec/words/t.ts';

/** A form of texts of a field, and its words in the language of the output. */
type Form = readonly [path: RegExp, text: RegExp, words: (...values: string[]) => string];

/**
 * Returns the text of a field of a change, which a plan has in English, in the language of the output. What is in the words of the
 * project's files stays as it is.
 */
export function facetWords(path: string, text: string): string {
  for (const [paths, form, words] of forms) {
    const found = paths.test(path) ? form.exec(text) : null;
    if (found) return words(...found.slice(1).map((value) => value ?? ''));
  }
  return text;
}

/** Returns the name of a field in the language of the output. Keys of the project's files stay as they are. */
export function pathWords(path: string): string {
  if (path === 'definition') return t`definition`;
  if (path === 'order of caps') return t`order of caps`;
  return path.startsWith('any locale.') ? `${t`any locale`}.${path.slice('any locale.'.length)}` : path;
}

const forms: Form[] = [
  [/^on$/, /^event (.+), each begins the journey anew$/s, (match) => t`event ${match}, each begins the journey anew`],
  [/^on$/, /^enters segment (\S+), present members too$/, (name) => t`enters segment ${name}, present members too`],
  [/^on$/, /^enters segment (\S+)$/, (name) => t`enters segment ${name}`],
  [/^on$/, /^leaves segment (\S+)$/, (name) => t`leaves segment ${name}`],
  [/^on$/, /^launched by hand$/, () => t`launched by hand`],
  [/^on$/, /^schedule (.+) in the customer's time zone$/, (cron) => t`schedule ${cron} in the customer's time zone`],
  [/^on$/, /^schedule (.+) in the project's time zone$/, (cron) => t`schedule ${cron} in the project's time zone`],
  [
    /^on$/,
    /^(?:(\d+ days?) (before|after) )?(\S+) at (\S+) in the customer's time zone(?:, every year, 29 February on (.+))?$/,
    dateWords,
  ],
  [
    /^goal$/,
    /^(.+) within (\d[^,]*), worth (.+)$/s,
    (match, within, worth) => t`${match} within ${span(within)}, worth ${worth}`,
  ],
  [/^goal$/, /^(.+) within (\d[^,]*)$/s, (match, within) => t`${match} within ${span(within)}`],
  [/^steps$/, /^begin with (.+)$/, (ends) => t`begin with ${endWords(ends)}`],
  [/^steps\./, /^leads to (.+)$/, (ends) => t`leads to ${endWords(ends)}`],
  [/^steps\./, /^called (\S+)$/, (name) => t`called ${name}`],
  [/^steps\./, /^cascade in preferred order: (.+)$/, (names) => t`cascade in preferred order: ${names}`],
  [/^steps\./, /^split (.+), drawn anew each time$/, (arms) => t`split ${arms}, drawn anew each time`],
  [
    /^quiet_hours$/,
    /^(\S+) to (\S+), (\S+), transactional messages too$/,
    (from, to, otherwise) => t`${from} to ${to}, ${otherwise}, transactional messages too`,
  ],
  [/^quiet_hours$/, /^(\S+) to (\S+), (\S+)$/, (from, to, otherwise) => t`${from} to ${to}, ${otherwise}`],
  [/^caps\./, /^at most (\d+) per ([^,]+)(?:, (.+))?$/, capWords],
  [/^rate$/, /^(\S+) per second$/, (rate) => t`${rate} per second`],
  [/^campaigns$/, /^all that are marketing$/, () => t`all that are marketing`],
  [/^static$/, /^a list$/, () => t`a list`],
  [/^consent\./, /^(\S+), since (\S+)$/, (column, at) => t`${column}, since ${at}`],
  [/^/, /^(\d+) lines$/, (n) => t`${n} lines`],
  [/^/, /^line (\d+): (.*)$/s, (n, line) => t`line ${n}: ${line === '(none)' ? t`(none)` : line}`],
];

function dateWords(days: string, side: string, attribute: string, clock: string, leapDay: string): string {
  const what =
    side === ''
      ? attribute
      : side === 'before'
        ? t`${span(days)} before ${attribute}`
        : t`${span(days)} after ${attribute}`;
  return leapDay === ''
    ? t`${what} at ${clock} in the customer's time zone`
    : t`${what} at ${clock} in the customer's time zone, every year, 29 February on ${leapDay}`;
}

function capWords(max: string, per: string, among: string): string {
  const period = per === 'calendar day' ? t`calendar day` : span(per);
  const cap = t`at most ${max} per ${period}`;
  const of = among.split(', ').flatMap((part) => {
    const [kind, ...name] = part.split(' ');
    return kind === 'channel'
      ? [t`channel ${name.join(' ')}`]
      : kind === 'campaign'
        ? [t`campaign ${name.join(' ')}`]
        : [];
  });
  return [cap, ...of].join(', ');
}

function endWords(ends: string): string {
  return either(ends.split(' or ').map((end) => (end === 'the end' ? t`the end` : end)));
}

/** A duration as plans have it, in the language of the output. */
function span(text: string): string {
  const ms = parseDuration(text);
  return ms === undefined ? text : duration(ms);
}

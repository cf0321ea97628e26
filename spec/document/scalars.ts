import type { Code } from '../diagnostics/codes.ts';
import { readDateForm } from '../words/date-forms.ts';
import { explainDuration, parseDuration } from '../words/durations.ts';
import { cyrillicHelp, toLatin } from '../words/names.ts';
import {
  hasPassword,
  holdsSecret,
  isApprover,
  isPath,
  isReference,
  positiveDuration,
  readCapWindow,
  readClockTime,
  readDayOffset,
  readInstant,
  readOffset,
  readPercent,
  readRate,
  readReentry,
  readResumption,
  readRolloutStage,
  readTimeOfDay,
} from '../words/readings.ts';
import { readSchedule } from '../words/schedules.ts';
import { suggest } from '../words/suggest.ts';
import { later, t, translated } from '../words/t.ts';

/** The fault of a text, as help for its writer. */
interface Complaint {
  code: Code;
  help: string;
  /** The message in place of "… is not a duration", where quoting the text would be wrong. */
  message?: string;
}
type Check = (text: string) => Complaint | undefined;

const complain =
  (code: Code, good: (text: string) => boolean, help: string | ((text: string) => string)): Check =>
  (text) =>
    good(text) ? undefined : { code, help: typeof help === 'string' ? translated(help) : help(text) };

function durationHelp(text: string): string {
  // This occurs in the DSL, as in `wait 1 day send email welcome`.
  const next = / (wait|send|cascade|split|if|set|add_to|remove_from|webhook|task|exit) /.exec(`${text} `)?.[1];
  if (next !== undefined) return t`Each step begins on a line of its own: break the line before \`${next}\`.`;
  return parseDuration(text) === 0 ? t`A duration is longer than nothing.` : explainDuration(text);
}

function percentHelp(text: string): string {
  if (/^\d+([.,]\d+)?$/.test(text.trim())) return t`Write \`${text.trim().replace(',', '.')}%\`.`;
  return t`Write a number from 0 to 100 with at most two decimals and the percent sign, as in \`45%\`.`;
}

let timezones: ReadonlySet<string> | undefined;
let currencies: ReadonlySet<string> | undefined;

function knownTimezones(): ReadonlySet<string> {
  timezones ??= new Set(Intl.supportedValuesOf('timeZone'));
  return timezones;
}

function isCurrency(text: string): boolean {
  currencies ??= new Set(Intl.supportedValuesOf('currency'));
  return currencies.has(text);
}

/** Other names of timezones that a file has used, such as UTC. */
const otherTimezones = new Set<string>();

function isTimezone(text: string): boolean {
  if (knownTimezones().has(text) || otherTimezones.has(text)) return true;
  // Offsets such as +03:00 are accepted by Intl, but know no daylight saving and are no names.
  if (!/^[A-Za-z]/.test(text) || differsInCase(text)) return false;
  const good = succeeds(() => new Intl.DateTimeFormat('en', { timeZone: text }));
  if (good) otherTimezones.add(text);
  return good;
}

/** Databases are stricter than Intl about the case of letters. */
function differsInCase(zone: string): boolean {
  return [...knownTimezones()].some((known) => known.toLowerCase() === zone.toLowerCase());
}

function timezoneHelp(text: string): string {
  const zones = [...knownTimezones()];
  const meant =
    suggest(text, zones) ?? zones.find((zone) => zone.split('/').at(-1)?.toLowerCase() === text.toLowerCase());
  if (meant) return t`Did you mean \`${meant}\`?`;
  return t`Write a name from the IANA database, as in \`Europe/Moscow\`; an offset knows no daylight saving.`;
}

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function reentryHelp(text: string): string {
  const after = text.trim().replace(/^after /, '');
  if (after !== text.trim()) return durationHelp(after);
  if (positiveDuration(text) !== undefined) return t`Write \`after ${text.trim()}\`.`;
  return t`Write \`never\`, \`always\`, or \`after\` and a duration, as in \`after 7 days\`.`;
}

function isSecretUrl(text: string): boolean {
  if (isReference(text)) return true;
  return /^(smtps?|https?):\/\//.test(text) && URL.canParse(text);
}

const passwordInFile = (reference: string): Complaint => ({
  code: 'CRM4015',
  message: t`A password stands in the file`,
  help: t`Put it into the environment and write \`${reference}\` here; then change the password.`,
});

const secret: Check = (text) => {
  if (holdsSecret(text)) return passwordInFile('env:SMTP_URL');
  if (isSecretUrl(text)) return undefined;
  return {
    code: 'CRM1028',
    help: t`Write \`env:NAME\`, \`file:PATH\`, or a URL without a password, as in \`smtp://localhost:2525\` or \`https://crm.example/hooks\`.`,
  };
};

const storePlace: Check = (text) => {
  if (holdsSecret(text))
    return {
      code: 'CRM4015',
      message: t`A password stands in the file, and the store is no database by URL`,
      help: t`Write the path of a file, as in \`.kaskad/store.duckdb\`; this version opens no other store. Then change the password.`,
    };
  if (isReference(text) || isPath(text)) return undefined;
  return {
    code: 'CRM1034',
    message: t`The store is neither a path nor a reference`,
    help: t`Write a path, as in \`.kaskad/store.duckdb\`, or \`env:NAME\` or \`file:PATH\` for where the path is.`,
  };
};

const address: Check = (text) => {
  if (hasPassword(text)) return passwordInFile('env:NAME');
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return undefined;
  return { code: 'CRM1028', help: t`Write a whole address, as in \`https://shop.example/unsubscribe\`.` };
};

const name: Check = (text) => {
  if (/^[A-Za-z][A-Za-z0-9_-]{0,62}$/.test(text)) return undefined;
  return {
    code: 'CRM1015',
    help: nameHelp(text, t`Use Latin letters, digits and hyphens, starting with a letter; at most 63.`),
  };
};

const identifier: Check = (text) => {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,47}$/.test(text)) return undefined;
  return {
    code: 'CRM1015',
    help: nameHelp(text, t`Use Latin letters, digits and underscores, starting with a letter; at most 48.`),
  };
};

function nameHelp(text: string, rule: string): string {
  const plain = toLatin(text);
  return plain ? cyrillicHelp(plain) : rule;
}

/** Checks of texts that a pattern cannot make or cannot explain, by the name of their definition in the schema. */
export const scalarChecks: Record<string, Check> = {
  name,
  identifier,
  duration: complain('CRM1020', (text) => positiveDuration(text) !== undefined, durationHelp),
  percent: complain('CRM1021', (text) => readPercent(text) !== undefined, percentHelp),
  timeOfDay: complain(
    'CRM1022',
    (text) => readTimeOfDay(text) !== undefined,
    later`Write hours and minutes of the 24-hour clock, from \`00:00\` to \`23:59\`.`,
  ),
  clockTime: (text) => {
    const read = readClockTime(text);
    return 'problem' in read ? { code: 'CRM1022', help: read.problem } : undefined;
  },
  dayOffset: complain(
    'CRM1032',
    (text) => readDayOffset(text) !== undefined,
    later`Write a number of days or weeks and \`before\` or \`after\`, as in \`3 days before\`; at most ten years.`,
  ),
  timezone: complain('CRM1023', isTimezone, timezoneHelp),
  locale: complain(
    'CRM1024',
    (text) => succeeds(() => new Intl.Locale(text)),
    later`Write a language and, if it matters, a country, with a hyphen: \`ru\`, \`en-GB\`.`,
  ),
  currency: complain('CRM1025', isCurrency, (text) => {
    const upper = text.toUpperCase();
    return isCurrency(upper)
      ? t`Write \`${upper}\`.`
      : t`Write the three letters of ISO 4217, as in \`RUB\` or \`EUR\`.`;
  }),
  schedule: (text) => {
    const { problem } = readSchedule(text);
    return problem === undefined ? undefined : { code: 'CRM1026', help: problem };
  },
  approver: complain(
    'CRM1045',
    isApprover,
    later`Write the e-mail address of the person’s commits, a space, and the public key in the file that \`ssh-keygen -t ed25519\` made (\`id_ed25519.pub\`).`,
  ),
  offset: complain(
    'CRM1033',
    (text) => readOffset(text) !== undefined,
    (text) => {
      const plain = text.trim().replace(/^[+-]/, '');
      if (parseDuration(plain) === undefined) return explainDuration(plain);
      return t`Write \`+${plain}\`, or \`-${plain}\` for what was before the start.`;
    },
  ),
  dateForm: complain(
    'CRM1035',
    (text) => readDateForm(text) !== undefined,
    later`Write \`YYYY\`, \`MM\` and \`DD\` with signs between them, then \`HH:mm\` or \`HH:mm:ss\` where there is a time, as in \`DD.MM.YYYY HH:mm\`; or \`epoch seconds\` or \`epoch milliseconds\`.`,
  ),
  instant: complain(
    'CRM1027',
    (text) => readInstant(text) !== undefined,
    later`Write date, time and offset, as in \`2026-03-02T00:00:00+03:00\`.`,
  ),
  reentry: complain('CRM1029', (text) => readReentry(text) !== undefined, reentryHelp),
  resumption: complain(
    'CRM1020',
    (text) => readResumption(text) !== undefined,
    (text) =>
      suggest(text, ['none']) ? t`Did you mean \`none\`?` : [durationHelp(text), t`Or write \`none\`.`].join(' '),
  ),
  rolloutStage: complain(
    'CRM1029',
    (text) => readRolloutStage(text) !== undefined,
    later`Write a share and how long it lasts, as in \`10% for 2 days\` or \`10% manual\`; the last stage is a share alone, as in \`100%\`.`,
  ),
  capWindow: complain(
    'CRM1020',
    (text) => readCapWindow(text) !== undefined,
    (text) =>
      suggest(text, ['calendar day'])
        ? t`Did you mean \`calendar day\`?`
        : [durationHelp(text), t`Or write \`calendar day\`.`].join(' '),
  ),
  rate: complain(
    'CRM1029',
    (text) => readRate(text) !== undefined,
    later`Write a number per second, minute or hour, as in \`50 per second\`.`,
  ),
  address,
  secretUrl: secret,
  storePlace,
  stepId: complain(
    'CRM1015',
    (text) => text.length <= 500 && /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$/.test(text),
    later`Write the id as \`crm plan\` shows it, as in \`wait-3\` or \`offer.plain.send-1\`.`,
  ),
  eventOrAttribute: complain(
    'CRM1015',
    (text) => /^(event\.)?[A-Za-z_][A-Za-z0-9_]{0,47}$/.test(text),
    later`Write the name of an attribute, as in \`tier\`, or of a field of the event, as in \`event.total\`.`,
  ),
  templateName: complain(
    'CRM1015',
    (text) => /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*(:[A-Za-z][A-Za-z0-9_-]*)?$/.test(text),
    later`Write the part of \`templates/<name>.<channel>.hbs\` before the channel, as in \`cart/reminder\`.`,
  ),
  filePath: complain(
    'CRM1030',
    // A name without a dot, or before a slash, is that of a folder.
    (text) => /(\.((csv|tsv|txt|json|jsonl|ndjson)(\.gz)?|xlsx|parquet)|(^|\/)[^./]+|\/)$/i.test(text),
    later`Write the path of a .csv, .tsv, .txt, .json, .jsonl or .ndjson file, or of one compressed to .gz, or of an .xlsx or .parquet file, as seen from the folder of crm.yaml; or of a folder of such files.`,
  ),
};

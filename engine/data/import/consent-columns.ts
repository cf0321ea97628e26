import type { ValueWriting } from '../../../spec/model/data.ts';
import { t } from '../../../spec/words/t.ts';
import type { Understood } from './columns.ts';
import type { FileGuess, Wishes } from './guess.ts';
import { isDay } from './kind.ts';
import { channelIn, consentWords, isGrant, wordKey } from './words.ts';

/** The part that a column has in what customers have consented to. */
export interface Part {
  names: string[];
  type: string;
  writing: ValueWriting;
}

export interface ConsentFound {
  consent: FileGuess['consent'];
  /** The columns by their names. */
  parts: Map<string, Part>;
  remarks: string[];
}

interface Stated {
  column: Understood;
  channel: string;
  values: Record<string, string>;
  remarks: string[];
}

const SHOWN = 4;

/** Returns the consent that columns of customers state: a word that is not understood is no consent. */
export function consentIn(columns: Understood[], wishes: Wishes): ConsentFound {
  const about = (name: string) =>
    columns.filter(
      ({ column, concept, texts }) => concept?.name === name && texts.length > 0 && !wishes.names.has(column),
    );
  const consent: ConsentFound['consent'] = {};
  const parts: ConsentFound['parts'] = new Map();
  const remarks: string[] = [];
  const plain = about('consent').filter(({ type }) => !isDay(type));
  const clearFirst = plain.toSorted((a, b) => Number(b.type === 'boolean') - Number(a.type === 'boolean'));
  for (const column of clearFirst) {
    const stated = statedBy(column);
    if (!stated) {
      remarks.push(notUnderstood(column.column));
      continue;
    }
    const { channel } = stated;
    if (consent[channel]) {
      remarks.push(alsoStates(column.column, channel, consent[channel].column));
      continue;
    }
    consent[channel] = { column: column.column };
    parts.set(column.column, { names: [`consent: ${channel}`], type: 'consent', writing: valuesOf(stated.values) });
    remarks.push(...stated.remarks);
  }
  const channels = Object.keys(consent);
  const [since, ...others] = about('consent').filter(({ type }) => isDay(type));
  if (since && channels.length > 0) {
    for (const columns of Object.values(consent)) columns.at = since.column;
    parts.set(since.column, { names: ['consent: since'], type: 'instant', writing: since.writing });
  }
  for (const { column } of since && channels.length === 0 ? [since, ...others] : []) remarks.push(onlyDates(column));
  const refusing = about('refusal').toSorted((a, b) => Number(b.type === 'boolean') - Number(a.type === 'boolean'));
  for (const column of refusing) {
    const own = channelIn(column.column);
    const free = channels.filter((one) => (own === undefined || own === one) && !consent[one]?.refusal);
    if (free.length === 0 || !(isDay(column.type) || column.type === 'boolean')) {
      remarks.push(refusalUnread(column.column));
      continue;
    }
    for (const channel of free) if (consent[channel]) consent[channel].refusal = column.column;
    // A column of dates has words only for the absence of a date.
    const words = Object.entries(column.writing.values ?? {}).map(([word, meaning]) => [word, meaning || 'no']);
    const writing = valuesOf(Object.fromEntries(words));
    parts.set(column.column, { names: ['consent: refused'], type: 'refusal', writing });
    remarks.push(refusalTaken(column));
  }
  return { consent, parts, remarks };
}

function statedBy(column: Understood): Stated | undefined {
  const channel = channelIn(column.column) ?? 'email';
  const words = [...column.words.keys()];
  if (column.type === 'boolean') {
    const { values = {} } = column.writing;
    return { column, channel, values, remarks: [taken(column.column, words, values)] };
  }
  const { values, unclear, clear } = consentWords(words);
  if (column.type !== 'string' || !clear) return undefined;
  const understood = words.filter((word) => !unclear.includes(word));
  const remarks = [
    taken(column.column, understood, values),
    ...(unclear.length > 0
      ? [
          t`"${column.column}": not understood, so no consent: ${listed(unclear)}; write what such a word means under \`values\` of the file, as in \`values: { ${JSON.stringify(unclear[0])}: yes }\``,
        ]
      : []),
  ];
  return { column, channel, values, remarks };
}

/** Returns what the words of a column are taken for. */
function taken(column: string, all: string[], values: Record<string, string>): string {
  const words = [...new Map(all.map((word) => [wordKey(word), word])).values()];
  const granting = words.filter((word) => isGrant(word, values));
  const others = words.filter((word) => !granting.includes(word));
  if (granting.length === 0) return t`"${column}": no word in it is a consent`;
  return others.length === 0
    ? t`"${column}": consent by ${listed(granting)}, none by an empty cell`
    : t`"${column}": consent by ${listed(granting)}, none by ${listed(others)} or an empty cell`;
}

function listed(words: string[]): string {
  const shown = words
    .slice(0, SHOWN)
    .map((word) => t`"${word}"`)
    .join(', ');
  return words.length > SHOWN ? t`${shown} and ${words.length - SHOWN} more` : shown;
}

const notUnderstood = (column: string) =>
  t`"${column}" seems to be about consent, but its words are not understood, so nobody has consent by it: if they say it, write \`consent: { email: ${JSON.stringify(column)} }\` under \`data.customers\`, and what they mean under \`values\` of the file`;

const alsoStates = (column: string, channel: string, other: string) =>
  t`"${column}" seems to be about consent to ${channel} too: only "${other}" counts`;

const onlyDates = (column: string) =>
  t`"${column}" has dates of consent, but no column says yes or no, so nobody has consent by it: add such a column to the file and name both, as in \`consent: { email: { column: Subscribed, at: ${JSON.stringify(column)} } }\``;

const refusalTaken = ({ column, type }: Understood) =>
  type === 'boolean'
    ? t`"${column}": customers with a yes in it have no consent, whatever another column says`
    : t`"${column}": customers with a date in it have no consent, whatever another column says`;

const refusalUnread = (column: string) =>
  t`"${column}" seems to say who has refused, but is not read so: name it beside the column of consent, as in \`consent: { email: { column: Subscribed, refusal: ${JSON.stringify(column)} } }\` under \`data.customers\`, or give the refusals in a file under \`data.consent\``;

function valuesOf(values: Record<string, string>): ValueWriting {
  return Object.keys(values).length > 0 ? { values } : {};
}

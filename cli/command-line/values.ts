import { InvalidArgumentError } from 'commander';
import { positiveDuration } from '../../spec/words/readings.ts';
import { t } from '../../spec/words/t.ts';

/** Adds the value of an option that may be repeated. */
export function collected(text: string, all: string[] = []): string[] {
  return [...all, text];
}

/** Reads a whole number from 0 to 100, with or without a percent sign. */
export function percentage(text: string): number {
  const number = Number(text.replace(/%$/, ''));
  if (Number.isInteger(number) && number >= 0 && number <= 100) return number;
  throw new InvalidArgumentError(t`Write a whole number from 0 to 100.`);
}

/** Reads a duration, as in `30 seconds`, into milliseconds. */
export function duration(text: string): number {
  const ms = positiveDuration(text);
  if (ms === undefined) throw new InvalidArgumentError(t`Write a duration, as in \`30 seconds\` or 5m.`);
  return ms;
}

/** Reads a whole number from 1 upwards. */
export function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError(t`Write a whole number from 1 upwards.`);
  return number;
}

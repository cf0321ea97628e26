import { InvalidArgumentError } from 'commander';
import { t } from '../../spec/words/t.ts';

/** Adds the value of an option that may be repeated. */
export function collected(text: string, all: string[]): string[] {
  return [...all, text];
}

/** Reads a whole number from 0 to 100, with or without a percent sign. */
export function percentage(text: string): number {
  const number = Number(text.replace(/%$/, ''));
  if (Number.isInteger(number) && number >= 0 && number <= 100) return number;
  throw new InvalidArgumentError(t`Write a whole number from 0 to 100.`);
}

/** Reads a whole number from 1 upwards. */
export function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError(t`Write a whole number from 1 upwards.`);
  return number;
}

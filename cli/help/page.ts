import type { Argument, Command, Help, Option } from 'commander';
import { t } from '../../spec/words/t.ts';
import { hangPlain as hang } from '../views/hang.ts';
import { type Example, examples } from './pages.ts';

/** A term, and the text beside it. */
type Item = [term: string, text: string];

/** The minimum width of the text beside a term, in columns; a narrower text is put below the term. */
const NARROW = 36;

/** Returns the help of a command: its call, its purpose, its arguments and options, and examples. */
export function commandPage(command: Command, helper: Help): string {
  const width = helper.helpWidth ?? 80;
  const given = helper.visibleArguments(command).map((one): Item => [helper.argumentTerm(one), argumentText(one)]);
  const options = helper.visibleOptions(command).map((one): Item => [helper.optionTerm(one), optionText(one)]);
  const column = widest([...given, ...options]);
  const list = (title: string, items: Item[]) =>
    items.length === 0 ? [] : [helper.styleTitle(title), ...items.flatMap((item) => beside(item, column, width)), ''];
  return [
    `${helper.styleTitle(t`Usage:`)} ${helper.commandUsage(command)}`,
    '',
    ...hang('', command.description(), width),
    '',
    ...list(t`Arguments:`, given),
    ...list(t`Options:`, options),
    ...exampleLines(examples()[command.name()] ?? [], width),
  ].join('\n');
}

/** Returns the lines of examples. A long call has its text below it. */
function exampleLines(own: Example[], width: number): string[] {
  if (own.length === 0) return [];
  const column = widest(own);
  const below = column > width / 2 + 4;
  return [
    own.length === 1 ? t`Example:` : t`Examples:`,
    ...own.flatMap((item) => (below ? under(item, width) : beside(item, column, width))),
    '',
  ];
}

function widest(items: Item[]): number {
  return Math.max(...items.map(([term]) => term.length));
}

function beside([term, text]: Item, column: number, width: number): string[] {
  if (width - column - 4 < NARROW) return under([term, text], width);
  return hang(`  ${term}${' '.repeat(column - term.length)}  `, text, width);
}

function under([term, text]: Item, width: number): string[] {
  return [`  ${term}`, ...hang('      ', text, width)];
}

function argumentText({ description, argChoices, defaultValue }: Argument): string {
  return withFacts(description, argChoices, defaultValue);
}

function optionText({ description, argChoices, defaultValue, required, optional }: Option): string {
  return withFacts(description, argChoices, required || optional ? defaultValue : undefined);
}

/** Adds the possible values and the default to a text. */
function withFacts(text: string, choices: readonly string[] | undefined, standard: unknown): string {
  const facts = [
    ...(choices ? [t`choices: ${choices.map((one) => JSON.stringify(one)).join(', ')}`] : []),
    ...(standard === undefined || Array.isArray(standard) ? [] : [t`default: ${JSON.stringify(standard)}`]),
  ];
  return facts.length === 0 ? text : `${text} (${facts.join(', ')})`;
}

import type { Report } from '../diagnostics/report.ts';
import type { Model } from '../model/model.ts';
import { nameHelp } from '../words/names.ts';
import { t } from '../words/t.ts';
import type { Place } from './place.ts';

export type VariableValue = Model['variables'][string];

/** The values of `$name`. */
export interface Variables {
  /** The value; undefined where it is wrong, which is reported already. */
  readonly values: ReadonlyMap<string, VariableValue | undefined>;
  /** Returns true if a name that is not among them may have been declared where nothing can be read. */
  doubtful(name: string): boolean;
}

/** The first of each name in the files' `trees` counts, unless the tree of the environment says otherwise. Mistakes are reported later. */
export function readVariables(trees: unknown[], environment: unknown, doubtful: Variables['doubtful']): Variables {
  const values = new Map<string, VariableValue | undefined>();
  for (const [name, value] of trees.flatMap((tree) => Object.entries(sectionOf(tree)))) {
    if (!values.has(name)) values.set(name, isValue(value) ? unescaped(value) : undefined);
  }
  for (const [name, value] of Object.entries(sectionOf(environment))) {
    if (values.has(name)) values.set(name, isValue(value) ? unescaped(value) : undefined);
  }
  return { values, doubtful };
}

function sectionOf(tree: unknown): object {
  const section = typeof tree === 'object' && tree && 'variables' in tree ? tree.variables : undefined;
  return typeof section === 'object' && section && !Array.isArray(section) ? section : {};
}

function isValue(value: unknown): value is VariableValue {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'boolean' || (typeof value === 'string' && variableIn(value) === undefined);
}

const reference = /^\$([A-Za-z_][A-Za-z0-9_]*)$/;
const escaped = /^\$\$+[A-Za-z_][A-Za-z0-9_]*$/;

/** Returns the name of the variable that a whole text refers to. */
export function variableIn(value: unknown): string | undefined {
  return typeof value === 'string' ? reference.exec(value)?.[1] : undefined;
}

/** Returns the meaning of a value that refers to no variable: `$$name` is the text `$name`. */
export function unescaped<T extends VariableValue>(value: T): VariableValue {
  return typeof value === 'string' && escaped.test(value) ? value.slice(1) : value;
}

/** Returns a text as it has to be written so that it refers to no variable. */
export function escapedText(text: string): string {
  return reference.test(text) || escaped.test(text) ? `$${text}` : text;
}

export function unknownVariable(
  name: string,
  place: Place,
  variables: Variables,
  report: Report,
  by: 'key' | 'value' = 'value',
): void {
  if (variables.doubtful(name)) return;
  const help = nameHelp(name, variables.values.keys(), 'variables');
  report.error('CRM2032', place[by], t`There is no ${'variable'} \`${name}\``, help);
}

/**
 * Replaces a map's or list's texts that refer to variables by their values. Keys of which nothing can be checked are in
 * `open`. `keeps`: whether the value of a key is to stay as it is written.
 */
export function resolved<T extends object>(
  value: T,
  place: Place,
  report: Report,
  variables: Variables | undefined,
  keeps: (key: string) => boolean,
): { value: T; open: Set<string> } {
  const open = new Set<string>();
  let changed: Record<string, unknown> | undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner !== 'string' || !inner.startsWith('$') || keeps(key)) continue;
    const name = variableIn(inner);
    const found = name === undefined ? unescaped(inner) : variables?.values.get(name);
    if (found === undefined) open.add(key);
    if (name !== undefined && variables && !variables.values.has(name)) {
      unknownVariable(name, place.at(Array.isArray(value) ? Number(key) : key), variables, report);
    }
    if (found === undefined || found === inner) continue;
    changed ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
    changed[key] = found;
  }
  return { value: (changed as T | undefined) ?? value, open };
}

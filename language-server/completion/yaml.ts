import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { definitionOf } from '../../spec/document/schema.ts';
import { eventAround } from '../../spec/names/names.ts';
import { type Branches, describe, joined, under, underAny } from '../../spec/names/schema-paths.ts';
import { type HalfWritten, halfWrittenAt } from '../../spec/names/spot-at.ts';
import { type Path, pairsOf, textAt } from '../../spec/names/tree.ts';
import type { Project } from '../project.ts';
import type { Choices } from './completion.ts';
import { lengthOf } from './dsl.ts';
import { expressionChoices } from './expression.ts';
import { type Choice, wordChoice } from './items.ts';
import { keyChoices, takesExpression, valueChoices } from './values.ts';

/** Returns the choices in a YAML file: keys and values by the schema, names by the project, and expressions as in the DSL. */
export function completeYaml(project: Project, file: SourceFile, offset: number): Choices {
  const before = file.text.slice(0, offset);
  const found = halfWrittenAt(file, offset);
  if (!found) return { choices: [], start: offset };
  const { spot, tree, text } = found;
  const around = { path: spot.path, text: (path: Path) => textAt(tree.document.contents, path) };
  const start = before.endsWith(text) ? offset - text.length : offset - lengthOf(/[^\s{}[\],"']*$/, before);
  if (spot.part === 'key') {
    const names = keyChoices(project, underAny(spot.branches ?? []), around);
    return { choices: asKeys([...names, ...keysOf(spot.branches ?? [], keysAround(found))], file.text, offset), start };
  }
  if (takesExpression(spot.below)) {
    const { choices } = expressionChoices(project, text, eventAround(around.text, spot.path));
    const named = /(?<=(?:in\s+segment\s+|(?:reachable|consent)\s*\(\s*))[\p{L}\p{N}_-]*$/u;
    const word = Math.max(lengthOf(/[\p{L}\p{N}_]*$/u, text), lengthOf(named, text));
    return { choices, start: offset - word };
  }
  const branches = joined(spot.below);
  const keys = [
    ...keyChoices(project, underAny(branches), { ...around, path: [...spot.path, text] }),
    ...keysOf(branches),
  ];
  return { choices: [...valueChoices(project, spot.below, around), ...asKeys(keys, file.text, offset)], start };
}

function keysAround({ spot }: HalfWritten): string[] {
  return spot.map ? pairsOf(spot.map).map(({ key }) => String((key as { value?: unknown }).value)) : [];
}

function keysOf(branches: Branches, besides: readonly string[] = []): Choice[] {
  const keys = new Set(branches.flatMap((name) => Object.keys(definitionOf(name).properties ?? {})));
  return [...keys]
    .filter((key) => !besides.includes(key))
    .map((key) => {
      const about = under(branches, key).map(({ schema }) => describe(schema));
      return wordChoice(
        key,
        about.find((text) => text !== undefined),
      );
    });
}

/** Adds a colon to each key, if there is none yet. */
function asKeys(choices: Choice[], text: string, offset: number): Choice[] {
  const colon = /^[\p{L}\p{N}_-]*\s*:/u.test(text.slice(offset));
  return colon ? choices : choices.map((choice) => ({ ...choice, insert: `${choice.label}: ` }));
}

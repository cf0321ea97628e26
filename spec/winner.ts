import { branchesOf } from './constructs/steps/index.ts';
import type { SourceFile } from './diagnostics/diagnostic.ts';
import type { Place } from './document/place.ts';
import type { Loaded } from './load.ts';
import type { Step } from './model/campaign.ts';

/** A line of a file that changes. Lines begin with 1; `after` may be several. */
export interface ChangedLine {
  file: string;
  line: number;
  before: string;
  after: string[];
}

/**
 * Returns a file in which all customers get one arm or variant of a step from now on; everything else in it stays as it is. The step must have the key
 * `decide`, which the winner is written behind. Undefined where the project has no such step.
 */
export function withWinner(
  { model, contents, files }: Pick<Loaded, 'model' | 'contents'> & { files: readonly SourceFile[] },
  campaign: string,
  step: string,
  winner: string,
): { file: SourceFile; changed: ChangedLine } | undefined {
  const steps = model?.campaigns.find(({ name }) => name === campaign)?.steps ?? [];
  const written = contents.campaigns.find(({ name }) => name === campaign)?.place;
  const place = written && placeOf(steps, step, written.at('steps'))?.at('decide');
  if (place?.end === undefined) return undefined;
  const { path } = place.file;
  // The text of a parsed file in the DSL has no comments.
  const text = files.find((file) => file.path === path)?.text ?? place.file.text;
  const at = endOf(place.key.start.offset, place.end, text, path.endsWith('.crm'));
  const added = {
    dsl: ` winner ${winner}`,
    flow: `, winner: ${quoted(winner)}`,
    block: `${text.includes('\r\n') ? '\r\n' : '\n'}${at.indent}winner: ${quoted(winner)}`,
  }[at.style];
  const [from, to] = [text.lastIndexOf('\n', at.offset - 1) + 1, `${text}\n`.indexOf('\n', at.offset)];
  const line = text.slice(from, to);
  const inside = at.offset - from;
  return {
    file: { path, text: text.slice(0, at.offset) + added + text.slice(at.offset) },
    changed: {
      file: path,
      line: text.slice(0, from).split('\n').length,
      before: line,
      after: (line.slice(0, inside) + added + line.slice(inside)).split('\n'),
    },
  };
}

/** Behind the value of `decide`; in a block of YAML behind its line, which may end with a comment. */
function endOf(key: number, end: number, text: string, dsl: boolean) {
  const indent = /[ \t]*$/.exec(text.slice(0, key))?.[0] ?? '';
  if (dsl) return { style: 'dsl' as const, offset: end, indent };
  if (/^\s*[,}]/.test(text.slice(end))) return { style: 'flow' as const, offset: end, indent };
  return { style: 'block' as const, offset: end + (/^[^\r\n]*/.exec(text.slice(end))?.[0].length ?? 0), indent };
}

/** YAML reads these words as values of other kinds. */
function quoted(name: string): string {
  return /^(null|true|false|[\d.+-].*)$/i.test(name) ? JSON.stringify(name) : name;
}

/** Returns the place of the map that has what is said about the arms of a step. */
function placeOf(steps: Step[], id: string, place: Place): Place | undefined {
  for (const [i, step] of steps.entries()) {
    const at = place.at(i);
    if (step.id === id) return step.kind === 'send' || step.kind === 'split' ? at.at(step.kind) : undefined;
    if (step.kind === 'send') continue;
    for (const { name, steps: inner } of branchesOf(step)) {
      const found = placeOf(inner, id, step.kind === 'split' ? at.at('split', 'arms', name, 'steps') : at.at(name));
      if (found) return found;
    }
  }
  return undefined;
}

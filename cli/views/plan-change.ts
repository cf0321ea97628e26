import pc from 'picocolors';
import stringWidth from 'string-width';
import type { Change, FieldChange } from '../../engine/plan/change.ts';
import type { Range } from '../../spec/diagnostic.ts';
import type { Origins } from '../../spec/model/model.ts';
import { indent, type ViewOptions } from './format.ts';

const signs = { create: '+', change: '~', remove: '-' } as const;

/** One resource's change: its line with the place in the files, then field by field. */
export function renderChange(change: Change, origins: Origins, view: ViewOptions): string[] {
  const colors = pc.createColors(view.color);
  const paint = { create: colors.green, change: colors.yellow, remove: colors.red }[change.action];
  const { action, kind, name, title, fields, because, usedBy } = change;
  const what = ['project', 'policies', 'variables'].includes(kind) ? kind : `${kind} ${name}`;
  const origin = originOf(change, origins);
  const place = origin ? colors.dim(`  ${origin.file}:${origin.start.line}:${origin.start.column}`) : '';
  const line = `${paint(signs[action])} ${colors.bold(what)}${title === undefined ? '' : ` "${title}"`}${versions(change)}${place}`;
  const notes = [
    ...(because.length > 0 ? [`because of ${because.map(spoken).join(', ')}`] : []),
    ...(action === 'change' && usedBy.length > 0 ? [`used by ${usedBy.join(', ')}`] : []),
  ];
  // A new campaign's title stands in its line.
  const shown = action === 'create' ? fields.filter(({ path }) => path !== 'title') : fields;
  const inner = [...(worthShowing(change) ? fieldLines(shown, view) : []), ...notes.map(colors.dim)];
  return [line, ...indent(inner, 4)];
}

/** Returns the place of a resource in the files. Policies and variables are several in the files and one here: the first of them. */
export function originOf({ address, kind }: Change, origins: Origins): Range | undefined {
  if (kind !== 'policies' && kind !== 'variables') return origins[address];
  const parts = kind === 'policies' ? ['policy.', 'cap.'] : ['variable.'];
  return Object.entries(origins).find(([key]) => parts.some((part) => key.startsWith(part)))?.[1];
}

/** Returns true if a change is shown in full. Resources that are new or gone are named; only their journeys and conditions are shown. */
function worthShowing({ action, kind }: Change): boolean {
  return action === 'change' || (action === 'create' && ['segment', 'campaign', 'channel', 'policies'].includes(kind));
}

function versions({ kind, action, before, after }: Change): string {
  return kind === 'campaign' && action === 'change' && before !== after ? `  ${before} → ${after}` : '';
}

function fieldLines(fields: FieldChange[], view: ViewOptions): string[] {
  const colors = pc.createColors(view.color);
  const column = Math.max(0, ...fields.map(({ path }) => stringWidth(path))) + 2;
  return fields.flatMap(({ path, before, after }) => {
    const label = path + ' '.repeat(column - stringWidth(path));
    const none = '(none)';
    if (before === undefined) return [`${label}${colors.green(after ?? none)}`];
    if (after === undefined) return [`${label}${colors.red(before)} → ${none}`];
    const long = 6 + column + stringWidth(before) + stringWidth(after) + 3 > view.width;
    return long
      ? [`${label}${colors.red(before)}`, `${' '.repeat(Math.max(0, column - 2))}→ ${colors.green(after)}`]
      : [`${label}${colors.red(before)} → ${colors.green(after)}`];
  });
}

/** `segment.sleeping` as it is said. */
function spoken(address: string): string {
  return address.replace('.', ' ');
}

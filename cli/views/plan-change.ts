import pc from 'picocolors';
import type { Change, ChangeClass } from '../../engine/plan/change.ts';
import { t, translated } from '../../spec/words/t.ts';
import { count, indent, printable, quoted, type ViewOptions } from './format.ts';
import { kindWords } from './kind-words.ts';
import { fieldLines } from './plan-fields.ts';
import { beside, fold, hang } from './wrap.ts';

export const signs = { create: '+', change: '~', remove: '-' } as const;

/** More new resources than this are named by kind, not shown one by one. */
const mostNew = 30;

/** Returns all changes. Many new resources, as of a first plan, are a list of names for each kind; `--json` and `--format html` have them in full. */
export function renderChanges(changes: Change[], view: ViewOptions): string[] {
  const created = changes.filter(({ action }) => action === 'create');
  if (created.length <= mostNew) return changes.flatMap((change) => renderChange(change, view));
  const { green, bold, dim } = pc.createColors(view.color);
  const kinds = [...Map.groupBy(created, ({ kind }) => kind)].flatMap(([kind, list]) => {
    const title = `${green(signs.create)} ${bold(kindWords(kind))}`;
    if (['project', 'policies', 'variables'].includes(kind)) return [title];
    const names = list.map(({ name }) => name).join(', ');
    return hang(`${title}  `, `(${count(list.length)}) ${names}`, view.width - 2, 6);
  });
  return [
    ...kinds,
    ...fold([t`New resources are only named here: --json and --format html show them in full.`], view.width - 2).map(
      dim,
    ),
    ...changes.filter(({ action }) => action !== 'create').flatMap((change) => renderChange(change, view)),
  ];
}

/** One resource's change: its line with the place in the files, then field by field. */
export function renderChange(change: Change, view: ViewOptions): string[] {
  const colors = pc.createColors(view.color);
  const paint = { create: colors.green, change: colors.yellow, remove: colors.red }[change.action];
  const { action, kind, name, title, origin, fields, because, note, usedBy } = change;
  const what = ['project', 'policies', 'variables'].includes(kind) ? kindWords(kind) : `${kindWords(kind)} ${name}`;
  const place = origin ? [colors.dim(`${origin.file}:${origin.line}:${origin.column}`)] : [];
  const called = `${paint(signs[action])} ${colors.bold(what)}${title === undefined ? '' : ` ${quoted(title)}`}`;
  const judged =
    change.class === 'additive'
      ? []
      : [change.class === 'breaking' ? colors.red(className(change.class)) : className(change.class)];
  const why = change.reasons.map(translated).join('; ');
  const notes = [
    ...(action !== 'create' && change.class !== 'text-only' ? [why] : []),
    ...(note === 'compiled-anew' ? [t`the same text, compiled anew`] : []),
    ...(because.length > 0 ? [t`because of ${because.map(spoken).join(', ')}`] : []),
    ...(action === 'change' && usedBy.length > 0 ? [t`used by ${usedBy.join(', ')}`] : []),
  ];
  // The title of a new resource is in its first line.
  const shown = action === 'create' ? fields.filter(({ path }) => path !== 'title') : fields;
  const inner = [
    ...(worthShowing(change) ? fieldLines(shown, view, action === 'create') : []),
    ...fold(notes, view.width - 6).map(colors.dim),
  ];
  return [...beside([called, ...versions(change), ...judged, ...place], view.width - 2), ...indent(inner, 4)];
}

/** The same, without what could steer a terminal; the lines of a text stay. */
export function printableChange(change: Change): Change {
  const lines = (text: string) => text.split('\n').map(printable).join('\n');
  const fields = change.fields.map(({ before, after, ...field }) => ({
    ...printable(field),
    ...(before !== undefined && { before: lines(before) }),
    ...(after !== undefined && { after: lines(after) }),
  }));
  return { ...printable({ ...change, fields: [] }), fields };
}

/** Returns true if a change is shown in full. Resources that are new or gone are named; only their journeys and conditions are shown. */
function worthShowing({ action, kind }: Change): boolean {
  return action === 'change' || (action === 'create' && ['segment', 'campaign', 'channel', 'policies'].includes(kind));
}

function versions({ kind, action, before, after }: Change): string[] {
  return kind === 'campaign' && action === 'change' && before !== after ? [`${before} → ${after}`] : [];
}

/** The class of a change, as people read it. */
export function className(judged: ChangeClass): string {
  if (judged === 'breaking') return t`BREAKING`;
  if (judged === 'behavioural') return t`behavioural`;
  return judged === 'additive' ? t`additive` : t`text only`;
}

/** `segment.sleeping` in words. */
export function spoken(address: string): string {
  const dot = address.indexOf('.');
  if (dot < 0) return kindWords(address);
  return `${kindWords(address.slice(0, dot))} ${address.slice(dot + 1)}`;
}

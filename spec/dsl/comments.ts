import { Remarks } from '../document/remarks.ts';
import type { NotedBlock, NotedEntry, Notes } from './notes.ts';
import type { CrmToken } from './tokens.ts';

type Event =
  | { at: number; kind: 'open' | 'close'; block: NotedBlock }
  | { at: number; kind: 'entry'; entry: NotedEntry }
  | { at: number; kind: 'comment'; comment: CrmToken };

interface Open {
  block: NotedBlock;
  /** The last entry directly inside. */
  last?: NotedEntry;
  pending: CrmToken[];
}

/**
 * Gives each comment to what it is about: on a line of its own to the entry below, else to the entry that its line
 * begins with; the rest to the end of the block.
 */
export function attach(text: string, comments: CrmToken[], notes: Notes): Remarks {
  const remarks = new Remarks();
  const lines = text.split('\n');
  const blankAbove = (line: number) => line > 1 && (lines[line - 2] ?? '').trim() === '';
  const stack: Open[] = [];
  const byLine = new Map<number, NotedEntry>();
  const endings = new Map<number, NotedEntry>();
  for (const entry of notes.entries) {
    const first = byLine.get(entry.line);
    if (!first || entry.start < first.start) byLine.set(entry.line, entry);
    const last = endings.get(entry.endLine);
    if (!last || entry.start < last.start) endings.set(entry.endLine, entry);
  }
  const textsOf = (pending: CrmToken[]) =>
    pending.flatMap((comment, index) => {
      const apart = index > 0 && blankAbove(comment.line);
      return [...(apart ? [''] : []), comment.image.slice(1).trimEnd()];
    });

  for (const event of eventsOf(comments, notes)) {
    const top = stack.at(-1);
    if (event.kind === 'open') stack.push({ block: event.block, pending: [] });
    else if (event.kind === 'close') {
      stack.pop();
      if (top) remarks.at(top.block.node).end.push(...textsOf(top.pending));
    } else if (event.kind === 'entry' && top) {
      const { entry } = event;
      const remark = remarks.at(entry.node);
      const above = textsOf(top.pending);
      const line = top.pending[0]?.line ?? entry.line;
      remark.blank = blankAbove(line);
      if (above.length > 0 && blankAbove(entry.line)) above.push('');
      remark.before.push(...above);
      top.pending = [];
      top.last = entry;
    } else if (event.kind === 'comment' && top) {
      const { comment } = event;
      const line = comment.line;
      const words = comment.image.slice(1).trimEnd();
      const beside = byLine.get(line);
      const inside = top.last && comment.startOffset < top.last.end ? top.last : undefined;
      const owner =
        beside && beside.start < comment.startOffset ? beside : (inside ?? before(endings.get(line), event.at));
      if (!owner) {
        top.pending.push(comment);
        continue;
      }
      const remark = remarks.at(owner.node);
      if (owner !== inside && remark.after === undefined) remark.after = words;
      else if (owner === beside && remark.after === undefined) remark.after = words;
      else remark.before.push(words);
    }
  }
  return withHeader(remarks, notes);
}

function before(entry: NotedEntry | undefined, at: number): NotedEntry | undefined {
  return entry && entry.start < at ? entry : undefined;
}

function eventsOf(comments: CrmToken[], notes: Notes): Event[] {
  const events: Event[] = [
    ...notes.blocks.flatMap((block): Event[] => [
      { at: block.start, kind: 'open', block },
      { at: block.end, kind: 'close', block },
    ]),
    ...notes.entries.map((entry): Event => ({ at: entry.start, kind: 'entry', entry })),
    ...comments.map((comment): Event => ({ at: comment.startOffset, kind: 'comment', comment })),
  ];
  // An entry that begins with a brace is around it.
  const inner = ({ kind }: Event) => (kind === 'open' ? 1 : 0);
  return events.sort((a, b) => a.at - b.at || inner(a) - inner(b));
}

/** Takes the comments at the top of the file that a blank line sets apart: they are about the file. */
function withHeader(remarks: Remarks, notes: Notes): Remarks {
  const first = notes.entries.reduce<NotedEntry | undefined>(
    (least, entry) => (!least || entry.start < least.start ? entry : least),
    undefined,
  );
  if (first) remarks.takeHeader(first.node);
  return remarks;
}

import {
  allGates,
  exitReasons,
  type MessageStatus,
  messageReasons,
  messageStatuses,
  namedReasons,
} from '../spec/model/outcomes.ts';

export const lifePath = new URL('../docs/how-it-runs.md', import.meta.url);

/** Returns the page with its generated parts, between comments, written anew. */
export function withOutcomes(page: string): string {
  const parts = { gates: gateTable(), statuses: statusTable(), exits: exitTable() };
  return Object.entries(parts).reduce((text, [name, lines]) => {
    const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`docs/how-it-runs.md lacks ${begin} … ${end}`);
    return `${text.slice(0, from + begin.length)}\n\n${lines.join('\n')}\n\n${text.slice(to)}`;
  }, page);
}

type Meanings = Partial<Record<MessageStatus, string>>;

function statusTable(): string[] {
  const reasons: [string, Meanings][] = Object.entries({ ...messageReasons, ...namedReasons });
  const rows = Object.entries(messageStatuses).flatMap(([status, { documentation }]) => {
    const own = reasons.flatMap(([reason, meanings]) => {
      const meaning = meanings[status as MessageStatus];
      return meaning === undefined ? [] : [[`\`${status}\``, `\`${reason}\``, meaning]];
    });
    return [[`\`${status}\``, '', documentation], ...own];
  });
  return table([['status', 'reason', 'meaning'], ...rows]);
}

function gateTable(): string[] {
  const reasons: Record<string, Meanings> = {
    ...messageReasons,
    holdout: namedReasons['holdout:<name>'],
    cap: namedReasons['cap:<name>'],
  };
  const nameOf = (gate: string) => (gate === 'holdout' || gate === 'cap' ? `${gate}:<name>` : gate);
  const rows = allGates.map((gate, i) => [`${i + 1}`, `\`${nameOf(gate)}\``, reasons[gate]?.suppressed ?? '']);
  return table([['gate', 'reason', 'refuses'], ...rows]);
}

function exitTable(): string[] {
  const rows = Object.entries(exitReasons).map(([reason, { documentation }]) => [`\`${reason}\``, documentation]);
  return table([['reason', 'meaning'], ...rows]);
}

/** Returns a table of Markdown in columns of equal width, as the formatter writes it. */
function table([head = [], ...rows]: string[][]): string[] {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => [...(row[i] ?? '')].length)));
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

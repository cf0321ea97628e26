import {
  allGates,
  exitReasons,
  type MessageStatus,
  messageReasons,
  messageStatuses,
  namedReasons,
} from '../spec/model/outcomes.ts';
import { table, withParts } from './parts.ts';

export const lifePath = new URL('../docs/how-it-runs.md', import.meta.url);

/** Returns docs/how-it-runs.md with its tables as they are now. */
export function withOutcomes(page: string): string {
  return withParts(page, { gates: gateTable(), statuses: statusTable(), exits: exitTable() });
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

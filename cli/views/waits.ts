import type { DataWait } from '../../engine/report/data-waits.ts';
import { t } from '../../spec/words/t.ts';
import { hang } from './wrap.ts';

/** Returns a line for each file that campaigns wait for: `welcome since 2026-03-02 10:00: orders.csv: nothing of it can be read`. */
export function dataWaitLines(waits: DataWait[], clock: (at: number) => string, width: number): string[] {
  const files = Map.groupBy(waits, ({ path, since }) => `${path}\n${since}`);
  return [...files.values()].flatMap((mine) => {
    const [first] = mine;
    const campaigns = mine.map(({ campaign }) => campaign).join(', ');
    return first ? hang('', t`${campaigns} since ${clock(first.since)}: ${first.path}: ${first.why}`, width, 2) : [];
  });
}

import { expect, it } from 'vitest';
import { emptyTally } from '../../engine/delivery/tally.ts';
import { tickText } from './tick.ts';

const at = Date.UTC(2026, 2, 2, 12);
const project = { timezone: 'Europe/Moscow', tick: 60_000 };
const dispatched = { total: emptyTally(), channels: {}, stalled: [], waiting: [] };

it('a tick reports how many messages wait for the lease of another process, and until when', () => {
  const text = tickText(
    {
      ...{ at, ticked: true, read: [] },
      dispatched: { ...dispatched, lapsed: { again: 0, unknown: 0 }, leased: { messages: 8, until: at + 290_500 } },
    },
    project,
    200,
  );
  expect(text).toContain('Messages that are due and another process has taken: 8.');
  expect(text).toMatch(/If it has ended, they are free again at 2026-03-02 15:04:50/);
});

it('a tick reports the messages that it took over, and nothing if there were none', () => {
  const text = (again: number, unknown: number) =>
    tickText(
      { ...{ at, ticked: true, read: [] }, dispatched: { ...dispatched, lapsed: { again, unknown } } },
      project,
      200,
    );
  expect(text(0, 2)).toContain('0 go on, 2 are in doubt and are not sent again.');
  expect(text(0, 0).split('\n').slice(1)).toEqual(['Nothing was due to be sent.', '']);
});

it('a tick reports which campaigns were applied after its instant', () => {
  const since = at + 10_000;
  const beginning = [
    { campaign: 'cart', since },
    { campaign: 'late', since: at + 120_000 },
    { campaign: 'welcome', since },
  ];
  const text = tickText({ at, ticked: true, read: [], beginning }, project, 200);
  expect(text).toContain(
    'Applied after that, and begun by the first tick at 2026-03-02 15:01 or later: cart, welcome.',
  );
  expect(text).toContain('Applied after that, and begun by the first tick at 2026-03-02 15:02 or later: late.');
});

it('a tick adds up the files of a declaration, and names a file that was read alone', () => {
  const of = (path: string, declared: string, problems: number) => ({ path, declared, rows: 600, problems, lost: 0 });
  const read = [of('days/1.csv', 'days/', 1), of('days/2.csv', 'days/', 2), of('old/1.csv', 'old/*.csv', 0)];
  const later = read.slice(0, 2).map(({ path, declared, problems }) => ({ path, declared, problems }));
  expect(tickText({ at, ticked: true, read, later }, project, 200).split('\n')).toEqual([
    expect.stringContaining('Ticked at'),
    '  read days/: 2 files, 1,200 rows, 3 problems (crm status)',
    '  read old/1.csv: 600 rows',
    '  read before, days/, 3 problems (crm status)',
    '',
  ]);
});

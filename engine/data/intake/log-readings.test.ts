import { expect, it } from 'vitest';
import { logReadings } from './log-readings.ts';

it('the files of a folder are one line of the log, which has each for programs, and warns where one has problems', () => {
  const lines: unknown[][] = [];
  const log = {
    info: (fields: object, text: string) => lines.push(['info', text, fields]),
    warn: (fields: object, text: string) => lines.push(['warn', text, fields]),
  };
  const [one, two, alone] = [
    { path: 'days/1.csv', rows: 3, problems: 0, lost: 0 },
    { path: 'days/2.csv', rows: 4, problems: 1, lost: 1 },
    { path: 'orders.csv', rows: 5, problems: 0, lost: 0 },
  ];
  logReadings(log, [{ ...one, declared: 'days/' }, alone, { ...two, declared: 'days/' }]);
  expect(lines).toEqual([
    ['warn', 'read, with problems', { path: 'days/', rows: 7, problems: 1, lost: 1, files: [one, two] }],
    ['info', 'read', alone],
  ]);
});

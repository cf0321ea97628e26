import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorCodes } from './user-error.ts';

test('every code of an error is used', () => {
  const paths = globSync('{engine,cli}/**/*.ts').filter((path) => !/\.test\.ts$|user-error\.ts$/.test(path));
  const sources = paths.map((path) => readFileSync(path, 'utf8')).join('\n');
  // The code of a refused plan is made of the reason for its refusal.
  const used = (code: string) =>
    sources.includes(`'${code}'`) || (code.startsWith('plan-') && sources.includes(`reason: '${code.slice(5)}'`));
  expect(Object.keys(errorCodes).filter((code) => !used(code))).toEqual([]);
});

test('what a rule refuses has the exit code of refusals, all else that of errors', () => {
  const refused = Object.entries(errorCodes).flatMap(([code, { exit }]) => (exit === 'refused' ? [code] : []));
  expect(refused).toEqual([
    'plan-foreign',
    'plan-tampered',
    'plan-blocked',
    'plan-breaking',
    'plan-applied',
    'plan-stale',
    'plan-clock',
    'plan-guarded',
    'plan-locked',
    'locked',
    'plan-outgrown',
    'plan-unapproved',
    'approval-refused',
    'plan-expired',
    'plan-unreviewed',
    'deployment-changed',
    'unreadable-data',
    'wider-pause',
  ]);
});

import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allGates, enrolmentStatuses, exitReasons, isFixedReason, messageStatuses } from '../../spec/model/outcomes.ts';
import { counted, messageReason } from './outcome-sql.ts';

test('words are literals of SQL', () => {
  expect(messageReason['quiet-hours'].sql).toBe("'quiet-hours'");
  expect(counted.sql).toBe("'decided','sent','unknown'");
});

test('every gate has a reason in the list, or puts a name after its own', () => {
  expect(allGates.filter((gate) => !isFixedReason(gate))).toEqual(['holdout', 'cap']);
});

test('SQL takes statuses and reasons from the list', () => {
  const words = [...Object.keys(messageStatuses), ...Object.keys(exitReasons), ...enrolmentStatuses].join('|');
  const bare = new RegExp(`\\b(?:status|reason) (?:=|<>|(?:NOT )?IN|IS DISTINCT FROM) \\(?'(?:${words})'`, 'g');
  const files = globSync('engine/**/*.ts').filter((path) => !/\.(test|fixture|test-helper)\.ts$/.test(path));
  const found = files.flatMap((path) => (readFileSync(path, 'utf8').match(bare) ?? []).map((hit) => `${path}: ${hit}`));
  expect(found).toEqual([]);
  expect("m.status IN ('decided', 'sent')").toMatch(bare);
});

import type { CampaignTest, ExpectedExit, ExpectedMessage } from '../../../spec/model/test.ts';
import { canonical } from '../../program/hash.ts';
import type { Program } from '../../program/program.ts';
import { type Judge, pair } from './pair.ts';
import type { AttributeDifference, Difference, Observed, ObservedExit, ObservedMessage, TestResult } from './result.ts';
import { storing, written } from './values.ts';

/** Compares what happened with what the test expects. */
export function compare(test: CampaignTest, observed: Observed, problems: string[], program: Program): TestResult {
  const { expect } = test;
  const { tick } = program.project;
  const instant = (offset: number) => Math.ceil((test.start + offset) / tick) * tick;
  const refusals = expect.messages?.some((message) => message.refused !== undefined) ?? false;
  const candidates = observed.messages.filter((message) => refusals || message.refused === undefined);
  const messages = expect.messages && pair(expect.messages, candidates, ofMessages(instant));
  const exits = expect.exits && pair(expect.exits, observed.exits, ofExits(instant));
  const attributes = attributeDifferences(test, observed, program);
  const fine = [...(messages ?? []), ...(exits ?? [])].every(
    (row) => row.expected !== undefined && row.actual !== undefined && row.differences.length === 0,
  );
  return {
    test,
    passed: problems.length === 0 && fine && attributes.length === 0,
    problems,
    ...(messages && { messages }),
    ...(exits && { exits }),
    attributes,
    observed,
  };
}

function ofMessages(instant: (offset: number) => number): Judge<ExpectedMessage, ObservedMessage> {
  return {
    at: (actual) => actual.at,
    differences: (expected, actual) => {
      if (expected.customer !== undefined && expected.customer !== actual.customer) return undefined;
      if (expected.channel !== actual.channel) return undefined;
      const differences: Difference[] = [];
      if (expected.refused !== actual.refused) differences.push({ in: 'refusal' });
      if (expected.at !== undefined && instant(expected.at) !== actual.at) differences.push({ in: 'time' });
      if (expected.template !== undefined && expected.template !== actual.template)
        differences.push({ in: 'template' });
      if (actual.refused !== undefined) return differences;
      const text = folded(`${actual.text} ${actual.html ?? ''}`);
      for (const part of expected.contains)
        if (!text.includes(folded(part))) differences.push({ in: 'text', lacks: part });
      return differences;
    },
  };
}

function ofExits(instant: (offset: number) => number): Judge<ExpectedExit, ObservedExit> {
  return {
    at: (actual) => actual.at,
    differences: (expected, actual) => {
      if (expected.customer !== actual.customer) return undefined;
      const differences: Difference[] = [];
      if (expected.reason !== actual.reason) differences.push({ in: 'reason' });
      if (expected.at !== undefined && instant(expected.at) !== actual.at) differences.push({ in: 'time' });
      return differences;
    },
  };
}

/** Replaces all blanks and line breaks by single blanks: tests do not depend on them. */
function folded(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

function attributeDifferences({ expect }: CampaignTest, observed: Observed, { data, project }: Program) {
  const store = storing(project.timezone);
  const fields = new Map(data.customers.attributes.map((field) => [field.name, field]));
  const actual = new Map(observed.customers.map(({ id, attributes }) => [id, attributes]));
  return (expect.customers ?? []).flatMap(({ id, attributes }) =>
    Object.entries(attributes).flatMap(([attribute, expected]): AttributeDifference[] => {
      const field = fields.get(attribute);
      const found = actual.get(id)?.[attribute] ?? null;
      const same = field && canonical(written(field, store(field, expected))) === canonical(found);
      return same ? [] : [{ customer: id, attribute, expected, actual: found }];
    }),
  );
}

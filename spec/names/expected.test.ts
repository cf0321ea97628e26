import { describe, expect, it } from 'vitest';
import { type Expected, expectedAt } from './expected.ts';

function at(marked: string): Expected | undefined {
  const offset = marked.indexOf('▮');
  return expectedAt(marked.replace('▮', ''), offset);
}

const words = (marked: string) => at(marked)?.words.map(({ word }) => word) ?? [];

function value(marked: string): string | undefined {
  const found = at(marked)?.value;
  return found && `${found.part} ${found.kind} ${found.path.join('.')} ${found.below.map(({ role }) => role).join()}`;
}

const body = (line: string) => `campaign c {\n  title\n  ${line}\n  wait 2 days\n}\n`;

describe('the words that are allowed at a place of the DSL', () => {
  it.each([
    ['▮', ['project', 'segment', 'campaign']],
    ['nonsense of all kinds {\n}\n▮', ['project', 'segment', 'campaign']],
    ['segment a { where x } }}\n▮', ['segment']],
    ['segment a {\n  ▮\n}', ['where']],
    [body('▮'), ['category', 'on', 'exit', 'wait', 'send']],
    [body('on ▮'), ['event', 'enters', 'schedule']],
    [body('on event cart ▮'), ['when']],
    [body('exit ▮'), ['on', 'as']],
    [body('goal paid within 7 days ▮'), ['when', 'value']],
    [body('if a == 1 {\n    exit\n  } ▮'), ['else']],
    [body('split s {\n    a 10% { ▮'), ['send', 'exit']],
    [body('cascade {\n    email x ▮'), ['until', 'within']],
    [body('if a == 1 {\n    exit\n  }\n  ▮'), ['else', 'send']],
    ['event e {\n  from a.csv rename { a ▮', ['to']],
  ])('%j', (marked, expected) => expect(words(marked)).toEqual(expect.arrayContaining(expected)));

  it.each([
    'segment ▮',
    'nonsense ▮',
    '# com▮ment',
    'segment a { where city == "▮" }',
    body('on event ▮'),
    body('send email ▮'),
  ])('are none in %j', (marked) => expect(words(marked)).toEqual([]));

  it('are explained', () => {
    const [first] = at('segment a { ▮ }')?.words ?? [];
    expect(first?.description).toMatch(/\.$/);
    for (const { word, description } of at(body('▮'))?.words ?? []) expect(description, word).toMatch(/\.$/);
  });
});

describe('the value that is allowed at a place of the DSL', () => {
  it.each([
    ['segment ▮', 'key name segments segments.*'],
    ['segment a { where in segment ▮ }', 'value expression segments.a.where dynamicSegment.where'],
    ['segment a {\n  where city ==\n  ▮', 'value expression segments.a.where dynamicSegment.where'],
    [body('on event ▮'), 'value name campaigns.c.on.event onEvent.event'],
    [body('send ▮'), 'key name campaigns.c.steps.0.send sentMessage.*'],
    [body('wait 1 day\n  send email ▮'), 'value name campaigns.c.steps.1.send.email sentMessage.*'],
    [body('wait ▮'), 'value phrase campaigns.c.steps.0.wait waitStep.wait'],
    [body('cascade {\n    push a until ▮'), 'value name campaigns.c.steps.0.cascade.0.until stage.until'],
    ['project p { simulation { engagement {\n  ▮', 'key text project.simulation.engagement engagement.*'],
    ['customers { attributes {\n  name ▮', 'value name data.customers.attributes.name.type fieldForm.type'],
    ['cap d max 2 per day channel ▮', 'value name policies.caps.d.channel cap.channel'],
  ])('%j', (marked, expected) => {
    // The stages of a cascade may be in a separate map.
    expect(value(marked)?.replace('.stages.', '.')).toBe(expected);
  });

  it('knows what is written before it', () => {
    const expected = at(body('on event cart_updated when event.▮'));
    expect(expected?.textBefore(['campaigns', 'c', 'on', 'event'])).toBe('cart_updated');
  });
});

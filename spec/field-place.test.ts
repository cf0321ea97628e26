import { expect, it } from 'vitest';
import { placeOfField } from './field-place.ts';
import { loadProject } from './load.ts';

const yaml = `project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { from: c.csv, attributes: { email: email, phone: phone } }
  events: { registered: { from: r.csv, fields: {} } }
channels:
  sms: { transport: file, directory: out }
segments:
  some: { where: email is not missing }
campaigns:
  welcome:
    on: { event: registered }
    audience: in segment some
    steps:
      - wait: 1 hour
      - split:
          id: offer
          arms:
            half: { share: 50%, steps: [{ send: { sms: hello } }] }
            wait-1:
              share: 50%
              steps:
                - wait: 2 hours
                - send: { sms: hello }
      - cascade:
          - { sms: hello, until: delivered, within: 1 hour }
          - sms: hello
`;
const dsl = `campaign other {
  on event registered
  wait 1 hour
  send sms hello
}
`;
const files = [
  { path: 'crm.yaml', text: yaml },
  { path: 'other.crm', text: dsl },
  { path: 'templates/hello.sms.hbs', text: 'Hello\n' },
];
const loaded = loadProject(files);

const lineOf = (address: string, path: string) => {
  const range = placeOfField(loaded, address, path);
  return (
    range &&
    files
      .find((file) => file.path === range.file)
      ?.text.split('\n')
      [range.start.line - 1]?.trim()
  );
};

it('finds keys of resources, and of steps by their ids, also where a name is that of a step', () => {
  expect(loaded.diagnostics.map(({ message }) => message)).toEqual([]);
  expect(lineOf('campaign.welcome', 'audience')).toBe('audience: in segment some');
  expect(lineOf('campaign.welcome', 'steps.wait-1.wait')).toBe('- wait: 1 hour');
  expect(lineOf('campaign.welcome', 'steps.offer.split.arms.half.share')).toMatch(/^half: /);
  expect(lineOf('campaign.welcome', 'steps.offer.split.arms.wait-1.share')).toBe('share: 50%');
  expect(lineOf('campaign.welcome', 'steps.offer.split.arms.wait-1.steps.offer.wait-1.wait-1.wait')).toBe(
    '- wait: 2 hours',
  );
  expect(lineOf('campaign.welcome', 'steps.cascade-3.cascade.1.within')).toMatch(/^- { sms: hello, until/);
  expect(lineOf('segment.some', 'where')).toBe('some: { where: email is not missing }');
  expect(lineOf('channel.sms', 'transport')).toBe('sms: { transport: file, directory: out }');
});

it('finds them in the DSL', () => {
  expect(lineOf('campaign.other', 'steps.wait-1.wait')).toBe('wait 1 hour');
  expect(lineOf('campaign.other', 'on.event')).toBe('on event registered');
});

it('gives the nearest key around one that is not in the files, and nothing of what they do not have', () => {
  expect(lineOf('campaign.welcome', 'steps.gone.wait')).toBe('steps:');
  expect(lineOf('campaign.welcome', 'steps.wait-1.unless')).toBe('- wait: 1 hour');
  expect(lineOf('campaign.welcome', 'reenter')).toBeUndefined();
  expect(lineOf('campaign.gone', 'audience')).toBeUndefined();
  expect(lineOf('policies', 'caps.daily')).toBeUndefined();
});

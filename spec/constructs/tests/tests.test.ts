import { expect, it } from 'vitest';
import { convertFile } from '../../convert.ts';
import { loadProject } from '../../load.ts';

const project = `project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB }
data:
  customers: { attributes: { email: email, city: string, born: date, seen_at: instant } }
  events: { order_paid: { fields: { total: money, items: { type: list, items: { name: string } } } }, registered: {} }
channels:
  email: { transport: console }
  crm: { kind: webhook, transport: console }
  calls: { kind: task, transport: console }
segments: { vips: { static: true }, lost: { static: true } }
campaigns:
  welcome:
    on: { event: order_paid }
    steps: [send: { email: hello }, webhook: { crm: [] }, task: { calls: churn }, exit: bored]
  by-hand: { on: { launch: manual }, steps: [send: { email: hello }] }
`;
const templates = [
  { path: 'templates/hello.email.hbs', text: '---\nsubject: Hi\n---\n<a href="{{unsubscribe_url}}">x</a>' },
  { path: 'templates/churn.task.hbs', text: '---\nsubject: Call\n---\nHi' },
];
const written = `tests:
  all:
    campaign: welcome
    start: 2026-03-02T10:00:00+03:00
    customers:
      - { id: c1, consent: [email], born: 2000-02-29, seen_at: -2d }
      - { id: c2, segments: [vips, lost], city: , seen_at: 2026-03-01T00:00:00+03:00 }
    events:
      - { at: -1d 12h, customer: c1, registered: }
      - { at: +90m, customer: c1, order_paid: { total: 500, items: [{ name: Shoes }, {}] } }
    expect:
      messages:
        - { customer: c1, email: hello }
        - { webhook: crm }
        - { calls: churn, refused: suppressed }
      exits: [{ customer: c1, reason: bored, at: +1h30m }]
  launched:
    campaign: by-hand
    start: 2026-03-02T10:00:00+03:00
    customers: [{ id: c1 }]
    launches: [+0m, +1d]
    expect: { messages: [] }
`;

const files = [...templates, { path: 'crm.yaml', text: project }];
const tests = { path: 'tests/all.crm.yaml', text: written };

it('reads instants, offsets and what is sent to whom', () => {
  const { model, diagnostics } = loadProject([...files, tests]);
  expect(diagnostics).toEqual([]);
  const [all, launched] = model?.tests ?? [];
  expect(all?.customers).toEqual([
    {
      id: 'c1',
      consent: ['email'],
      segments: [],
      attributes: { born: '2000-02-29', seen_at: '2026-02-28T07:00:00.000Z' },
    },
    {
      id: 'c2',
      consent: [],
      segments: ['vips', 'lost'],
      attributes: { city: null, seen_at: '2026-02-28T21:00:00.000Z' },
    },
  ]);
  expect(all?.events).toEqual([
    { at: -129_600_000, customer: 'c1', event: 'registered', fields: {} },
    { at: 5_400_000, customer: 'c1', event: 'order_paid', fields: { total: 500, items: [{ name: 'Shoes' }, {}] } },
  ]);
  expect(all?.expect).toEqual({
    messages: [
      { customer: 'c1', channel: 'email', template: 'hello', contains: [] },
      { channel: 'crm', contains: [] },
      { channel: 'calls', template: 'churn', refused: 'suppressed', contains: [] },
    ],
    exits: [{ customer: 'c1', reason: 'bored', at: 5_400_000 }],
  });
  expect(launched).toMatchObject({ launches: [0, 86_400_000], expect: { messages: [] } });
});

it('means the same in the DSL', () => {
  const dsl = convertFile(tests).file ?? expect.unreachable();
  const { model, diagnostics } = loadProject([...files, dsl]);
  expect(diagnostics).toEqual([]);
  expect(model?.tests).toEqual(loadProject([...files, tests]).model?.tests);
});

it('reports nothing for a campaign that is wrong itself', () => {
  const broken = project.replace('exit: bored', 'exit: [bored]').replace('launch: manual', 'launch: manuel');
  const { diagnostics } = loadProject([...templates, { path: 'crm.yaml', text: broken }, tests]);
  expect(diagnostics.map(({ range }) => range?.file)).not.toContain(tests.path);
});

import { expect, it } from 'vitest';
import { githubAnnotations } from './github.ts';
import { changesEverywhere, planned } from './plan.fixture.ts';
import { mostAnnotations, planAnnotations } from './plan-annotations.ts';

const nowhere = () => undefined;
const annotations = () => planAnnotations(changesEverywhere(), planned().model.project, nowhere);

it('says the worst first, each beside its line where the files have one', () => {
  const found = annotations();
  const severities = found.map(({ severity }) => severity);
  expect(severities).toEqual([...severities].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
  const text = githubAnnotations(mostAnnotations(found), (path) => `shop/${path}`);
  expect(text.split('\n')[0]).toMatch(/^::error .*title=Blocked%3A event order_paid::/);
  expect(text).toContain(
    '::notice file=shop/campaigns/cart.crm.yaml,line=12,endLine=12,col=3,endColumn=3,title=campaign cart::',
  );
  expect(text).toContain(
    'messages in 7 days: 84 → 98; cost in 7 days: ₽56.00 → ₽57.40; enter within 7 days: 100 → 120',
  );
  expect(text).toContain('customer.name, which is missing in 5 of 84 messages');
  expect(text).toContain('::warning title=More messages than channel email may send::');
});

it('says where the text of a template changes first', () => {
  const made = changesEverywhere();
  const origin = { file: 'templates/hello.email.hbs', line: 7, column: 1 };
  const fields = [{ path: 'body', before: 'a', after: 'b', line: 4, origin }];
  const change = {
    ...made.changes[0],
    address: 'template.hello',
    kind: 'template' as const,
    name: 'hello',
    action: 'change' as const,
    fields,
    usedBy: ['cart'],
    origin,
  };
  const found = planAnnotations(
    { ...made, changes: [change as (typeof made.changes)[0]] },
    planned().model.project,
    nowhere,
  );
  expect(found).toContainEqual({
    severity: 'info',
    title: 'template hello',
    message: 'body: this is its first line that changes; used by cart',
    range: { file: origin.file, start: { line: 7, column: 1 }, end: { line: 7, column: 1 } },
  });
});

it('stands at the first key that changes, also what it says of a warning', () => {
  const range = (line: number) => ({
    file: 'campaigns/cart.crm.yaml',
    start: { offset: 0, line, column: 5 },
    end: { offset: 4, line, column: 9 },
  });
  const asked: string[] = [];
  const found = planAnnotations(changesEverywhere(), planned().model.project, (address, path) => {
    asked.push(`${address} ${path}`);
    return address === 'campaign.cart' ? range(31) : undefined;
  });
  expect(asked).toContain('campaign.cart steps.wait-1.wait');
  const mine = found.filter(({ title }) => title.endsWith('campaign cart'));
  expect(mine.length).toBeGreaterThan(0);
  for (const one of mine) expect(one.range).toEqual(range(31));
});

const order = ['error', 'warning', 'info'];

it('keeps to the ten of each severity that GitHub shows, and says how many more there are', () => {
  const one = { title: 'a', message: 'b' };
  const many = order.flatMap((severity) =>
    Array.from({ length: 12 }, () => ({ ...one, severity: severity as 'error' | 'warning' | 'info' })),
  );
  const kept = mostAnnotations(many);
  expect(order.map((severity) => kept.filter((each) => each.severity === severity).length)).toEqual([10, 10, 10]);
  expect(kept.filter(({ title }) => title === '3 more notes')).toHaveLength(3);
  expect(mostAnnotations(many.slice(0, 10))).toEqual(many.slice(0, 10));
});

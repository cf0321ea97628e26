import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExpression } from './parse.ts';

test.each([
  ['a or b and not c == 1', 'or(a and(b not(==(c 1))))'],
  ['a - b - c * -d', '-(-(a b) *(c negate(d)))'],
  ['a-b', '-(a b)'],
  ['a is not missing', 'is-not-missing(a)'],
  ['a in (1, 2) and b not in ("x")', 'and(in(a 1 2) not-in(b "x"))'],
  ['a not between 1 and 2 and b', 'and(not-between(a 1 2) b)'],
  ['not in segment a-b or reachable(web-push)', 'or(not(segment[a-b]) reachable[web-push])'],
  ['now - 1h30m < 45 days ago', '<(-(ago[0] duration[5400000]) ago[3888000000])'],
  ['sum(o.t where o.x > 5 in last 2 days)', 'sum(o.t where >(o.x 5) last 172800000)'],
  ['a contains "x" and not b not starts with c', 'and(contains(a "x") not(not-starts with(b c)))'],
  ['contains ends with matches', 'ends with(contains matches)'],
  ['v then o within 2 hours', 'then(v o)[7200000 undefined]'],
  [
    'not (v where v.a > 1) then not o within 1 day in last 7 days',
    'not(then-not(where(v >(v.a 1)) o)[86400000 604800000])',
  ],
  ['top 10% by sum(o.t) / 2 or bottom 0.5% by a', 'or(top-10(/(sum(o.t) 2)) bottom-0.5(a))'],
  ['top - 10 > bottom', '>(-(top 10) bottom)'],
  ['any i in event.l where i.p > 1 and a', 'any(i in event.l where and(>(i.p 1) a))'],
  ['(all i in l where i.p > 1) and a', 'and(all(i in l where >(i.p 1)) a)'],
  [
    'count(i in o.l where i.p > 1) > count(o in last 1 day)',
    '>(count(i in o.l where >(i.p 1)) count(o last 86400000))',
  ],
  [
    'count(o where any i in o.l where i.p > 1 in last 2 days)',
    'count(o where any(i in o.l where >(i.p 1)) last 172800000)',
  ],
  ['count(a in (1, 2))', 'count(in(a 1 2))'],
  ['any == all and consent(web-push)', 'and(==(any all) consent[web-push])'],
  ['500 RUB + 0.50EUR < 1 DAY', '<(+(500[RUB] 0.5[EUR]) duration[86400000])'],
  ['count(o in last 1 day)', 'count(o last 86400000)'],
  ['last(o) == last', '==(last(o) last)'],
  ['event.in == customer.now', '==(event.in customer.now)'],
  ['"it\\u0027s \\"" == \'\\\'\'', '==("it\'s \\"" "\'")'],
  ['2026-03-01 != 2026-03-01T00:00+01:00', '!=(2026-03-01 instant[1772319600000])'],
  ['1e3 + 0.5', '+(1000 0.5)'],
])('%s', (text, tree) => {
  const { syntax, problems } = parseExpression(text);
  expect(problems).toEqual([]);
  expect(show(syntax)).toBe(tree);
});

test('each node knows its place, parentheses included', () => {
  const text = 'x == 1 and (count(o  where y) > 5 or in segment vip)';
  const places: string[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if ('start' in value && 'end' in value) places.push(text.slice(Number(value.start), Number(value.end)));
    Object.values(value).forEach(visit);
  };
  visit(parseExpression(text).syntax);
  expect(places).toEqual(
    expect.arrayContaining([
      ...[text, 'x == 1', 'x', '1', '(count(o  where y) > 5 or in segment vip)', 'count(o  where y) > 5'],
      ...['count(o  where y)', 'count', 'o', 'y', 'in segment vip', 'vip'],
    ]),
  );
});

test('what follows a syntax error is still parsed', () => {
  const { syntax, problems } = parseExpression('(a == ) and b == foo');
  expect(problems).toHaveLength(1);
  expect(show(syntax)).toBe('and(broken ==(b foo))');
});

test.each([
  ['parentheses by the million', '('.repeat(1_000_000)],
  ['201 parentheses', `${'('.repeat(201)}a${')'.repeat(201)}`],
  ['open parentheses', '('.repeat(9_999)],
  ['signs', `${'-'.repeat(9_999)}1`],
  ['nots', `${'not '.repeat(2_400)}a`],
  ['a long sum', `${'1+'.repeat(4_999)}1`],
  ['nested calls', 'count('.repeat(1_600)],
  ['10,001 characters', `"${'a'.repeat(10_000)}"`],
])('%s: too much', (_name, text) => {
  expect(parseExpression(text).problems.map(({ code }) => code)).toContain('CRM2006');
});

test('a short stack is a problem, not a crash', () => {
  const text = `${'('.repeat(200)}a${')'.repeat(200)}`;
  const script = `import { parseExpression } from ${JSON.stringify(new URL('./parse.ts', import.meta.url).href)};
    console.log(parseExpression(${JSON.stringify(text)}).problems[0].code);`;
  const options = ['--stack-size=300', '--input-type=module', '--eval', script];
  expect(execFileSync(process.execPath, options, { encoding: 'utf8' }).trim()).toBe('CRM2006');
});

test('what is within the limits is parsed', () => {
  expect(parseExpression(`${'('.repeat(200)}a${')'.repeat(200)}`).problems).toEqual([]);
  expect(parseExpression(`${'a or '.repeat(1_900)}a`).problems).toEqual([]);
});

test('no text is a crash, and each problem lies inside the text', () => {
  const words =
    'and or not in segment reachable ( ) , . == = < "x" \'y 5 2 days ago now is missing null where last count sum a contains starts with then within top 5% by any all consent 5 RUB between - * ! & % “'.split(
      ' ',
    );
  const soup = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary' })), { maxLength: 30 });
  fc.assert(
    fc.property(soup, (parts) => {
      const text = parts.join(' ');
      const { syntax, problems } = parseExpression(text);
      expect(syntax !== undefined || problems.length > 0).toBe(true);
      for (const { start, end } of problems) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 500 },
  );
});

function show(node: ReturnType<typeof parseExpression>['syntax']): string {
  if (!node) return 'nothing';
  const call = (name: string, ...parts: (typeof node | undefined)[]) =>
    `${name}(${parts.flatMap((part) => part && show(part)).join(' ')})`;
  switch (node.kind) {
    case 'number':
    case 'boolean':
    case 'date':
      return String(node.value);
    case 'string':
      return JSON.stringify(node.value);
    case 'instant':
    case 'duration':
    case 'ago':
      return `${node.kind}[${node.ms}]`;
    case 'name':
      return node.name.text;
    case 'path':
      return `${node.owner.text}.${node.name.text}`;
    case 'segment':
      return `segment[${node.name.text}]`;
    case 'reachable':
    case 'consent':
      return `${node.kind}[${node.channel.text}]`;
    case 'money':
      return `${node.value}[${node.currency}]`;
    case 'text':
      return call(`${node.negated ? 'not-' : ''}${node.op}`, node.operand, node.value);
    case 'items': {
      const where = node.where ? ` where ${show(node.where)}` : '';
      return `${node.fn.text}(${node.item.text} in ${show(node.list)}${where})`;
    }
    case 'filtered':
      return call('where', node.event, node.where);
    case 'sequence':
      return `${call(node.negated ? 'then-not' : 'then', node.first, node.second)}[${node.within} ${node.since}]`;
    case 'share':
      return call(`${node.which}-${node.share}`, node.by);
    case 'call': {
      const where = node.where ? ` where ${show(node.where)}` : '';
      return `${node.fn.text}(${node.args.map(show).join(' ')}${where}${node.within ? ` last ${node.within}` : ''})`;
    }
    case 'negate':
    case 'not':
      return call(node.kind, node.operand);
    case 'missing':
      return call(node.negated ? 'is-not-missing' : 'is-missing', node.operand);
    case 'in':
      return call(node.negated ? 'not-in' : 'in', node.operand, ...node.values);
    case 'between':
      return call(node.negated ? 'not-between' : 'between', node.operand, node.low, node.high);
    case 'arithmetic':
    case 'compare':
      return call(node.op, node.left, node.right);
    case 'and':
    case 'or':
      return call(node.kind, ...node.operands);
    case 'broken':
      return 'broken';
  }
}

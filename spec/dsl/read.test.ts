import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadProject } from '../load.ts';
import { readCrm } from './read.ts';

const read = (text: string) => readCrm({ path: 'x.crm', text });
const value = (text: string) => {
  const { file, diagnostics } = read(text);
  expect(diagnostics).toEqual([]);
  return file?.value;
};
const codes = (text: string) => read(text).diagnostics.map(({ code }) => code);

const campaign = `campaign abandoned-cart "Брошенная корзина" {
  on event cart_updated when event.items_count > 0
  exit on event order_paid
  exit on event cart_updated when event.items_count == 0
  goal order_paid within 7 days value event.total
  reenter after 7 days

  wait 2 hours as pause
  wait until 10:00
  split offer {
    control 10%
    plain 45% { send email cart/reminder }
    cascade 45% {
      cascade {
        push cart/push until opened within 2 hours
        sms cart/sms
      }
    }
  }
  if city == "Moscow" { exit bye } else { exit }
}
`;

describe('a right file', () => {
  const then = [{ exit: 'bye' }];

  it('gives what its YAML would', () => {
    expect(value(campaign)).toEqual({
      campaigns: {
        'abandoned-cart': {
          title: 'Брошенная корзина',
          on: { event: 'cart_updated', when: 'event.items_count > 0' },
          exit: [{ event: 'order_paid' }, { event: 'cart_updated', when: 'event.items_count == 0' }],
          goal: { event: 'order_paid', within: '7 days', value: 'event.total' },
          reenter: 'after 7 days',
          steps: [
            { wait: '2 hours', id: 'pause' },
            { wait: { until: '10:00' } },
            {
              split: {
                id: 'offer',
                arms: {
                  control: { share: '10%' },
                  plain: { share: '45%', steps: [{ send: { email: 'cart/reminder' } }] },
                  cascade: {
                    share: '45%',
                    steps: [
                      { cascade: [{ push: 'cart/push', until: 'opened', within: '2 hours' }, { sms: 'cart/sms' }] },
                    ],
                  },
                },
              },
            },
            { if: 'city == "Moscow"', then, else: [{ exit: null }] },
          ],
        },
      },
    });
  });

  it('means the same with other ends of lines, a mark at its beginning, and comments anywhere', () => {
    const plain = value(campaign);
    expect(value(campaign.replaceAll('\n', '\r\n'))).toEqual(plain);
    expect(value(`\uFEFF${campaign}`)).toEqual(plain);
    expect(value(campaign.replaceAll('\n', ' # Ж { " \n# }\n'))).toEqual(plain);
  });

  it('may be empty', () => {
    expect(value('')).toEqual({});
    expect(value('# nothing\n')).toEqual({});
  });
});

describe('an expression ends', () => {
  it.each([
    ['with its line', 'where a > 1\n', 'a > 1'],
    ['before a brace', 'where a > 1 ', 'a > 1'],
    ['after the lines that begin with an operator', 'where a > 1\n  and b\n\n  or c\n', 'a > 1\n  and b\n\n  or c'],
    ['after the lines whose line before ends with one', 'where a >\n 1 and\n b\n', 'a >\n 1 and\n b'],
    ['after its parentheses', 'where (a\n> 1\n)\n', '(a\n> 1\n)'],
    ['where a string does not', 'where a == "} # {"\n', 'a == "} # {"'],
  ])('%s', (_name, text, expression) => {
    expect(value(`segment x { ${text}}`)).toEqual({ segments: { x: { where: expression } } });
  });

  it('before a clause of its statement, which parentheses take for a name', () => {
    const goal = (text: string) => value(`campaign c { goal paid ${text} }`);
    const of = (parts: object) => ({ campaigns: { c: { goal: { event: 'paid', ...parts } } } });
    expect(goal('when a > 5 within 2 days value b')).toEqual(of({ when: 'a > 5', within: '2 days', value: 'b' }));
    expect(goal('within 2 days when (value > within)')).toEqual(of({ within: '2 days', when: '(value > within)' }));
    expect(value('campaign c { if a > 1 as x { wait 1 day } }')).toMatchObject({
      campaigns: { c: { steps: [{ if: 'a > 1', id: 'x' }] } },
    });
  });

  it('at the end of its line too where a parenthesis is missing, so that the next statement is read', () => {
    expect(value('campaign c {\n audience (a > 1\n priority 5\n}')).toEqual({
      campaigns: { c: { audience: '(a > 1', priority: 5 } },
    });
  });
});

describe('a mistake costs one finding, and the rest is read', () => {
  it.each([
    ['a value that is missing', 'test t { expect { customers { a { city } } } }\nsegment b { static }', 'CRM1040'],
    [
      'braces that are missing',
      'customers {\n  attributes email email\n  complete\n}\nsegment b { static }',
      'CRM1041',
    ],
    ['a list in the place of a map', 'variables a, b\nsegment b { static }', 'CRM1041'],
    ['a word in the place of `if`', 'campaign c { if a { exit } else of b }\nsegment b { static }', 'CRM1041'],
  ])('%s', (_name, text, code) => {
    const { file, diagnostics } = readCrm({ path: 'x.crm', text });
    expect(diagnostics.map((one) => one.code)).toEqual([code]);
    expect(file?.value).toMatchObject({ segments: { b: { static: true } } });
  });
});

describe('too much', () => {
  const letters = (count: number) => 'x'.repeat(count);

  it.each([
    ['a long file', `# ${letters(5_000_001)}`, 'CRM1004'],
    ['braces by the million', '{'.repeat(1_000_000), 'CRM1004'],
    ['nested steps', `campaign c {${'if a {'.repeat(51)}${'}'.repeat(51)}}`, 'CRM1004'],
    ['one `else if` after another', `campaign c {if a { }${' else if a { }'.repeat(50)}}`, 'CRM1004'],
    ['an invisible letter', 'segment \u0000 { }', 'CRM1005'],
    ['damaged letters', '# \uFFFD', 'CRM1005'],
  ])('%s is told in one finding', (_name, text, code) => {
    expect(codes(text)).toEqual([code]);
  });

  it('a large file is read in good time', () => {
    const text = Array.from({ length: 40_000 }, (_, i) => `segment s${i} { where age > ${i} and city == "x" }`).join(
      '\n',
    );
    const started = performance.now();
    expect(codes(text)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it.each(['project.crm', 'crm.yaml'])('one long word in %s does not hold up the whole project', (path) => {
    const started = performance.now();
    const { diagnostics } = loadProject([{ path, text: letters(5_000_001) }]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['CRM1004']);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('quotation marks and blanks without end take no time without end', () => {
    const started = performance.now();
    codes(`segment x "${' '.repeat(300_000)}\nsegment y ${`"${' '.repeat(20)}`.repeat(20_000)}`);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('whatever is in a file', () => {
  const project = `project shop {
  timezone Europe/Moscow
  locale ru
  currency RUB
}
customers { attributes { email email, city string } }
event cart_updated { fields { items_count integer, total money } }
event order_paid { fields { total money } }
channel email { transport console }
cap daily max 1 per calendar day channel email
`;
  const journey = `channel crm {
  kind webhook
  transport console
}
segment vips { static }
cascade gentle order cheapest { email until opened within 2 hours }
campaign d {
  on absence order_paid when event.total > 5 for 2 hours after cart_updated when event.items_count > 1
  moved { old to pause }

  wait event order_paid when event.total > 5 within 2 days as pause {
    set { city to "Moscow" }
  } else if city == "Kazan" {
    add_to vips
  } else {
    webhook crm { city, event.total }
  }
  split s sticky false {
    a 50%
    b 50% { cascade use gentle template cart/reminder }
  }
}
`;
  const whole = project + journey + campaign;
  const pieces = [...'{}()",\'#', '\n', ' ', '"x', 'if', 'exit on', 'campaign c {', '} else {', '10%', 'as', 'ж', '\\'];
  const change = fc.tuple(fc.nat(whole.length), fc.nat(30), fc.constantFrom(...pieces, ''));

  it('there is a Model or an error, and never an exception', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        let text = whole;
        for (const [at, length, piece] of changes) text = text.slice(0, at) + piece + text.slice(at + length);
        const { model, diagnostics } = loadProject([{ path: 'project.crm', text }]);
        expect(model === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
        for (const { message, help, range } of diagnostics) {
          expect(`${message} ${help}`).not.toMatch(/oneOf|anyOf|#\/definitions|\[object|NaN|Redundant|-->|Keyword:/);
          expect(range?.end.offset ?? 0).toBeLessThanOrEqual(text.length);
          expect(range?.end.offset ?? 0).toBeGreaterThanOrEqual(range?.start.offset ?? 0);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('a mistake costs its line and no more', () => {
    const lines = whole.split('\n');
    const found = lines.map((line, index) => {
      if (!/^ +\w/.test(line) || line.includes('{')) return 0;
      const text = lines.with(index, `  frobnicate ${line.trim()}`).join('\n');
      return codes(text).filter((code) => code === 'CRM1010').length;
    });
    expect(Math.max(...found)).toBe(1);
  });
});

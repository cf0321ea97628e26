import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { convertFile } from './convert.ts';
import { formatFile } from './format.ts';

const yaml = (text: string) => formatFile({ path: 'x.crm.yaml', text }).text;
const crm = (text: string) => formatFile({ path: 'x.crm', text }).text;
const converted = (path: string, text: string) => convertFile({ path, text }).file;

describe('YAML', () => {
  it('is written on one line where the schema lays it out so, and it fits', () => {
    const text = `data:
  customers:
    from: { path: a.csv, rename: { A: a, B: [b, c] } }
  events:
    cart:
      from: [a.csv, { path: b.csv, rename: { A: [a, b] }, where: { A: [x, y] } }]
    paid:
      from:
        path: exports/orders-of-the-shop.csv
        rename: { A: a, B: [b, c] }
        dates: [DD.MM.YYYY, YYYY]
        values: { да: yes }
        fields:
          A: { dates: [DD.MM.YYYY] }
        where: { A: [x, y] }
  consent: { from: c.csv, dates: [YYYY] }

holdouts:
  all: { share: 5%, campaigns: [a] }

campaigns:
  a:
    on: { leaves: vips }
    steps:
      - webhook: { crm: [city] }
  b:
    on: { absence: paid, for: 30 days, after: registered }
    steps: []
  c:
    on: { launch: manual }
    steps: []

tests:
  t:
    customers:
      - { id: a, segments: [vips] }
    launches: [+0m]
`;
    expect(yaml(text)).toBe(text);
  });

  it.each(readdirSync('campaigns').filter((name) => name.endsWith('.yaml')))(
    'of the shipped project is in its form: %s',
    (name) => {
      const text = readFileSync(`campaigns/${name}`, 'utf8');
      expect(yaml(text)).toBe(text);
    },
  );

  it('leaves comments with what they are about, however deep the map before them is', () => {
    const text = `# of the file

# of the section
segments:
  # first
  a: # beside a
    title: A # beside title

    # above where
    where: city == "x"
    # below a

  # above b, after what is deeper
  b: # beside b
    where: city == "y"
  # below the segments
# below all
`;
    expect(yaml(text)).toBe(text);
  });

  it('has one order of keys, one kind of quotes, and one line where it fits', () => {
    const text = `campaigns:
    c:
        steps:
        - send: {email: 'hello'}   # now
        - wait: {until: 10:00}
        "on": {when: "event.total>5   and city=='x'", event: order_paid}
        title: "Plain"
policies: { quiet_hours: { to: 09:00, from: '21:00' } }
`;
    expect(yaml(text)).toBe(`policies:
  quiet_hours: { from: "21:00", to: "09:00" }

campaigns:
  c:
    title: Plain
    on: { event: order_paid, when: event.total > 5 and city == 'x' }
    steps:
      - send: { email: hello } # now
      - wait: { until: "10:00" }
`);
  });

  it('breaks a long expression before its operators', () => {
    const part = 'count(order_paid where order_paid.total between 1 and 5) > 1';
    expect(yaml(`segments: { a: { where: "${part} and (${part} or ${part})" } }`)).toBe(`segments:
  a:
    where: >-
      ${part}
      and (${part} or ${part})
`);
  });

  it('keeps what is repeated where it is', () => {
    const text = `segments:
  b: &same
    where: city == "x"
    title: X
  a: *same
`;
    expect(yaml(text)).toBe(text);
  });

  it('keeps unknown keys, and reports text that it cannot read', () => {
    expect(yaml('segments: { a: { whree: x > 1 } }\n')).toBe('segments:\n  a:\n    whree: x > 1\n');
    expect(formatFile({ path: 'x.crm.yaml', text: 'a: [' }).diagnostics).toHaveLength(1);
    expect(yaml('')).toBe('');
    expect(yaml('\uFEFF# only\r\n')).toBe('# only\n');
  });

  it.each(['campai', '# about it\n\ncampai', '&a x', '12'])('keeps %j, which is no map', (text) => {
    expect(yaml(text)).toBe(`${text}\n`);
  });

  it.each(['9007199254740993', '1e400', '123456789012345678901234567890'])('keeps the number %s', (number) => {
    expect(yaml(`a: [${number}]`)).toBe(`a: [${number}]\n`);
    const variables = `variables { a ${number} }\n`;
    expect(crm(variables)).toContain(`a ${number}\n`);
    // No finite number: the conversion refuses it, as validation does.
    const other = number === '1e400' ? undefined : `variables:\n  a: ${number}\n`;
    expect(converted('x.crm', variables)?.text).toBe(other);
  });

  it.each(['#', 'a: 1\n#', '#\n\na: 1', 'a:\n  b: 1\n  #\nc: 1'])('formats %j, with an empty comment, once', (text) => {
    const once = yaml(text) ?? '';
    expect(once).not.toMatch(/^\n|\n\n$/);
    expect(yaml(once)).toBe(once);
  });
});

describe('the DSL', () => {
  it('leaves comments with what they are about', () => {
    const text = `# of the file

# of a
segment a {
  # above where
  where city == "x" # beside where
  # below a
}

campaign c { # beside c
  on event order_paid

  # above the first step
  wait 1 day # beside it

  split { # beside the split
    # of the arm
    a 50% {
      send email hello
      # below the arm's steps
    }
    b 50%
  }
  # below the steps
}

# below all
`;
    expect(crm(text)).toBe(text);
  });

  it('keeps both comments of a brace and of what follows it where they become one line of YAML', () => {
    const text = `test x {
  campaign c
  start 2026-03-02T10:00:00Z
  customer a {
    items {
      { # of the item
        total 7 # of the total
        note 8
      }
    }
  }
  expect {
    messages {}
  }
}
`;
    const { path = '', text: inYaml = '' } = converted('x.crm', text) ?? {};
    expect(inYaml).toContain('          # of the item\n          - total: 7 # of the total\n');
    expect(converted(path, inYaml)?.text).toContain('      # of the item\n      { # of the total\n');
  });

  it('has one order of statements, one indentation, and one line where it fits', () => {
    const text = `campaign   c 'Plain'
{
wait 1   day
  on  event order_paid when   event.total>5 and
     city=='x'
    priority 5
  if (city == "x") as check { exit } else
  { exit 'not now' }
  split x { a 50% {
     wait 2 hours } , b 50% {} }
}
`;
    expect(crm(text)).toBe(`campaign c "Plain" {
  priority 5
  on event order_paid when event.total > 5 and city == 'x'

  wait 1 day
  if city == "x" as check {
    exit
  } else {
    exit "not now"
  }
  split x {
    a 50% { wait 2 hours }
    b 50% {}
  }
}
`);
  });

  it('reports text that it cannot read', () => {
    const { diagnostics } = formatFile({ path: 'x.crm', text: 'segment x {\n  wher a > 1\n' });
    expect(diagnostics?.map(({ code }) => code).sort()).toEqual(['CRM1010', 'CRM1041']);
  });

  it.each(['test x {\n  event c1 { total 990 } at -60d\n}\n', 'campaign x {\n  webhook { total }\n}\n'])(
    'does not drop braces in front of which a name is missing: %j',
    (text) => {
      const formatted = formatFile({ path: 'x.crm', text });
      expect(formatted.diagnostics?.map(({ message }) => message)).toEqual([expect.stringContaining('needs a name')]);
      expect(convertFile({ path: 'x.crm', text }).file).toBeUndefined();
    },
  );
});

describe('conversion', () => {
  it('writes out what YAML repeats, and leaves out what only editors of YAML read', () => {
    const text = `# yaml-language-server: $schema=x.json
# Two alike.

segments:
  a: &same { where: city == "x" }
  b: *same
`;
    expect(converted('x.crm.yaml', text)).toEqual({
      path: 'x.crm',
      text: `# Two alike.

segment a {
  where city == "x"
}

segment b {
  where city == "x"
}
`,
    });
  });

  it.each([
    ['crm.yaml', 'project.crm'],
    ['project.crm', 'crm.yaml'],
    ['a/b.crm.yaml', 'a/b.crm'],
    ['a/b.crm', 'a/b.crm.yaml'],
  ])('of %s gives %s', (path, other) => {
    expect(converted(path, '')?.path).toBe(other);
  });

  it('puts a condition into parentheses whose word would begin a clause of the statement around it', () => {
    const text = `
campaigns:
  a:
    on: { absence: order, for: 2 hours, after: { event: cart, when: total > 5 or not when } }
    steps: [{ send: { sms: x } }]
`;
    const { path = '', text: inDsl = '' } = converted('x.crm.yaml', text) ?? {};
    expect(inDsl).toContain('on absence order for 2 hours after cart when (total > 5 or not when)\n');
    expect(converted(path, inDsl)?.text).toContain('when: total > 5 or not when');
  });

  it('refuses what the other surface cannot express', () => {
    const { diagnostics } = convertFile({ path: 'x.crm.yaml', text: 'segments: { a: { where: x > 1, whom: all } }' });
    expect(diagnostics?.map(({ message }) => message)).toEqual(['Unknown key `whom` in a segment by condition']);
  });
});

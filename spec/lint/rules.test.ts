import { describe, expect, it } from 'vitest';
import { convertFile } from '../convert.ts';
import type { LintRule } from '../diagnostics/codes.ts';
import type { Diagnostic, SourceFile } from '../diagnostics/diagnostic.ts';
import { worldOf } from '../diagnostics/world.fixture.ts';
import { loadProject } from '../load.ts';
import { lint } from './lint.ts';

const campaign = (steps: string, more = '', on = 'event: registered') =>
  `campaigns:\n  hello:\n    on: { ${on} }\n${more}    steps:\n${steps}`;
const mail = '      - send: { email: hello }\n';
const sms = '      - send: { sms: hello }\n';
const wait = (text: string) => `      - wait: ${text}\n`;
const choice = (condition: string, then = mail, otherwise = '') =>
  `      - if: ${JSON.stringify(condition)}\n        then:\n    ${then}${otherwise && `        else:\n    ${otherwise}`}`;
const segment = (where: string) => `segments:\n  some: { where: ${JSON.stringify(where)} }\n`;
const cap = (facts: string) => `policies:\n  caps:\n    daily: { ${facts} }\n`;
const goal = '    goal: { event: order_paid, within: 7 days }\n';
const ten = wait('{ until: "10:00" }');
const yearly = 'date: birthday, at: "10:00", every: year, leap_day: march 1';
const awaited = (event: string, inside = 'viewed') =>
  `      - wait: { event: ${event}, within: 3 days }\n        then:\n          - wait: { event: ${inside}, within: 1 day }\n`;
const night = (otherwise: string) =>
  `policies:\n  quiet_hours: { from: "21:00", to: "09:00", otherwise: ${otherwise} }\n`;
const points = (value: string) => `      - set: { points: ${value} }\n`;
const read = 'data:\n  events:\n    registered: { from: registered.csv }\n    viewed: {}\n';
const arms = (control: string) =>
  `      - split:\n          arms:\n            control: { share: 10%${control} }\n            mail: { share: 90%, steps: [{ send: { email: hello } }] }\n`;
const cascade = (stages: string, more = '') => `      - cascade:\n${more}          stages: [${stages}]\n`;

/** The rules about the files of resources; those about templates and comments have tests of their own. */
const cases: Partial<Record<LintRule, { fires: string[]; silent: string[] }>> = {
  'unreachable-step': {
    fires: [
      campaign(choice('points > 5 and points < 5')),
      campaign(choice('count(viewed) >= 0', mail, sms)),
      campaign(choice('city == "Omsk" or not city == "Omsk"', mail, sms)),
      campaign(choice('false')),
      campaign(mail, '    audience: points > 5 and points < 5\n'),
      campaign(mail, '', 'event: order_paid, when: event.total < 5 and event.total > 6'),
    ],
    silent: [
      campaign(choice('points > 5 and points < 10')),
      campaign(mail, '    audience: points > 5 and city != "Omsk"\n'),
      // Nobody is kept from anything.
      campaign(mail, '    audience: count(viewed) >= 0\n'),
      campaign(choice('count(viewed) >= 0')),
      campaign(choice('points > 7 or not points > 5', mail, sms)),
    ],
  },
  'contradictory-segment': {
    fires: [
      'last(order_paid) < 90 days ago and last(order_paid) >= 45 days ago',
      'city == "Omsk" and city == "Tomsk"',
      'city in ("Omsk", "Tomsk") and city == "Perm"',
      'points > 4 and points < 5',
      'points between 5 and 3',
      'points == 2.5',
      'count(order_paid) < 0',
      'count(order_paid) >= 0',
      'points is missing and points > 5',
      'points is missing or points is not missing',
      'reachable(sms) and not reachable(sms)',
      'points > 5 and (city == "Omsk" and points < 3 or points < 4)',
      'month(birthday) > 12',
      'month(birthday) == 0',
      'birthday > 2000-01-01 and birthday <= 2000-01-01',
      'birthday > today and birthday < today - 1 days',
      'in segment sleeping and last(order_paid) >= 10 days ago',
      'rfm.recency > 5',
      '5 < points and 5 > points',
      'not (points > 5 or city == "Omsk") and city == "Omsk"',
      'sum(order_paid.total) > 10 and not sum(order_paid.total) > 5',
    ].map(
      (where) => `${segment(where)}  sleeping: { where: count(order_paid) > 0 and last(order_paid) < 90 days ago }\n`,
    ),
    silent: [
      'last(order_paid) < 45 days ago and last(order_paid) >= 90 days ago',
      'city == "Omsk" or city == "Tomsk"',
      'city != "Omsk" and city != "Tomsk"',
      'not points > 5 and not points <= 5',
      'points >= 5 and points <= 5',
      'points > 4 and points < 6',
      'points != 5 or points != 6',
      'registered then order_paid within 1 day and not viewed then order_paid within 1 day',
      'count(order_paid) > 0 and count(order_paid in last 5 days) == 0',
      'last(order_paid) > 2026-03-01T00:00:00Z and last(order_paid) < 10 days ago',
      'birthday > today and birthday < 2000-01-01',
      'points < 5 or points > 3',
      'city contains "a" and not city contains "b"',
      'sum(order_paid.total) / 2 > 10 and sum(order_paid.total) < 5',
    ].map(segment),
  },
  'ended-before-branch': {
    fires: [
      campaign(awaited('order_paid'), goal),
      campaign(awaited('order_paid'), '    exit: [{ event: viewed }, { event: order_paid }]\n'),
      campaign(
        awaited('order_paid, when: event.total > 5'),
        '    exit: { event: order_paid, when: event.total > 3 }\n',
      ),
      campaign(wait('6 days') + awaited('order_paid'), goal),
      campaign(choice('points > 5', wait('9 days')) + awaited('order_paid'), goal),
      campaign(mail, '    exit: { event: registered }\n', 'event: registered, restart: true'),
      campaign(mail, goal, 'event: order_paid, when: event.total > 5, restart: true'),
    ],
    silent: [
      campaign(awaited('viewed'), goal),
      campaign(awaited('order_paid'), '    exit: { event: order_paid, when: event.total > 3 }\n'),
      campaign(awaited('order_paid'), '    exit: { event: order_paid, when: city == "Omsk" }\n'),
      // Customers reach it when the goal counts no more.
      campaign(wait('7 days') + awaited('order_paid'), goal),
      campaign(awaited('viewed', 'order_paid'), goal),
      `campaigns:\n  hello:\n    on: { event: registered }\n${goal}    steps:\n      - wait: { event: order_paid, within: 2 days }\n        else:\n    ${mail}`,
      campaign(mail, '    exit: { event: registered }\n'),
      campaign(
        mail,
        '    exit: { event: order_paid, when: event.total == 0 }\n',
        'event: order_paid, when: event.total > 5, restart: true',
      ),
    ],
  },
  'yearly-once': {
    fires: [campaign(mail, '    reenter: never\n', yearly), campaign(mail, '    reenter: after 365 days\n', yearly)],
    silent: [
      campaign(mail, '', yearly),
      campaign(mail, '    reenter: after 300 days\n', yearly),
      campaign(mail, '    reenter: always\n', yearly),
      campaign(mail, '    reenter: never\n', 'date: birthday, at: "10:00"'),
    ],
  },
  'members-left-out': {
    fires: [campaign(mail, '    rollout: [10% for 2 days, 100%]\n', 'enters: sleeping, existing: true')],
    silent: [
      campaign(mail, '', 'enters: sleeping, existing: true'),
      campaign(mail, '    rollout: [10%]\n', 'enters: sleeping, existing: true'),
      campaign(mail, '    rollout: [10% for 2 days, 100%]\n', 'enters: sleeping'),
      campaign(mail, '    rollout: { change: [10% for 2 days, 100%] }\n', 'enters: sleeping, existing: true'),
    ],
  },
  'second-wait': {
    fires: [
      campaign(ten + mail + ten + sms),
      campaign(wait('{ until: monday at 10:00 }') + ten),
      campaign(ten + wait('{ until: monday at 10:00 }') + ten),
      campaign(ten + choice('points > 5') + ten),
      campaign(ten, '', yearly),
      campaign(ten, '', 'schedule: every day at 10:00, zone: customer'),
    ],
    silent: [
      campaign(ten + wait('1 day') + ten),
      campaign(ten + wait('{ until: "11:00" }') + ten),
      campaign(ten + wait('{ until: monday at 10:00 }')),
      campaign(ten + wait('{ event: viewed, within: 1 day }') + ten),
      campaign(ten + cascade('{ push: hello, until: opened, within: 2 hours }, { sms: hello }') + ten),
      campaign(ten + choice('points > 5', wait('1 day')) + ten),
      // The shop's ten is not everybody's.
      campaign(ten, '', 'schedule: every day at 10:00'),
    ],
  },
  'never-comes': {
    fires: [
      campaign(mail, '    exit: { event: order_paid, when: event.total < 5 and event.total > 6 }\n'),
      campaign(
        mail,
        '    exit: [{ event: viewed }, { event: order_paid, when: event.total < 5 and event.total > 6 }]\n',
      ),
      campaign(mail, '    goal: { event: order_paid, within: 1 day, when: event.total < 5 and event.total > 6 }\n'),
      campaign(wait('{ event: viewed, when: event.page == "a" and event.page == "b", within: 1 day }')),
      `${read}${campaign(wait('{ event: viewed, within: 1 day }'))}`,
      `${read}${campaign('      - exit: done\n', '    exit: { event: viewed }\n')}`,
      `${read}${campaign('      - exit: done\n', '', 'event: viewed')}`,
    ],
    silent: [
      campaign(mail, '    exit: { event: order_paid, when: event.total > 5 }\n'),
      campaign(wait('{ event: viewed, within: 1 day }')),
      `${read}${campaign('      - exit: done\n', '    exit: { event: registered }\n')}`,
      // An event that never occurs is reported once, not for each of its uses.
      `${read}${campaign('      - exit: done\n', '', 'absence: viewed, for: 2 days, after: registered')}`,
    ],
  },
  'never-sent': {
    fires: [
      `${night('cancel')}${campaign(wait('{ until: "22:00" }') + sms)}`,
      `${night('cancel')}${campaign(sms, '', yearly.replace('10:00', '08:30'))}`,
      `${night('hold')}${campaign(wait('{ until: "22:00" }') + sms, '    expires: 11 hours\n')}`,
      `${cap('max: 1, per: calendar day')}${campaign(mail + mail)}`,
      `${cap('max: 1, per: 7 days, channel: email')}${campaign(mail + wait('2 days') + mail)}`,
      `${cap('max: 2, per: 7 days')}${campaign(mail + mail + ten + mail)}`,
    ],
    silent: [
      `${night('cancel')}${campaign(wait('{ until: "20:00" }') + sms)}`,
      `${night('cancel')}${campaign(wait('{ until: "22:00" }') + sms, '    category: transactional\n')}`,
      `${night('hold')}${campaign(wait('{ until: "22:00" }') + sms, '    expires: 12 hours\n')}`,
      `${night('cancel')}${campaign(wait('{ until: "22:00" }') + wait('1 hour') + sms)}`,
      // Customers without consent to the one may get the other.
      `${cap('max: 1, per: calendar day')}${campaign(mail + sms)}`,
      `${cap('max: 1, per: 7 days')}${campaign(mail + wait('7 days') + mail)}`,
      `${cap('max: 1, per: 7 days')}${campaign(mail + wait('6 days') + ten + mail)}`,
      `${cap('max: 1, per: calendar day')}${campaign(mail + wait('2 hours') + mail)}`,
      `${cap('max: 1, per: 7 days')}${campaign(mail + mail, '    category: transactional\n')}`,
      `${cap('max: 1, per: 7 days')}${campaign(choice('points > 5') + mail)}`,
      `${cap('max: 1, per: 7 days, channel: sms')}${campaign(mail + mail)}`,
    ],
  },
  'missing-in-set': {
    fires: [
      campaign(points('points + 100')),
      campaign(choice('city == "Omsk"', points('0')) + points('points + 100')),
      campaign(choice('points is not missing', points('0')) + points('points + 100')),
    ],
    silent: [
      campaign(points('100')),
      campaign(points('points + 100'), '    audience: points > 5\n'),
      campaign(choice('points is missing', points('0')) + points('points + 100')),
      campaign(choice('points is missing', points('0'), points('points + 100'))),
      campaign(points('0') + points('points + 100')),
      campaign(choice('points is missing', '      - exit: none\n') + points('points + 100')),
    ],
  },
  'twice-a-day': {
    fires: [
      campaign(mail + sms),
      campaign(mail + wait('23 hours') + sms),
      campaign(mail + wait('{ until: "10:00" }') + sms),
      campaign(choice('points > 5') + sms),
      campaign(`${mail}      - wait: { event: viewed, within: 2 days }\n        then:\n    ${sms}`),
      campaign(arms('').replace('{ email: hello } }', '{ email: hello } }, { send: { sms: hello } }')),
      campaign(cascade('{ push: hello, until: opened, within: 2 days }, { sms: hello }') + mail),
      `${cap('max: 2, per: calendar day')}${campaign(mail + sms)}`,
      `${cap('max: 1, per: calendar day, channel: email')}${campaign(mail + sms)}`,
    ],
    silent: [
      campaign(mail + wait('1 day') + sms),
      campaign(mail + wait('12 hours') + wait('12 hours') + sms),
      campaign(choice('points > 5', mail, sms)),
      campaign(`${mail}      - wait: { event: viewed, within: 2 days }\n        else:\n    ${sms}`),
      campaign(cascade('{ push: hello, until: opened, within: 2 hours }, { sms: hello }')),
      campaign(choice('points > 5', `${mail}          - exit: done\n`) + sms),
      `${cap('max: 1, per: calendar day')}${campaign(mail + sms)}`,
      campaign(mail + sms, '    category: transactional\n'),
    ],
  },
  'no-control-arm': {
    fires: [
      campaign(mail),
      campaign(arms(', control: false')),
      `holdouts: { global: { share: 5%, campaigns: [other] } }\n${campaign(mail)}  other:\n    on: { event: viewed }\n    steps: [{ send: { email: hello } }]\n`,
    ],
    silent: [
      campaign(arms('')),
      campaign(mail, '    category: transactional\n'),
      `holdouts: { global: { share: 5% } }\n${campaign(mail)}`,
      `holdouts: { global: { share: 5%, campaigns: [hello] } }\n${campaign(mail)}`,
      campaign('      - exit: done\n'),
    ],
  },
  'no-exit-on-purchase': {
    fires: [
      campaign(wait('1 day') + mail),
      campaign(cascade('{ push: hello, until: opened, within: 2 hours }, { sms: hello }')),
      campaign(choice('points > 5', wait('1 day')) + mail),
    ],
    silent: [
      campaign(mail),
      campaign(wait('1 day') + mail, goal),
      campaign(wait('1 day') + mail, '    exit: { event: order_paid }\n'),
      campaign(mail + wait('1 day')),
    ],
  },
  'marketing-without-quiet-hours': {
    fires: [campaign(sms), campaign(cascade('{ push: hello, until: opened, within: 2 hours }, { email: hello }'))],
    silent: [
      campaign(mail),
      campaign(sms, '    category: transactional\n'),
      `policies: { quiet_hours: { from: "21:00", to: "09:00" } }\n${campaign(sms)}`,
    ],
  },
  'dearer-first': {
    fires: [campaign(cascade('{ sms: hello, until: clicked, within: 1 day }, { email: hello }'))],
    silent: [
      campaign(cascade('{ push: hello, until: clicked, within: 1 day }, { email: hello }')),
      campaign(
        cascade(
          '{ sms: hello, until: clicked, within: 1 day }, { email: hello, until: clicked, within: 1 day }',
          '          order: cheapest\n',
        ),
      ),
    ],
  },
  'unused-segment': {
    fires: [segment('points > 5'), `${segment('points > 5')}${campaign(mail)}`],
    silent: [
      `${segment('points > 5')}${campaign(mail, '', 'enters: some')}`,
      `${segment('points > 5')}${campaign(mail, '', 'leaves: some')}`,
      `${segment('points > 5')}${campaign(choice('in segment some'))}`,
      `${segment('points > 5')}${campaign(mail, '    goal: { event: order_paid, within: 1 day, when: in segment some }\n')}`,
      `segments: { some: { static: true } }\n${campaign('      - add_to: some\n')}`,
    ],
  },
  'unused-channel': {
    fires: [`channels: { email: { transport: console }, sms: { transport: console } }\n${campaign(mail)}`],
    silent: [
      `channels: { email: { transport: console }, sms: { transport: console } }\n${campaign(mail + sms)}`,
      `channels: { email: { transport: console }, sms: { transport: console } }\n${campaign(choice('reachable(sms)'))}`,
      `channels: { email: { transport: console }, stock: { kind: webhook, transport: console } }\n${campaign(`${mail}      - webhook: { stock: [city] }\n`)}`,
    ],
  },
  'unused-variable': {
    fires: [`variables: { pause: 2 days, paus: 1 day }\n${campaign(wait('$pause') + mail)}`],
    silent: [
      `variables: { pause: 2 days }\n${campaign(wait('$pause') + mail)}`,
      `variables: { least: 5 }\n${campaign(choice('points > $least'))}`,
    ],
  },
  'campaign-without-test': {
    fires: [campaign(mail)],
    silent: [
      `${campaign(mail)}tests:\n  one:\n    campaign: hello\n    start: 2026-03-02T10:00:00+03:00\n    customers: [{ id: c1 }]\n    expect: { messages: [] }\n`,
    ],
  },
};

/** The same project with its example on the other surface. */
function inDsl(files: SourceFile[]): SourceFile[] {
  return files.map((file) => {
    if (!file.path.startsWith('campaigns/')) return file;
    const converted = convertFile(file);
    if (!converted.file) throw new Error(JSON.stringify(converted));
    return converted.file;
  });
}

function findings(files: SourceFile[], rule: LintRule): Diagnostic[] {
  const loaded = loadProject(files);
  const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ message, range }) => `${message} (${range?.file}:${range?.start.line})`)).toEqual([]);
  return lint(files, loaded).filter((found) => found.rule === rule);
}

const example = 'campaigns/example.crm';

describe.each(Object.entries(cases))('%s', (name, { fires, silent }) => {
  const rule = name as LintRule;
  const about = rule === 'marketing-without-quiet-hours' ? 'crm.yaml' : example;
  const ours = (found: Diagnostic[]) => found.filter(({ range }) => range?.file.startsWith(about));

  it.each(fires)('fires: %s', (text) => {
    const files = worldOf('yaml', text);
    const [yaml, dsl] = [ours(findings(files, rule)), ours(findings(inDsl(files), rule))];
    expect(yaml.length).toBeGreaterThan(0);
    expect(dsl.map(({ message }) => message)).toEqual(yaml.map(({ message }) => message));
  });

  it.each(silent)('does not fire: %s', (text) => {
    const files = worldOf('yaml', text);
    expect([...ours(findings(files, rule)), ...ours(findings(inDsl(files), rule))]).toEqual([]);
  });
});

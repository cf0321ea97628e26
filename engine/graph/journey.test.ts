import { describe, expect, it } from 'vitest';
import type { Campaign, Trigger } from '../../spec/model/campaign.ts';
import type { Channel } from '../../spec/model/model.ts';
import { everything } from './everything.fixture.ts';
import { journeyGraph } from './journey.ts';

const channels: Channel[] = [
  { name: 'sms', kind: 'sms', address: 'phone', transport: { kind: 'console' }, price: 3 },
  { name: 'push', kind: 'push', address: 'token', transport: { kind: 'console' }, price: 0 },
];

const graph = journeyGraph(everything, channels);
const titles = new Map(graph.nodes.map(({ id, title, step }) => [id, step ?? title]));
const ways = graph.edges.map(
  ({ from, to, label }) => `${titles.get(from)} ${label ? `-${label}-> ` : '-> '}${titles.get(to)}`,
);

describe('the graph of a journey', () => {
  it('leads through every step in order', () => {
    expect(ways).toEqual(
      expect.arrayContaining([
        'wait-1 -> wait-2',
        'wait-2 -> set-3',
        'set-3 -> add-4',
        'add-4 -> offer',
        'remove-11 -> last',
        'last -> completed',
      ]),
    );
  });

  it('shows the arms of a split with their shares, and where the control group stays', () => {
    expect(ways).toContain('offer -control 10%-> leaves: control');
    expect(ways).toContain('offer -nothing 12.5%-> review');
    expect(ways.filter((way) => way.startsWith('leaves: control'))).toEqual([]);
  });

  it('shows a cascade in the order in which it runs; the last stage waits for nothing', () => {
    expect(ways).toEqual(
      expect.arrayContaining([
        'offer -cheap 37.5%-> cheap-2',
        'cheap-2 -opened-> review',
        'cheap-2 -not opened-> cheap-1',
        'cheap-1 -> review',
      ]),
    );
    const details = Object.fromEntries(graph.nodes.map((node) => [node.step, node.details]));
    expect(details['cheap-2']).toEqual(['cart/push', 'until opened within 1 day', 'cheapest first']);
    expect(details['cheap-1']).toEqual(['cart/short']);
  });

  it('returns to the choice of the preferred channel until none is left', () => {
    expect(ways).toEqual(
      expect.arrayContaining([
        'cascade-2 -> liked-1',
        'liked-1 -not clicked-> cascade-2',
        'liked-1 -clicked-> review',
        'cascade-2 -none is left-> review',
      ]),
    );
  });

  it('shows both branches of a condition and of an awaited event, also empty ones', () => {
    expect(ways).toEqual(
      expect.arrayContaining([
        'review -it came-> tell',
        'review -not within 3 days-> call',
        'if-7 -yes-> if-8',
        'if-7 -no-> if-8',
        'if-8 -yes-> send-9',
        'send-9 -> exit-10',
      ]),
    );
    expect(ways.filter((way) => way.startsWith('exit-10'))).toEqual([]);
  });

  it('shows goal and exits as what may happen at any time', () => {
    const anytime = graph.edges.filter((edge) => edge.anytime).map(({ to }) => graph.nodes.find(({ id }) => id === to));
    expect(anytime).toMatchObject([
      { kind: 'goal', title: 'leaves: goal order_paid', details: ['within 7 days', 'worth event.total'] },
      { kind: 'end', details: ['on order_paid', 'on cart_updated', 'when city == "`x`"'] },
    ]);
  });

  it('has no way into nowhere', () => {
    for (const { from, to } of graph.edges) expect([titles.has(from), titles.has(to)]).toEqual([true, true]);
    expect(new Set(graph.nodes.map(({ id }) => id)).size).toBe(graph.nodes.length);
  });

  it('completes at once where there is nothing to do', () => {
    const { nodes, edges } = journeyGraph({ ...bare, steps: [] }, channels);
    expect(nodes.map(({ title }) => title)).toEqual(['bare', 'completed']);
    expect(edges).toEqual([{ from: 'n0', to: 'n1' }]);
  });
});

const bare: Campaign = {
  name: 'bare',
  category: 'marketing',
  priority: 0,
  on: { kind: 'manual' },
  exit: [],
  reenter: { kind: 'never' },
  resumeWithin: 0,
  expires: 1,
  steps: [],
};

describe('a trigger', () => {
  const day = 86_400_000;
  it.each<[Trigger, string[]]>([
    [{ kind: 'event', event: 'registered' }, ['on registered']],
    [{ kind: 'segment', segment: 'vips', existing: true }, ['on entering vips', 'members of today too']],
    [{ kind: 'leaving', segment: 'vips' }, ['on leaving vips']],
    [{ kind: 'date', attribute: 'birthday', days: 0, minuteOfDay: 9 * 60 }, ['on birthday at 09:00']],
    [{ kind: 'date', attribute: 'renewal', days: 1, minuteOfDay: 0 }, ['1 day after renewal at 00:00']],
    [{ kind: 'absence', absent: { event: 'order_paid' }, ms: 45 * day }, ['45 days without order_paid']],
    [
      { kind: 'absence', absent: { event: 'order_paid' }, after: { event: 'cart_updated' }, ms: day },
      ['1 day without order_paid', 'after cart_updated'],
    ],
    [{ kind: 'schedule', cron: '0 10 * * 1', zone: 'customer' }, ['every monday at 10:00', 'customer’s time']],
    [{ kind: 'manual' }, ['on crm launch']],
  ])('%j', (on, lines) => {
    expect(journeyGraph({ ...bare, on }, []).nodes[0]?.details).toEqual(lines);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../engine/report/explain.ts';
import { showcases } from '../../engine/report/showcase.ts';
import { status } from '../../engine/report/status.ts';
import type { EnrolmentStory, Happening } from '../../engine/report/story.ts';
import { summarise } from '../../engine/report/summarise.ts';
import { end, runWeek, shop, start } from '../../engine/report/week.fixture.ts';
import type { DuckDb } from '../../engine/store/duckdb.ts';
import { openSmallStore } from '../../engine/store/open-small.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { untranslated } from '../../test/untranslated.ts';
import { catalogue } from '../russian/index.ts';
import { renderStory, storyJson } from './explain.ts';
import { clockFormat, moneyFormat } from './format.ts';
import { renderSimulation, summaryJson } from './simulation.ts';
import { renderStatus, statusJson } from './status.ts';
import { renderEnrolment } from './timeline.ts';

const view = { color: false, width: 100 };
const golden = (name: string) => `golden/${name}`;
let db: DuckDb;

beforeAll(async () => {
  db = await openSmallStore();
  await runWeek(db);
});
afterAll(() => db.close());

describe('a simulation', () => {
  it('is shown with tables and timelines', async () => {
    const summary = await summarise(db, { from: start, to: end });
    const examples = await showcases(db, { from: start, to: end });
    await expect(renderSimulation(summary, examples, view)).toMatchFileSnapshot(golden('simulation.txt'));
    await expect(renderSimulation(summary, examples, { ...view, width: 60 })).toMatchFileSnapshot(
      golden('simulation-narrow.txt'),
    );
    expect(renderSimulation(summary, [], { ...view, color: true })).toContain('\u001b[1m');
  });

  it('in which nothing happened is short', async () => {
    const empty = await summarise(db, { from: start - 1, to: start });
    await expect(renderSimulation(empty, [], view)).toMatchFileSnapshot(golden('simulation-empty.txt'));
  });

  it('ends its line stream with a summary', async () => {
    const line = summaryJson(await summarise(db, { from: start, to: end }));
    expect(Object.keys(line).slice(0, 4)).toEqual(['type', 'format', 'from', 'to']);
    expect(line).toMatchObject({ type: 'summary', format: 1, from: '2026-03-02T10:00:00.000Z' });
  });
});

describe('the story of a customer', () => {
  it.each(['c01', 'c02', 'c05', 'c06', 'c08'])('%s', async (id) => {
    const story = await explain(db, id);
    expect(story).toBeDefined();
    if (!story) return;
    await expect(renderStory(story, shop.project, { view, now: end })).toMatchFileSnapshot(golden(`story-${id}.txt`));
    expect(JSON.stringify(storyJson(story)), 'an instant that is not ISO 8601').not.toMatch(/\d{13}[,}]/);
  });

  it('has words for every fate of a message', async () => {
    const message = (status: string, reason: string | null, more: Partial<Happening> = {}): Happening =>
      ({
        at: start,
        kind: 'message',
        step: 'send-1',
        channel: 'sms',
        template: 'cart',
        status,
        reason,
        detail: null,
        finishedAt: start,
        heldSince: null,
        price: 1,
        exitEvents: ['order_paid', 'order_cancelled'],
        ...more,
      }) as Happening;
    const enrolment: EnrolmentStory = {
      campaign: 'cart',
      version: 'abc',
      entered: { at: start, cause: start, by: 'schedule', occurrence: '2026-03-02T10:00' },
      arms: [
        { name: 'a', control: false },
        { name: 'b', control: true },
      ],
      timeline: [
        message('decided', null),
        message('decided', 'temporary', { detail: '452 4.2.2' }),
        message('decided', 'account', {
          detail: '554 5.7.1',
          paused: { kind: 'all', name: '', since: start + 60_000 },
        }),
        message('sent', null, { finishedAt: start + 137_000 }),
        message('suppressed', 'no-consent', { finishedAt: start + 3_600_000 }),
        message('sent', null, { heldSince: start - 12 * 3_600_000 }),
        message('failed', 'bounced', { detail: '550 5.1.1' }),
        message('failed', 'render-error'),
        message('unknown', 'lease-expired'),
        message('unknown', 'no-answer', { detail: 'EABORT', finishedAt: start + 137_000 }),
        ...['suppressed', 'no-consent', 'no-address', 'quiet-hours', 'cap:daily', 'exit-event', 'goal', 'removed'].map(
          (reason) => message('suppressed', reason),
        ),
        message('suppressed', 'superseded'),
        message('expired', 'late'),
        message('expired', 'quiet-hours', { heldSince: start - 86_400_000 }),
        ...['opened', 'unsubscribed', 'bounced'].map(
          (reaction): Happening => ({ at: start, kind: 'reaction', reaction, step: 'send-1', channel: 'sms' }),
        ),
        { at: start, kind: 'exit', reason: 'moved away', exitEvents: [] },
      ],
      now: { step: 'send-1', kind: 'send', until: end, held: true },
    };
    const told = (width: number) =>
      `${renderEnrolment(enrolment, { color: false, width, clock: clockFormat('Europe/Moscow'), money: moneyFormat(shop.project) }).join('\n')}\n`;
    await expect(told(100)).toMatchFileSnapshot(golden('fates.txt'));
    useLanguage('ru', catalogue);
    const russian = told(80);
    useLanguage('en');
    await expect(russian).toMatchFileSnapshot(golden('fates-ru.txt'));
    expect(untranslated(russian)).toEqual([]);
  });

  it('shows when a message left, to the second if ticks are by seconds', async () => {
    const story = await explain(db, 'c01');
    const [first] = story?.enrolments ?? [];
    const sent = first?.timeline.find((one) => one.kind === 'message' && one.status === 'sent');
    if (!story || !first || sent?.kind !== 'message') return expect.unreachable();
    const timeline = [{ ...sent, finishedAt: sent.at + 17_000 }];
    const text = (tick: number) =>
      renderStory({ ...story, tick, enrolments: [{ ...first, timeline }] }, shop.project, { view, now: end });
    expect(text(10_000)).toContain('2026-03-02 12:00:00  email cart: decided; 2026-03-02 12:00:17 sent (nudge.email)');
    expect(text(60_000)).toContain('2026-03-02 12:00  email cart: sent (nudge.email)');
  });

  it('lets no data steer the terminal', async () => {
    const story = await explain(db, 'c01');
    const evil = { ...story, customer: 'c\u001b[2J\u202e01', ids: [], zone: { name: 'UTC', own: true } };
    expect(story && renderStory({ ...story, ...evil }, shop.project, { view, now: end })).toContain(
      'Customer c·[2J·01',
    );
  });
});

it('status is shown', async () => {
  const read = await status(db, shop, end, 10);
  expect(read).toBeDefined();
  if (!read) return;
  const busy = {
    ...read,
    outbox: { ...read.outbox, unknown: 2, decided: 1, failed: 12 },
    reasons: {
      ...read.reasons,
      unknown: { 'no-answer': 1, 'lease-expired': 1 },
      failed: { bounced: 5, rejected: 3, connection: 1, 'render-error': 1, 'bad-message': 1, 'carrier-error': 1 },
    },
    removed: [{ campaign: 'old', customers: 3, messages: 1, until: end }],
    oldestWaiting: end - 60_000,
    deployment: { ...read.deployment, current: false },
    sources: [{ path: 'orders.csv', rows: 12_480, lost: 3, incomplete: 12, spoilt: 12, passed: 40, loadedAt: end }],
    quarantine: [{ path: 'orders.csv', problems: 3, last: end }],
    stopped: [{ channel: 'email', since: start, until: end, reason: 'account', detail: '554 5.7.1' }],
  };
  await expect(renderStatus(busy, 'Europe/Moscow', view)).toMatchFileSnapshot(golden('status.txt'));
  useLanguage('ru', catalogue);
  const russian = renderStatus({ ...busy, unnamed: 1, erased: 2 }, 'Europe/Moscow', { ...view, width: 80 });
  useLanguage('en');
  await expect(russian).toMatchFileSnapshot(golden('status-ru.txt'));
  expect(untranslated(russian)).toEqual([]);
  expect(statusJson(read)).toMatchObject({ format: 1, type: 'status', now: '2026-03-09T10:00:00.000Z' });
  expect(renderStatus({ ...read, lastTick: null, campaigns: [] }, 'UTC', view)).toContain('Has not run yet');
});

it('a long run is shown by month, a longer one than fits by row', async () => {
  const summary = await summarise(db, { from: start, to: end });
  const [row] = summary.rows;
  const days = (n: number) =>
    Array.from({ length: n }, (_, i) => new Date(start + i * 86_400_000).toISOString().slice(0, 10));
  const text = (n: number) =>
    renderSimulation({ ...summary, rows: days(n).flatMap((day) => (row ? [{ ...row, day, sent: 5 }] : [])) }, [], view);
  expect(text(9)).toContain('cart      email        5      5');
  expect(text(30)).toMatch(/day +email +all\n +2026-03-02 +5 +5\n/);
  expect(text(60)).toMatch(/campaign +channel +2026-03 +2026-04\n +cart +email +150 +150\n/);
});

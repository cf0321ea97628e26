import { expect, it } from 'vitest';
import { enrolmentFigures, figures } from '../../engine/metrics/figures.ts';
import { noMessages } from '../../engine/metrics/messages.ts';
import { feedbackBits } from '../../engine/store/feedback.ts';
import { partLines } from './grid.ts';
import { allFigures, entryTable, messageTable } from './results-tables.ts';

const project = { currency: 'EUR' };
const none = { entered: 9, aimed: 9, converted: 3, revenue: 0, spent: 0.002, squares: 0 };

it.each([
  [619.5, '>+9,999%'],
  [0.19, '+9,400%'],
  [0, '−100%'],
])('shows what comes back of 0.002 with a revenue of %d in few digits', (revenue, roi) => {
  const found = enrolmentFigures({ ...none, revenue, squares: revenue ** 2 });
  expect(
    partLines(entryTable(['campaign'], [{ names: ['welcome'], figures: found }], project), 100).join('\n'),
  ).toMatch(new RegExp(` ${roi.replace('+', '\\+')}$`));
});

it('says once that an ROI is too great for digits', () => {
  const enrolments = enrolmentFigures({ ...none, revenue: 900, squares: 90_000 });
  const all = { enrolments, messages: figures([], [], new Map()).messages };
  expect(partLines(allFigures(all, project).entries, 100).at(-1)).toMatch(/^ROI +>\+9,999% +>\+9,999%$/);
});

it('shows no share of messages of which nothing has ever told by the channel', () => {
  const row = (channel: string, opened: number) => ({
    ...noMessages(),
    ...{ campaign: 'cart', version: 'v', step: 's', arm: null, channel, day: '2026-03-02' },
    ...{ decided: 20, sent: 20, delivered: opened, opened },
  });
  const heard = new Map([['email', feedbackBits.opened]]);
  const of = (rows: Parameters<typeof figures>[1]) => figures([], rows, heard);
  const lines = ['email', 'push', 'sms'].map((channel) => ({
    names: [channel],
    figures: of([row(channel, channel === 'email' ? 5 : 0)]).messages,
  }));
  expect(partLines(messageTable(['channel'], lines, project), 100).join('\n')).toMatchInlineSnapshot(`
    "channel  decided  refused  sent  delivered     opened   cost
    email         20        0    20  5 (25.0%)  5 (25.0%)  €0.00
    push          20        0    20          –          –  €0.00
    sms           20        0    20          –          –  €0.00"
  `);
  const all = of([row('email', 0), row('sms', 0)]);
  expect(partLines(allFigures(all, project).messages, 100).join('\n')).toMatchInlineSnapshot(`
    "           number  share  with 95% confidence
    decided        40
    refused         0   0.0%         0.0% to 8.8%
    sent           40
    delivered       0   0.0%         0.0% to 8.8%
    opened          0   0.0%         0.0% to 8.8%
    clicked         –
    cost        €0.00"
  `);
  expect(of([row('sms', 0)]).messages.rates).toMatchObject({ delivered: null, opened: null, unsubscribed: null });
});

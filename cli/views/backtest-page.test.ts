import { describe, expect, it } from 'vitest';
import type { Plan } from '../../engine/plan/plan.ts';
import { day } from '../../test/world.ts';
import { backtestMarkdown, backtestPage } from './backtest-page.ts';
import { at, changesEverywhere, ofSample, planned } from './plan.fixture.ts';

const { model } = planned();
const [from, to] = [at - 40 * day, at - 10 * day];

/** A backtest of 30 past days with these figures, compared with another commit. */
function past(made: Plan = changesEverywhere()): Plan {
  const { forecast, ...effects } = made.effects;
  const replayed = { ...forecast, basis: 'sources' as const, from, day: from + day, to };
  return {
    ...made,
    ...{ base: null, against: { kind: 'commit', name: 'main', commit: 'a'.repeat(40) } },
    effects: { ...effects, forecast: replayed, inFlight: [], returning: [] },
  };
}

describe('a backtest', () => {
  it('in Markdown says the effect, what it takes for granted, and how to see it again', () => {
    const text = backtestMarkdown(past(), model, undefined);
    const [sentence, title, lines] = text.split('\n\n');
    expect(sentence).toBe('**In 30 days of the data: email 105 → 84 and sms 14; cost ₽59.50 → ₽57.40 (−4%).**');
    expect(title).toBe('Backtest of test (against main, commit aaaaaaaa).');
    expect(lines).toMatch(
      /^- From 2026-01-21 13:00 to 2026-02-20 13:00 .* replayed\.\n- Events, consent and withdrawals/,
    );
    expect(lines).toContain('- The data has no event');
    expect(text).toContain('| messages in 30 days | cost in 30 days | enter within 30 days |');
    expect(text).toContain(
      'To see it again: `crm backtest --from 2026-01-21T13:00 --to 2026-02-20T13:00 --base main`.',
    );
    expect(text).not.toMatch(/7 days|crm apply|Blocked/);
  });

  it('in Markdown keeps head and tail whole in any budget', () => {
    const text = backtestMarkdown(past(), model, to, 0);
    expect(text).toContain('Nobody is inside a journey at the beginning');
    expect(text.trimEnd()).toMatch(/forecasts the coming days\.$/);
    expect(text).not.toContain('<details>');
  });

  it('is a page with charts of its days, whose labels have room', () => {
    const made = past();
    const { details } = made.effects.forecast;
    const many = Array.from({ length: 30 }, (_, i) => i);
    const days = [{ campaign: 'cart', channel: 'email', before: many, after: many }];
    const text = backtestPage(
      { ...made, effects: { ...made.effects, forecast: { ...made.effects.forecast, details: { ...details, days } } } },
      model,
      to,
    );
    const [chart = ''] = text.match(/<svg class="chart".*?<\/svg>/s) ?? [];
    expect(chart.match(/<rect class="becomes"/g)).toHaveLength(30);
    expect(chart.match(/text-anchor="middle"/g)).toHaveLength(7);
    expect(text).toContain('cost in 30 days');
    expect(text).not.toMatch(/7 days|The data has no event|class="notice/);
  });

  it('of a program alone shows no changes, and of a sample its intervals', () => {
    const { against: _, ...alone } = past(ofSample(changesEverywhere()));
    const text = backtestMarkdown(alone, model, to);
    expect(text).toContain('Backtest of test.');
    expect(text).not.toContain('### Changes');
    expect(text).toContain('Only a sample was simulated');
  });
});

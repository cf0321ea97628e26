import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cart, shop } from '../../engine/plan/world.fixture.ts';
import { code, fence, line } from './markdown.ts';
import { changesEverywhere, delta, deployed, forecast, none, ofSample, plan, planned } from './plan.fixture.ts';
import { renderMarkdown } from './plan-markdown.ts';

const golden = (name: string) => `golden/${name}`;

/** A plan that changes so many of 520 campaigns. */
function changing(n: number) {
  const names = Array.from({ length: 520 }, (_, i) => `offer-${String(i).padStart(3, '0')}`);
  const before = deployed({ campaigns: names.map((name) => cart({ name })) });
  const after = names.map((name, i) => cart({ name, ...(i < n && { priority: 7 }) }));
  const sends = names.map((campaign, i) => ({
    campaign,
    channel: i % 2 ? 'sms' : 'email',
    day: delta(10, i < n ? 12 + i : 10),
    dayCost: delta(1, i < n ? 1 + i / 4 : 1),
    week: delta(70, i < n ? 84 + i : 70),
    weekCost: delta(7, i < n ? 8 + i / 2 : 7),
  }));
  return plan({ campaigns: after }, before, {
    ...none,
    forecast: { ...forecast, sends, entries: [], audiences: [], losses: [] },
  });
}

describe('a plan in Markdown', () => {
  it.each([1, 20, 500])('of %i changed campaigns', async (n) => {
    const text = renderMarkdown(changing(n), planned());
    expect(text.length).toBeLessThanOrEqual(60_000);
    await expect(text).toMatchFileSnapshot(golden(`plan-${n}.md`));
  });

  it.each([1, 20, 500])('of %i changed campaigns has its head and its tail whole on each rung of the ladder', (n) => {
    const made = changing(n);
    const all = renderMarkdown(made, planned(), Number.POSITIVE_INFINITY);
    const [head] = all.split('\n\n| ');
    const tail = all.trimEnd().split('\n\n').at(-1);
    for (const budget of [0, 1_000, 4_000, 16_000, 60_000, 250_000]) {
      const text = renderMarkdown(made, planned(), budget);
      expect(text.startsWith(`${head}\n\n`)).toBe(true);
      expect(text.trimEnd().endsWith(`\n\n${tail}`)).toBe(true);
    }
  });

  it('with notices, customers inside and changes of all kinds', async () => {
    await expect(renderMarkdown(changesEverywhere(), planned())).toMatchFileSnapshot(golden('plan-everywhere.md'));
  });

  it('of a sample shows estimates with their intervals, and no number as exact', async () => {
    const text = renderMarkdown(ofSample(changesEverywhere()), planned());
    expect(text).toContain('10,012');
    expect(text.split('\n')[0]).toMatch(/email ≈.70 \(63–104\) → ≈.84 \(75–120\)/);
    await expect(text).toMatchFileSnapshot(golden('plan-sample.md'));
  });

  it('of nothing', () => {
    const same = deployed();
    expect(renderMarkdown(plan({}, same), planned())).toContain('Nothing to change.');
  });

  it('has its head and its tail whole in any budget, keeps to it where they fit, and says how many rows are gone', () => {
    const made = changing(30);
    const all = renderMarkdown(made, planned(), Number.POSITIVE_INFINITY);
    const [head] = all.split('\n\n| ');
    const tail = all.trimEnd().split('\n\n').at(-1);
    const least = renderMarkdown(made, planned(), 0);
    expect(least).not.toContain('offer-0');
    for (let budget = 0; budget <= all.length; budget += 97) {
      const text = renderMarkdown(made, planned(), budget);
      expect(text.startsWith(`${head}\n\n`)).toBe(true);
      expect(text.trimEnd().endsWith(`\n\n${tail}`)).toBe(true);
      if (budget >= least.length) expect(text.length).toBeLessThanOrEqual(budget);
      const rows = text.match(/^\| ~ \|/gm)?.length ?? 0;
      if (rows < 30) expect(text).toContain(`${30 - rows} campaign`);
    }
    // One for each change, and one for the campaigns that stay.
    expect(all.match(/<details>/g)).toHaveLength(31);
  });

  it('drops changes one by one, from the last one on, before it drops a row', () => {
    const made = changing(30);
    const all = renderMarkdown(made, planned(), Number.POSITIVE_INFINITY);
    const less = renderMarkdown(made, planned(), all.length - 40_000);
    const one = renderMarkdown(made, planned(), less.length - 1);
    const folds = (text: string) => text.match(/<details>/g)?.length ?? 0;
    expect(folds(less)).toBeGreaterThanOrEqual(0);
    for (let budget = 6_000; budget < 12_000; budget += 250) {
      const text = renderMarkdown(made, planned(), budget);
      if (folds(text) > 0) expect(text.match(/^\| ~ \|/gm)).toHaveLength(30);
      if (folds(text) < 30) expect(text).toContain('left out here: `crm plan` shows them.');
    }
    expect(folds(one)).toBeLessThanOrEqual(folds(less));
  });

  it('says 0 where nobody enters', () => {
    expect(renderMarkdown(changing(3), planned())).toMatch(/^\| ~ \| `offer-000` \|.*\| 0 \|$/m);
  });

  it('names the environment, the base and the commands for both', () => {
    const against = { kind: 'commit' as const, name: 'v1(2)', commit: 'a'.repeat(40) };
    const text = renderMarkdown({ ...changing(3), against, environment: 'production' }, planned(), 900);
    expect(text).toContain('environment production');
    expect(text).toContain("`crm plan --base 'v1(2)' --env production` shows them.");
    expect(text).toContain('`crm plan --out plan.json --env production`, then `crm apply plan.json --env production`.');
  });

  it('lets no name or title of a project format, link, mention or close anything', () => {
    const title = '</summary> **b** @team <script>x</script> [a](http://b) `c` | d';
    const before = deployed({ campaigns: [cart()] });
    const text = renderMarkdown(plan({ campaigns: [cart({ title, priority: 3 })] }, before), planned());
    const outside = text.replaceAll(/^(`{3,})text$[\s\S]*?^\1$/gm, '');
    expect(outside).not.toMatch(/<script|@team|\]\(http/);
    expect(outside.match(/<\/summary>/g)).toHaveLength(1);
    expect(shop().campaigns.length).toBeGreaterThan(0);
  });
});

describe('Markdown', () => {
  it('escapes each character once', () => {
    expect(line('a@b & <c> #1 [x](http://y) www.z `')).toBe(
      'a@&#8203;b &amp; &lt;c&gt; #&#8203;1 \\[x\\](http:&#8203;//y) www&#8203;.z \\`',
    );
  });

  it('shows any text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(line(text)).not.toMatch(/[<>\n]|@(?!&#8203;)|(?<!\\)[*_|~[\]](?![^`]*`)/);
        expect(code(text)).not.toContain('\n');
        const [first = '', ...rest] = fence([text]).split('\n');
        const ticks = first.replace('text', '');
        expect(rest.at(-1)).toBe(ticks);
        expect(rest.slice(0, -1).join('\n')).not.toContain(ticks);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { cart } from '../../engine/plan/world.fixture.ts';
import { changesEverywhere, delta, deployed, forecast, none, ofSample, plan, planned } from './plan.fixture.ts';
import { planPage } from './plan-html.ts';

const page = (made = changesEverywhere()) => planPage(made, planned().model);

describe('a plan as a page', () => {
  it('has everything in one file', async () => {
    const text = page();
    await expect(text).toMatchFileSnapshot('golden/plan.html');
    expect(text).not.toMatch(/<script|<link|\ssrc=|url\(|@import/);
    expect(text).toContain("default-src 'none'");
  });

  it('lets a campaign be chosen by a link, which the styles follow', () => {
    const text = page();
    for (const [, id] of text.matchAll(/href="#([\w-]+)"/g)) expect(text).toContain(`id="${id}"`);
    expect(text.match(/<article class="campaign" id=/g)).toHaveLength(2);
    expect(text).toContain('body:has(article:target) :is(article:not(:target), section) { display: none; }');
  });

  it('draws both programs, and the rate of a channel where it is near', () => {
    const text = page();
    expect(text.match(/<svg class="chart"/g)).toHaveLength(5);
    expect(text.match(/<rect class="was"/g)?.length).toBe(text.match(/<rect class="becomes"/g)?.length);
    expect(text).toContain('rate: 10 in an hour');
  });

  it('of a first plan has no bars of before', () => {
    const days = [{ campaign: 'cart', channel: 'email', before: null, after: [1, 2, 3, 4, 5, 6, 7] }];
    const made = plan({}, undefined, {
      ...none,
      forecast: {
        ...forecast,
        sends: [],
        entries: [],
        audiences: [],
        losses: [],
        details: { ...forecast.details, days },
      },
    });
    expect(page(made)).not.toMatch(/<(rect|path) class="was"/);
  });

  it('of a sample shows estimates with their intervals', () => {
    expect(page(ofSample(changesEverywhere()))).toContain('≈\u00a084 (75–120)');
  });

  it('shows messages in frames in which nothing runs, and which load nothing', () => {
    const made = structuredClone(changesEverywhere());
    const html = '<script>parent.alert(1)</script><img src="https://spy.example/x.png"></iframe>"';
    const { messages } = made.effects.forecast.details;
    messages.changed = messages.changed.map((one) => ({ ...one, after: { subject: '<b>', text: '', html } }));
    const text = page(made);
    expect(text).toContain('img-src data:;');
    expect(text).not.toMatch(/<script|<img|<b>\s*<\/p>/);
    for (const [frame] of text.matchAll(/<iframe[^>]*>/g)) expect(frame).toContain('sandbox=""');
    expect(text.match(/<iframe/g)?.length).toBe(text.match(/<\/iframe>/g)?.length);
  });

  it('lets no name or title end an element or begin one', () => {
    const title = '</title></pre><script>alert(1)</script><img src=x onerror=alert(1)>"\'&';
    const effects = {
      ...none,
      forecast: {
        ...forecast,
        ...{ entries: [{ campaign: title, ...delta(1, 2) }], sends: [], audiences: [], losses: [] },
      },
    };
    const made = plan({ campaigns: [cart({ title, priority: 3 })] }, deployed(), effects);
    const text = page(made);
    expect(text).toContain('&lt;script&gt;');
    expect(text).not.toMatch(/<script|<img/);
    expect(text.match(/<\/title>/g)?.length).toBe(text.match(/<title>/g)?.length);
  });
});

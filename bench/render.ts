import Handlebars from 'handlebars';
import { createFormat } from '../engine/delivery/render/format.ts';
import { createHelpers } from '../engine/delivery/render/helpers.ts';
import { createRenderer, type RenderData } from '../engine/delivery/render/renderer.ts';
import type { BenchLine } from './bench.ts';

const project = { name: 'Shop', locale: 'en', currency: 'USD', timezone: 'UTC' };
const subject = '{{customer.name}}, your cart is waiting';
const paragraph = 'Thank you for your visit. What you chose is still here, and delivery is free this week. '
  .repeat(4)
  .trim();
const paragraphs = 3;

const body = `<!doctype html><html><head><title>Cart</title></head><body>
<h1>Hello, {{customer.name}}!</h1>
${`<p style="margin:0 0 12px">${paragraph}</p>\n`.repeat(paragraphs)}<table>
{{#each event.items}}
<tr><td>{{name}}</td><td>{{quantity}}</td><td>{{money price}}</td></tr>
{{/each}}
</table>
<p>Total: {{money event.total}} — {{default customer.city "your town"}}</p>
<p><a href="{{unsubscribe_url}}">Unsubscribe</a></p>
</body></html>`;

/** The text that Kaskad derives from the HTML, written by hand. */
const text = `Hello, {{customer.name}}!

${`${paragraph}\n\n`.repeat(paragraphs)}{{#each event.items}}
{{name}} {{quantity}} {{money price}}
{{/each}}

Total: {{money event.total}} — {{default customer.city "your town"}}

Unsubscribe ({{unsubscribe_url}})`;

const messages: RenderData[] = Array.from({ length: 64 }, (_, index) => ({
  customer: { name: `Customer ${index}`, city: index % 2 ? 'Tver' : null, email: `c${index}@example.com` },
  event: {
    total: 100 + index,
    items: [1, 2, 3].map((item) => ({ name: `Thing ${item} & ${index}`, quantity: item, price: item * 9.5 })),
  },
  message: { id: `m${index}` },
  unsubscribe_url: `https://shop.example/u?m=m${index}`,
  timezone: 'UTC',
}));

/** Compares rendering a message of about 3 KB (subject, HTML and text) with the same by bare Handlebars. */
export async function renderBench(): Promise<BenchLine[]> {
  const ours = oursPrints();
  const theirs = theirsPrints();
  for (const message of messages) {
    const [a, b] = [ours(message), theirs(message)];
    if (a !== b) throw new Error(`The two sides of the benchmark differ:\n${a}\n---\n${b}`);
  }
  const rounds: { ours: number; theirs: number }[] = [];
  // The two are measured in turns, so that a busy moment of the machine does not affect only one of them.
  for (let round = 0; round < 15; round++) {
    const measured = { theirs: perSecond(theirs), ours: perSecond(ours) };
    if (round >= warmUp) rounds.push(measured);
  }
  const size = messages[0] ? theirs(messages[0]).length : 0;
  const ratio = median(rounds.map((round) => round.ours / round.theirs));
  const speeds = {
    ours: median(rounds.map((round) => round.ours)),
    theirs: median(rounds.map((round) => round.theirs)),
  };
  const note = `subject + HTML + text, ${(size / 1000).toFixed(1)} KB together, one core`;
  return [{ name: 'render', ...speeds, unit: 'messages/s', ratio, note }];
}

const warmUp = 2;

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function oursPrints(): (message: RenderData) => string {
  const template = { name: 'cart', channel: 'email' as const, variants: [{ path: 'cart', subject, body }] };
  const renderer = createRenderer([template], [], project);
  return (message) => {
    const rendered = renderer.render('cart', 'email', 'en', message);
    return `${rendered.subject}\n${rendered.html}\n${rendered.text}`;
  };
}

function theirsPrints(): (message: RenderData) => string {
  const bare = Handlebars.create();
  bare.registerHelper(createHelpers(createFormat('en', 'USD', 'UTC')));
  const knownHelpers = { money: true, default: true };
  const prints = {
    subject: bare.compile<RenderData>(subject, { noEscape: true, knownHelpers }),
    html: bare.compile<RenderData>(body, { knownHelpers }),
    text: bare.compile<RenderData>(text, { noEscape: true, knownHelpers }),
  };
  return (message) => `${prints.subject(message)}\n${prints.html(message)}\n${prints.text(message)}`;
}

function perSecond(print: (message: RenderData) => string): number {
  const started = performance.now();
  let count = 0;
  let printed = 0;
  for (; performance.now() - started < 120; count += messages.length) {
    // The text is read to the end as sending would: V8 joins strings only then.
    for (const message of messages) printed += Buffer.byteLength(print(message));
  }
  const seconds = (performance.now() - started) / 1000;
  return printed > 0 ? Math.round(count / seconds) : 0;
}

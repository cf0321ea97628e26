import {
  apply,
  type Carrier,
  compile,
  load,
  type Outgoing,
  openStore,
  plan,
  run,
  simulate,
  test,
} from '../../index.ts';

const root = process.argv[2] ?? '.';

// The project's files, checked. A diagnostic has a code, a place, and what to do.
const { model, diagnostics } = await load(root);
if (!model) throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));

// The campaigns' own tests.
const results = await test(model);
console.log(`${results.filter(({ passed }) => passed).length} of ${results.length} tests passed`);

// A dry run over two weeks of the sample data.
const program = compile(model);
const from = Date.UTC(2026, 2, 2);
const days = 14;
const dryRun = await simulate({ program, root, from, to: from + days * 24 * 60 * 60 * 1000 });
const { totals } = await dryRun.summary();
console.log(`${totals.entered} entries, ${totals.sent} messages in ${days} days`);
await dryRun.close();

// The plan, and exactly what it shows.
const store = await openStore(`${root}/.kaskad/store.duckdb`, { exclusive: true });
const planned = await plan({ model, root, db: store.db, at: from });
console.log(`${planned.changes.length} changes`);
const applied = await apply(store.db, planned, { at: from });
console.log(`deployment: ${applied.status}`);

// A carrier of your own. It gets up to `concurrency` messages at once, and returns the outcome of each.
const sent: Outgoing[] = [];
const carrier: Carrier = {
  concurrency: 4,
  async send(message) {
    sent.push(message);
    return { status: 'sent' };
  },
  async close() {},
};

// Ticks and sends until it is asked to end: here after the first tick. In the customers' quiet hours nothing leaves.
const enough = new AbortController();
const log = { info: (_: object, text: string) => text === 'tick' && enough.abort(), warn: console.warn };
await run(store.db, { root, signal: enough.signal, openCarrier: async () => carrier, log });
console.log('ended in order');
await store.close();

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sql from 'sql-template-tag';
import { crm } from '../../cli/crm.ts';
import { load } from '../../cli/load.ts';
import { compile } from '../../engine/compile/compile.ts';
import { applyProgram } from '../../engine/deploy/apply.ts';
import type { Engagement } from '../../engine/dry-run/simulate/deliver.ts';
import type { Change } from '../../engine/plan/change.ts';
import type { Forecast, InFlight } from '../../engine/plan/effects.ts';
import { DuckDb } from '../../engine/store/duckdb.ts';
import { sendKey } from '../../engine/store/send-key.ts';
import { writtenModel, writtenTree } from '../../spec/constructs/written.ts';
import { documentFiles } from '../../spec/document-files.ts';
import type { Step } from '../../spec/model/campaign.ts';
import type { Model } from '../../spec/model/model.ts';
import { printYaml } from '../../spec/yaml/print.ts';
import { testIo } from '../io.ts';
import { removable } from '../random-world.ts';
import { day, hour, minute } from '../world.ts';
import { differingFigures, figuresOf, plannedFigures } from './figures.ts';
import { type Files, unmoved } from './files.ts';
import { changeOf, only, type Rule } from './moves.ts';
import type { Outcome } from './play.ts';
import type { SimulatedWorld } from './world.ts';

const variants = 'variants: { warm: {}, short: {} }\n';
const templates: Files = {
  'templates/t.email.hbs': `---\nsubject: Hello\n${variants}---\n<p>Hello</p><a href="{{unsubscribe_url}}">x</a>`,
  'templates/t.sms.hbs': `---\n${variants}---\nHello`,
  'templates/t.task.hbs': '---\nsubject: Call\n---\nHello',
};
/** Reactions to what has been sent, as a provider would report them. */
const reactions = 'reactions.csv';
const store = 'store.duckdb';
const seed = 'test';

/** The differences between a plan's forecast and what ticks, as they are called one after the other, then enter and send. */
export async function compareWithTicks(world: SimulatedWorld, tick: number): Promise<Outcome> {
  const root = await mkdtemp(join(tmpdir(), 'kaskad-scripted-'));
  try {
    const shop = new Shop(root, world);
    let from = Math.ceil(world.start / tick) * tick;
    let earlier = 0;
    const all = asProject(world.model, { tick, from, engagement: world.engagement });
    if (world.history) {
      const first = only(all, [removable]);
      await shop.plan(first, from);
      const until = Math.ceil(world.history.until / tick) * tick;
      earlier = from < until ? between(tick) : 0;
      for (; from < until; from += tick) await shop.tick(from);
    }
    const { forecast } = await shop.plan(all, from, earlier);
    return await follow(shop, { model: all, from, tick, forecast });
  } finally {
    await rm(root, { recursive: true });
  }
}

/** The time before a tick at which a change is applied: people do not apply at the instants of the grid. */
const between = (tick: number) => Math.round(tick / 3);

/** The time after which the campaigns of a world are changed. */
const beforeChange = 24 * hour;

/**
 * The same of a change with customers inside, by one of the rules for them; and the journeys that were sent one of their steps twice. In
 * `moved` it counts the customers who did not just go on.
 */
export async function compareChange(
  world: SimulatedWorld,
  { tick, rule, number }: { tick: number; rule: Rule; number: number },
): Promise<Outcome> {
  const root = await mkdtemp(join(tmpdir(), 'kaskad-changed-'));
  try {
    const shop = new Shop(root, world);
    let from = Math.ceil(world.start / tick) * tick;
    const all = asProject(world.model, { tick, from, engagement: world.engagement });
    const { before, after } = changeOf(all, rule, number);
    await shop.begin(before, from);
    for (const until = from + beforeChange; from < until; from += tick) await shop.tick(from);
    const { forecast, inFlight } = await shop.plan(after, from, between(tick));
    const places = inFlight.flatMap(({ steps }) => steps);
    const moved = places.filter(
      ({ becomes }) => becomes !== 'stays' && (rule && rule !== 'rollout' ? becomes !== 'finishes' : true),
    );
    const outcome = await follow(shop, { model: all, from, tick, forecast });
    const differences = [...outcome.differences, ...(await shop.sentTwice())];
    return { ...outcome, differences, moved: moved.reduce((sum, { customers }) => sum + customers, 0) };
  } finally {
    await rm(root, { recursive: true });
  }
}

interface Following {
  model: Model;
  from: number;
  tick: number;
  forecast: Planned['forecast'];
}

/** Ticks for the days of a forecast, and compares. */
async function follow(shop: Shop, { model: all, from, tick, forecast }: Following): Promise<Outcome> {
  const sends = new Map<string, { day: number; week: number }>();
  let sent = 0;
  for (let at = from; at < from + 7 * day; at += tick)
    for (const name of await shop.tick(at)) {
      const before = sends.get(name) ?? { day: 0, week: 0 };
      sends.set(name, { day: before.day + (at < from + day ? 1 : 0), week: before.week + 1 });
      sent++;
    }
  const { entries, figures } = await shop.happened(from);
  return {
    entries: sent,
    differences: [
      ...compare(forecast, { sends, prices: pricesOf(all), entries }),
      ...differingFigures(plannedFigures(forecast.details), figures),
    ],
  };
}

interface Happened {
  /** Numbers of messages by campaign and channel. */
  sends: Map<string, { day: number; week: number }>;
  prices: Map<string, number>;
  entries: Map<string, number>;
}

/** A plan in JSON. */
interface Planned {
  forecast: Pick<Forecast, 'sends' | 'entries' | 'details'>;
  inFlight: InFlight[];
}

function compare({ sends, entries }: Planned['forecast'], happened: Happened): string[] {
  const found: string[] = [];
  const check = (what: string, planned: number | null | undefined, real: number) => {
    if (Math.abs((planned ?? 0) - real) > 1e-9) found.push(`${what}: ${planned} in the plan, ${real} by the ticks`);
  };
  const names = new Set([...happened.sends.keys(), ...sends.map(({ campaign, channel }) => `${campaign} ${channel}`)]);
  for (const name of names) {
    const planned = sends.find(({ campaign, channel }) => `${campaign} ${channel}` === name);
    const real = happened.sends.get(name) ?? { day: 0, week: 0 };
    const price = happened.prices.get(name.split(' ')[1] ?? '') ?? 0;
    check(`${name}, messages of the day`, planned?.day.after, real.day);
    check(`${name}, messages of the week`, planned?.week.after, real.week);
    check(`${name}, cost of the day`, planned?.dayCost.after, real.day * price);
    check(`${name}, cost of the week`, planned?.weekCost.after, real.week * price);
  }
  for (const campaign of new Set([...happened.entries.keys(), ...entries.map((one) => one.campaign)]))
    check(
      `${campaign}, entries`,
      entries.find((one) => one.campaign === campaign)?.after,
      happened.entries.get(campaign) ?? 0,
    );
  return found;
}

const pricesOf = ({ channels }: Model) => new Map(channels.map(({ name, price }) => [name, price]));

/** A folder with a project, whose commands are called at instants of its time. */
class Shop {
  private readonly written = new Map<string, string>();
  private versions = 0;
  private reactions: { text: string; at: number }[] = [];
  private readonly root: string;
  private readonly world: SimulatedWorld;
  private readonly files: Files;

  constructor(root: string, world: SimulatedWorld) {
    this.root = root;
    this.world = world;
    this.files = unmoved(world.files);
  }

  /** Applies the first Program without a plan. */
  async begin(model: Model, at: number): Promise<void> {
    await this.write(model);
    const project = await load(testIo(this.root), {});
    const document = documentFiles(project.model, 'yaml');
    await this.look((db) => applyProgram(db, { program: compile(project.model), at, lineage: 'test', document }));
  }

  /** Plans with all data, also of the days to come, and applies the plan, `earlier` than the tick at which the forecast begins. */
  async plan(model: Model, from: number, earlier = 0): Promise<Planned> {
    const now = from - earlier;
    await this.write(model);
    await this.reveal(Number.POSITIVE_INFINITY);
    const { forecast, inFlight, changes } = JSON.parse(
      await this.call(now, 'plan', '--json', '--allow-bad-data', '--out', 'plan.json'),
    );
    if (Date.parse(forecast.from) !== from) throw new Error(`the forecast begins at ${forecast.from}`);
    await this.reveal(now);
    const breaking = (changes as Change[]).filter((change) => change.class === 'breaking');
    const allowed = breaking.flatMap(({ address }) => ['--allow', address]);
    await this.call(now, 'apply', 'plan.json', '--allow-bad-data', ...allowed);
    return { forecast, inFlight };
  }

  /** Ticks and sends. Returns the campaign and the channel of each message. */
  async tick(now: number): Promise<string[]> {
    await this.reveal(now);
    const output = await this.call(now, 'tick', '--at', new Date(now).toISOString(), '--allow-bad-data');
    const lines = [...output.matchAll(/^\S+ (\S+) (\S+) ([0-9a-f]{32}) \d+ characters$/gm)];
    return lines.map(([, channel = '', campaign, message = '']) => {
      this.reactions.push(...react(message, now, this.world.engagement[channel]));
      return `${campaign} ${channel}`;
    });
  }

  /** Returns how many customers have entered each campaign since `from`, and the other figures of a forecast. */
  happened(from: number): Promise<{ entries: Map<string, number>; figures: Map<string, number> }> {
    return this.look(async (db) => {
      const rows = await db.query<{ campaign: string; n: number }>(sql`
        SELECT campaign, count(*) AS n FROM enrolment WHERE entered_at >= ${from}::bigint GROUP BY campaign`);
      const entries = new Map(rows.map(({ campaign, n }) => [campaign, Number(n)]));
      return { entries, figures: await figuresOf(db, from) };
    });
  }

  /** Returns the journeys that have several messages of one step, and the ids that several messages have. */
  sentTwice(): Promise<string[]> {
    return this.look(async (db) => {
      const rows = await db.query<{ what: string }>(sql`
        SELECT concat('a journey of ', m.campaign, ' was sent ', ${sendKey('s')}, ' several times') AS what
        FROM message m JOIN step s ON s.step = m.step GROUP BY m.enrolment, m.campaign, ${sendKey('s')} HAVING count(*) > 1
        UNION ALL SELECT concat('several messages are ', message) FROM message GROUP BY message HAVING count(*) > 1`);
      return rows.map(({ what }) => what);
    });
  }

  private async look<T>(at: (db: DuckDb) => Promise<T>): Promise<T> {
    const db = await DuckDb.open(join(this.root, store), { threads: '1' });
    try {
      return await at(db);
    } finally {
      await db.close();
    }
  }

  /** Writes the rows that are known at an instant. */
  private async reveal(now: number): Promise<void> {
    const files: Files = {};
    for (const [name, text] of Object.entries(this.files))
      files[name] = text
        .split('\n')
        .filter((line) => Date.parse(/"(\d{4}-\d\d-\d\dT[^"]*)"/.exec(line)?.[1] ?? '') > now === false)
        .join('\n');
    const due = this.reactions.filter(({ at }) => at <= now).map(({ text }) => text);
    await this.put({ ...files, [reactions]: ['message,kind,at\n', ...due].join('') });
  }

  private write(model: Model): Promise<void> {
    return this.put({ ...templates, 'crm.yaml': printYaml(writtenTree(writtenModel(unshared(model)))) });
  }

  private async put(files: Files): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      if (this.written.get(name) === text) continue;
      const path = join(this.root, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
      // Every writing has a time of its own, long ago.
      await utimes(path, ++this.versions, this.versions);
      this.written.set(name, text);
    }
  }

  private async call(now: number, ...words: string[]): Promise<string> {
    const io = testIo(this.root, { now: () => now });
    const code = await crm(words, io);
    if (code !== 0)
      throw new Error(`crm ${words.join(' ')} at ${new Date(now).toISOString()} exits ${code}: ${io.said.err}`);
    return io.said.out;
  }
}

/** Draws the reactions to a message as a simulation does. */
function react(message: string, at: number, rates: Engagement[string] | undefined): { text: string; at: number }[] {
  if (!rates) return [];
  const drawn = (salt: string) =>
    Number.parseInt(createHash('md5').update(`${seed}/${salt}/${message}`).digest('hex').slice(0, 13), 16) / 2 ** 52;
  const delay = (salt: string) => minute + Math.round(drawn(salt) ** 3 * 12 * hour);
  const reacts = drawn('reacts');
  const opened = at + delay('opens after');
  const clicked = opened + delay('clicks after');
  const row = (kind: string, when: number) => ({
    text: `${message},${kind},${new Date(when).toISOString()}\n`,
    at: when,
  });
  return [
    ...(reacts < Math.max(rates.open, rates.click) ? [row('opened', opened)] : []),
    ...(reacts < rates.click ? [row('clicked', clicked)] : []),
  ];
}

/** Returns the model without objects that occur twice, which YAML would write as anchors. */
const unshared = (model: Model): Model => JSON.parse(JSON.stringify(model));

/** Returns the model as a project's files can declare it. */
function asProject(
  model: Model,
  { tick, from, engagement }: { tick: number; from: number; engagement: Engagement },
): Model {
  const source = (path: string) => ({ path, rename: {} });
  return {
    ...model,
    project: {
      ...model.project,
      tick,
      refresh: Math.max(model.project.refresh, tick),
      store,
      simulation: { from, seed, engagement },
    },
    data: { ...model.data, feedback: [...model.data.feedback, source(reactions)] },
    channels: model.channels.map((channel) =>
      channel.kind === 'email' ? { ...channel, unsubscribe: 'https://shop.example/unsubscribe' } : channel,
    ),
    // A project may hold nobody out of what is not marketing.
    holdouts: model.holdouts.filter(
      (each) =>
        !model.campaigns.some(({ name, category }) => category !== 'marketing' && each.campaigns?.includes(name)),
    ),
    campaigns: model.campaigns.map((campaign) => ({ ...campaign, steps: written(campaign.steps) })),
  };
}

/** Returns steps without what the language refuses: empty branches and waits, steps after an exit, dots in ids. */
function written(steps: Step[]): Step[] {
  const ends = steps.findIndex(({ kind }) => kind === 'exit');
  return (ends < 0 ? steps : steps.slice(0, ends + 1)).map((step): Step => {
    const id = step.id.replaceAll('.', '-');
    if (step.kind === 'wait') return { ...step, id, ms: step.ms || minute };
    if (step.kind === 'cascade')
      return { ...step, id, stages: step.stages.map((stage) => ({ ...stage, id: stage.id.replaceAll('.', '-') })) };
    if (step.kind === 'if' || step.kind === 'await') {
      const then = written(step.then);
      const only: Step = { kind: 'wait', id: `${id}-then-wait-1`, ms: minute };
      return { ...step, id, then: then.length > 0 ? then : [only], else: written(step.else) };
    }
    if (step.kind === 'split')
      return { ...step, id, arms: step.arms.map((arm) => ({ ...arm, steps: written(arm.steps) })) };
    return { ...step, id };
  });
}

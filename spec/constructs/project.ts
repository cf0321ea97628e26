import type { Report } from '../diagnostics/report.ts';
import type * as written from '../document/document.generated.ts';
import { body, clause, form, type Names, slot, statement } from '../document/forms.ts';
import type { Loose } from '../document/loose.ts';
import type { Place } from '../document/place.ts';
import type { Project, Simulation } from '../model/model.ts';
import { printDuration } from '../words/durations.ts';
import { percent } from '../words/printing.ts';
import { positiveDuration, readInstant, readPercent } from '../words/readings.ts';
import { t } from '../words/t.ts';
import type { Entry } from './contents.ts';
import { type Context, checkChannel } from './context.ts';

const rates = form('engagement', 'the engagement of a channel', () => [
  clause('open', 'name'),
  clause('click', 'name'),
]);
const engagement: Names = { kind: 'names', name: 'engagements', title: 'the engagement', of: () => rates };

const simulation = form('simulation', 'the simulation', () => [
  body([statement('from', 'name'), statement('seed', 'name'), statement('engagement', engagement)]),
]);

const lint: Names = { kind: 'names', name: 'lint_rules', title: 'the lint rules', of: () => 'name' };

export const projectForm = form('project', 'the project', () => [
  slot('name', 'name'),
  body([
    statement('timezone', 'name'),
    statement('locale', 'name'),
    statement('currency', 'name'),
    statement('tick', 'phrase'),
    statement('segments_refresh', 'phrase'),
    statement('store', 'name'),
    statement('simulation', simulation),
    statement('lint', lint),
  ]),
]);

const minute = 60_000;
const hour = 60 * minute;

/**
 * The project with its defaults; undefined where a required part is missing, which has been reported. `store`: where the
 * environment has it, instead of the project.
 */
export function buildProject(
  entry: Entry<written.Project> | undefined,
  report: Report,
  store?: string,
): Project | undefined {
  if (!entry?.value) return undefined;
  const { value, place } = entry;
  const tick = positiveDuration(value.tick ?? '') ?? minute;
  const refresh = positiveDuration(value.segments_refresh ?? '') ?? Math.max(hour, tick);
  const gridIsWrong = ('tick' in value && !value.tick) || ('segments_refresh' in value && !value.segments_refresh);
  if (!gridIsWrong) checkGrid(tick, refresh, place, report);
  const { name, timezone, locale, currency } = value;
  const simulation = buildSimulation(value.simulation, name ?? '', place.at('simulation'), report);
  if (name === undefined || timezone === undefined || locale === undefined || currency === undefined) return undefined;
  return {
    name,
    timezone,
    locale: new Intl.Locale(locale).toString(),
    currency,
    tick,
    refresh,
    store: store ?? value.store ?? '.kaskad/store.duckdb',
    simulation,
  };
}

function checkGrid(tick: number, refresh: number, place: Place, report: Report): void {
  if (tick % 1000 !== 0 || (hour % tick !== 0 && tick % hour !== 0)) {
    const help = t`Write for example \`10 seconds\`, \`1 minute\`, \`15 minutes\`, \`1 hour\` or \`2 hours\`.`;
    report.error(
      'CRM4020',
      place.at('tick').value,
      t`The tick neither divides an hour evenly nor is whole hours`,
      help,
    );
  } else if (refresh % tick !== 0) {
    const key = place.at('segments_refresh');
    report.error(
      'CRM4020',
      key.value,
      t`Segments cannot be refreshed between two ticks`,
      t`Write a multiple of the tick.`,
    );
  }
}

function buildSimulation(
  value: Loose<written.Simulation> | undefined,
  project: string,
  place: Place,
  report: Report,
): Simulation {
  const from = value?.from === undefined ? undefined : readInstant(value.from);
  const engagement: Simulation['engagement'] = {};
  for (const [channel, rates] of Object.entries(value?.engagement ?? {})) {
    const open = (readPercent(rates?.open ?? '') ?? 0) / 10_000;
    const click = (readPercent(rates?.click ?? '') ?? 0) / 10_000;
    if (click > open && rates && !('open' in rates && rates.open === undefined)) {
      const help = t`A click implies an open: raise \`open\` to at least the same share.`;
      report.error(
        'CRM4021',
        place.at('engagement', channel, 'click').value,
        t`More messages are clicked than opened`,
        help,
      );
    }
    engagement[channel] = { open, click };
  }
  return { ...(from !== undefined && { from }), seed: String(value?.seed ?? project), engagement };
}

export function writtenProject({ name, timezone, locale, currency, tick, refresh, store, simulation }: Project) {
  const engagement = Object.entries(simulation.engagement).map(([channel, { open, click }]) => [
    channel,
    { open: percent(Math.round(open * 10_000)), click: percent(Math.round(click * 10_000)) },
  ]);
  return {
    ...{ name, timezone, locale, currency },
    tick: printDuration(tick),
    segments_refresh: printDuration(refresh),
    store,
    simulation: {
      ...(simulation.from !== undefined && { from: new Date(simulation.from).toISOString() }),
      seed: simulation.seed,
      engagement: Object.fromEntries(engagement) as Record<string, written.EngagementRates>,
    },
  };
}

/** Reports engagement of channels that do not exist. */
export function checkEngagement(project: Entry<written.Project> | undefined, context: Context): void {
  for (const channel of Object.keys(project?.value?.simulation?.engagement ?? {})) {
    const place = project?.place.at('simulation', 'engagement', channel);
    if (place) checkChannel(context, channel, place, 'key');
  }
}

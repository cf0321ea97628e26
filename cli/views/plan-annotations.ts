import type { Change, FieldChange } from '../../engine/plan/change.ts';
import type { Notice } from '../../engine/plan/notices.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import type { Range, Severity } from '../../spec/diagnostics/diagnostic.ts';
import type { Project } from '../../spec/model/model.ts';
import { t, translated } from '../../spec/words/t.ts';
import type { Annotation } from './annotation.ts';
import { isPart } from './estimates.ts';
import { count, many } from './format.ts';
import { noticeLevels } from './plan.ts';
import { spoken } from './plan-change.ts';
import { type Shown, shownOf } from './plan-forecast.ts';
import { isTouched, rowsOf } from './plan-markdown-table.ts';
import { moneyOf, words } from './plan-words.ts';
import { wayPastNotice } from './way-past.ts';

/** GitHub shows so many of each severity that a step says. */
const mostOfOne = 10;

const severities: Record<Notice['level'], Severity> = {
  blocked: 'error',
  guarded: 'error',
  breaking: 'error',
  lacking: 'warning',
  destructive: 'warning',
  doubtful: 'warning',
  reversible: 'info',
};

/** Returns the place of a key in a resource, or of the nearest around it that the files have. */
type PlaceOfField = (address: string, path: string) => Range | undefined;

/**
 * Returns what a plan says beside the lines that it is about, the worst first: warnings, missing values, rates, what each campaign does, and
 * texts that change. What is about a changed resource stands at the first key that changes,
 * what breaks at the first that is gone or the key around it, else at the resource's name.
 */
export function planAnnotations(made: Plan, project: Project, placeOfField: PlaceOfField): Annotation[] {
  const plan = shownOf(made, project);
  const changes = new Map(plan.changes.map((change) => [change.address, change]));
  const at = (address: string, which: (field: FieldChange) => boolean = isKept) => {
    const change = changes.get(address);
    const range = change && firstKey(change, which, placeOfField);
    return range ? { range } : placeOf(change);
  };
  const found = [
    ...noticeLevels().flatMap(([level, title]) =>
      plan.notices
        .filter((notice) => notice.level === level)
        .map((notice) => ({ ...notice, ways: wayPastNotice(notice, plan) }))
        .map(({ address, message, help, ways }) => ({
          severity: severities[level],
          title: `${title}: ${spoken(address)}`,
          message: translated(message),
          help: [translated(help), ...ways.map((way) => `\`${way}\``)].join(' '),
          ...(level === 'breaking' ? at(address, ({ after }) => after === undefined) : at(address)),
        })),
    ),
    ...missingValues(plan, at),
    ...slowChannels(plan, at),
    ...campaigns(plan, at),
    ...templates(plan),
  ];
  const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
  return found.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

/** Keeps those that GitHub shows; the last of a severity that has more says how many. */
export function mostAnnotations(annotations: Annotation[]): Annotation[] {
  return (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const mine = annotations.filter((one) => one.severity === severity);
    if (mine.length <= mostOfOne) return mine;
    const more = mine.length - mostOfOne + 1;
    return [
      ...mine.slice(0, mostOfOne - 1),
      { severity, title: many(more, 'more note'), message: t`The plan has them all: crm plan --format markdown` },
    ];
  });
}

/** Returns the place of the first of those keys that a change touches; a new resource has only new keys. */
function firstKey(
  { address, action, fields }: Change,
  which: (field: FieldChange) => boolean,
  placeOfField: PlaceOfField,
): Range | undefined {
  if (action !== 'change') return undefined;
  for (const field of fields.filter(which)) {
    const range = placeOfField(address, field.path);
    if (range) return range;
  }
  return undefined;
}

function isKept({ after, order }: FieldChange): boolean {
  return after !== undefined && !order;
}

type PlaceOf = (address: string) => Pick<Annotation, 'range'>;

function placeOf(change: Pick<Change, 'origin'> | undefined): Pick<Annotation, 'range'> {
  const origin = change?.origin;
  if (!origin) return {};
  const { file, line, column } = origin;
  return { range: { file, start: { line, column }, end: { line, column } } };
}

function missingValues({ effects }: Shown, at: PlaceOf): Annotation[] {
  const { details, sample } = effects.forecast;
  const about = isPart(sample) ? '≈\u00a0' : '';
  return details.messages.changed.flatMap(({ address, messages, missing }) =>
    missing.map(({ path, messages: n }) => ({
      severity: 'info' as const,
      title: t`${path} is missing`,
      message: t`${spoken(address)} reads ${path}, which is missing in ${about}${count(n)} of ${count(messages)} messages in 7 days.`,
      ...at(address),
    })),
  );
}

function slowChannels({ effects }: Shown, at: PlaceOf): Annotation[] {
  return effects.forecast.details.peaks.flatMap(({ channel, rate, after }) =>
    rate !== undefined && after && after.messages > rate
      ? [
          {
            severity: 'warning' as const,
            title: t`More messages than channel ${channel} may send`,
            message: t`Its rate lets ${count(rate)} messages leave in an hour, and the busiest hour has ${count(after.messages)}: they leave later.`,
            ...at(`channel.${channel}`),
          },
        ]
      : [],
  );
}

/** A note for each text of a template or a piece that changes, at the first line that does. */
function templates({ changes }: Shown): Annotation[] {
  return changes.flatMap((change) =>
    change.fields.flatMap(({ path, origin }) =>
      origin
        ? [
            {
              severity: 'info' as const,
              title: spoken(change.address),
              message: [
                t`${path}: this is its first line that changes`,
                ...(change.usedBy.length > 0 ? [t`used by ${change.usedBy.join(', ')}`] : []),
              ].join('; '),
              ...placeOf({ origin }),
            },
          ]
        : [],
    ),
  );
}

/** A note for each campaign that changes: its numbers. */
function campaigns(plan: Shown, at: PlaceOf): Annotation[] {
  const touched = rowsOf(plan).filter((row) => isTouched(row) && row.action !== undefined);
  return [...Map.groupBy(touched, ({ campaign }) => campaign)].map(([campaign, rows]) => {
    const figures = rows.flatMap(({ channel, sends, cost, entries }) => [
      channel ? t`messages in 7 days by ${channel}: ${words(sends)}` : t`messages in 7 days: ${words(sends)}`,
      t`cost in 7 days: ${words(cost, moneyOf(plan.project, cost))}`,
      ...(entries.after === null ? [] : [t`enter within 7 days: ${words(entries)}`]),
    ]);
    return {
      severity: 'info' as const,
      title: spoken(`campaign.${campaign}`),
      message: figures.join('; '),
      ...at(`campaign.${campaign}`),
    };
  });
}

import pc from 'picocolors';
import type { Edited } from '../../engine/deploy/edited.ts';
import type { Drift } from '../../engine/plan/drift.ts';
import type { Model } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { all, clockFormat, indent, many, printable, type ViewOptions } from './format.ts';
import { pausedWithTime } from './pause.ts';
import { printableChange, renderChange } from './plan-change.ts';
import { fold } from './wrap.ts';

/** Renders in what a store differs from the files. */
export function renderDrift(found: Drift, { project }: Model, view: ViewOptions): string {
  const { bold } = pc.createColors(view.color);
  const { changes, ...rest } = found;
  const { deployment, pauses, launches, edited } = printable(rest);
  const clock = clockFormat(project.timezone);
  const serial = String(deployment.serial);
  const n = found.differences;
  if (n === 0) return `${t`No drift: deployment ${serial} is what the files say, and nothing is changed by hand.`}\n`;
  const section = (title: string, lines: string[]) => (lines.length > 0 ? [bold(title), ...indent(lines), ''] : []);
  const folded = (lines: string[]) => fold(lines, view.width - 2);
  const lines = [
    ...section(
      t`Edited in the store`,
      folded([
        ...edited.map(editedWords),
        ...(edited.length > 0
          ? [t`Another program than Kaskad has done that, and an apply does not undo it: take the store from a copy.`]
          : []),
      ]),
    ),
    ...section(
      t`What runs → what the files say`,
      changes.flatMap((change) => renderChange(printableChange(change), view)),
    ),
    ...section(
      t`By hand`,
      folded([
        ...pauses.map((one) => pausedWithTime(one, clock)),
        ...launches.map(
          ({ launch, campaign, at }) => t`launch ${String(launch)} of ${campaign} is requested for ${clock(at)}`,
        ),
      ]),
    ),
    bold(t`Deployment ${serial}, applied ${clock(deployment.appliedAt)}: ${many(n, 'difference')}`),
  ];
  return `${lines.join('\n')}\n`;
}

function editedWords(one: Edited): string {
  switch (one.what) {
    case 'program':
      return t`deployment ${String(one.serial)} is not the program that was applied: its hash is another`;
    case 'definition':
      return t`campaign ${one.campaign}, version ${one.version}: its definition has another hash`;
    case 'steps':
      return t`campaign ${one.campaign}, version ${one.version}: the rows of ${all(one.steps)} are not those of its definition`;
  }
}

/** Returns the differences as one versioned JSON value; instants are ISO 8601. */
export function driftJson(found: Drift): Record<string, unknown> {
  const iso = (at: number) => new Date(at).toISOString();
  const { differences, deployment, changes, pauses, launches, edited } = found;
  return {
    format: 1,
    type: 'drift',
    differences,
    deployment: { ...deployment, appliedAt: iso(deployment.appliedAt) },
    changes,
    pauses: pauses.map((one) => ({ ...one, since: iso(one.since) })),
    launches: launches.map((one) => ({ ...one, at: iso(one.at) })),
    edited,
  };
}

import pc from 'picocolors';
import type { Drift } from '../../engine/plan/drift.ts';
import type { Model } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { byHandJson, byHandLines, editedLines } from './by-hand.ts';
import { clockFormat, indent, many, printable, type ViewOptions } from './format.ts';
import { printableChange, renderChange } from './plan-change.ts';
import { fold } from './wrap.ts';

/** Renders in what a store differs from the files. */
export function renderDrift(found: Drift, { project }: Model, view: ViewOptions): string {
  const { bold } = pc.createColors(view.color);
  const { changes, ...rest } = found;
  const { deployment, ...byHand } = printable(rest);
  const clock = clockFormat(project.timezone);
  const serial = String(deployment.serial);
  const n = found.differences;
  if (n === 0) return `${t`No drift: deployment ${serial} is what the files say, and nothing is changed by hand.`}\n`;
  const section = (title: string, lines: string[]) => (lines.length > 0 ? [bold(title), ...indent(lines), ''] : []);
  const folded = (lines: string[]) => fold(lines, view.width - 2);
  const lines = [
    ...section(t`Edited in the store`, folded(editedLines(byHand.edited))),
    ...section(
      t`What runs → what the files say`,
      changes.flatMap((change) => renderChange(printableChange(change), view)),
    ),
    ...section(t`By hand`, folded(byHandLines(byHand, clock))),
    bold(t`Deployment ${serial}, applied ${clock(deployment.appliedAt)}: ${many(n, 'difference')}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Returns the differences as one versioned JSON value; instants are ISO 8601. */
export function driftJson(found: Drift): Record<string, unknown> {
  const { differences, deployment, changes, ...byHand } = found;
  return {
    format: 1,
    type: 'drift',
    differences,
    deployment: { ...deployment, appliedAt: new Date(deployment.appliedAt).toISOString() },
    changes,
    ...byHandJson(byHand),
  };
}

import pc from 'picocolors';
import stringWidth from 'string-width';
import type { Reason } from '../../engine/inspect/why.ts';
import type { FieldType } from '../../spec/model/data.ts';
import type { Project } from '../../spec/model/model.ts';
import { laterAll, t, translated } from '../../spec/words/t.ts';
import { clockFormat, many, percent, printable, type ViewOptions } from './format.ts';
import { type Values, valueText } from './values.ts';
import { hang } from './wrap.ts';

export interface SegmentView {
  name: string;
  title?: string;
  /** The text of the condition. Absent if an earlier version applied the segment, which kept no text. */
  condition?: string;
  size: number;
  /** The number of all customers. */
  customers: number;
  /** The number of customers without a value in any attribute. */
  bare: number;
}

/** Renders the size of a segment and its condition. */
export function segmentText(segment: SegmentView, view: ViewOptions): string {
  const { bold } = pc.createColors(view.color);
  const { name, title, condition, size, customers, bare } = printable(segment);
  const head = title === undefined ? t`Segment ${name}` : t`Segment ${name} "${title}"`;
  return [
    ...hang('', head, view.width, 2).map(bold),
    t`${many(size, 'customer')}, ${shareText(size, customers)} of ${customers}`,
    ...(bare > 0
      ? hang(
          '',
          t`of these ${customers}, ${bare} without attributes: only events or lists name them, or a row with nothing but an id`,
          view.width,
          2,
        )
      : []),
    ...(condition === undefined ? [] : hang('', t`where ${condition}`, view.width, 2)),
    '',
  ].join('\n');
}

/** Returns `12.5%`; 0% if there are no customers. */
function shareText(size: number, customers: number): string {
  const share = customers === 0 ? 0 : size / customers;
  return share > 0 && share < 0.001 ? t`less than ${percent(0.001)}` : percent(share);
}

export interface ReasonView {
  segment: string;
  customer: string;
  in: boolean;
  reason: Reason;
}

const joining: Partial<Record<Reason['kind'], string>> = laterAll({ all: 'all of', any: 'any of', none: 'not' });

/** Renders the conditions of a segment, each with its result for the customer. */
export function reasonText(membership: ReasonView, project: Project, view: ViewOptions): string {
  const colors = pc.createColors(view.color);
  const values: Values = { project, clock: clockFormat(project.timezone, project.tick) };
  const [yes, no] = [t`yes`, t`no`];
  const wide = Math.max(stringWidth(yes), stringWidth(no));
  const line = ({ kind, text, holds, found, parts }: Reason, depth: number): string[] => {
    const answer = (holds ? yes : no).padEnd(wide);
    const mark = holds ? colors.green(answer) : colors.red(answer);
    const joined = joining[kind];
    const shown = joined === undefined ? printable(text) : translated(joined);
    const value = found ? `  ${colors.dim(t`(it is ${foundText(found, values)})`)}` : '';
    const first = `  ${mark}  ${'  '.repeat(depth)}`;
    const own = hang(first, shown, view.width, stringWidth(first) + 2);
    const last = own.at(-1) ?? '';
    const lines =
      stringWidth(last + value) <= view.width
        ? [...own.slice(0, -1), last + value]
        : [...own, ' '.repeat(stringWidth(first)) + value];
    return [...lines, ...parts.flatMap((part) => line(part, depth + 1))];
  };
  const [customer, segment] = printable([membership.customer, membership.segment]);
  const head = membership.in
    ? t`Customer ${customer ?? ''} is in segment ${segment ?? ''}`
    : t`Customer ${customer ?? ''} is not in segment ${segment ?? ''}`;
  return `${[...hang('', head, view.width, 2).map(colors.bold), ...line(membership.reason, 0)].join('\n')}\n`;
}

const DAY = 86_400_000;

function foundText({ type, value }: NonNullable<Reason['found']>, values: Values): string {
  if (value === null) return t`missing`;
  if (type === 'boolean') return value === 'true' || value === 't' ? t`yes` : t`no`;
  if (type === 'duration') return many(Math.round((Number(value) / DAY) * 10) / 10, 'day');
  return printable(valueText(type as FieldType, type === 'string' || type === 'date' ? value : Number(value), values));
}

import pc from 'picocolors';
import type { Reason } from '../../engine/look/why.ts';
import type { FieldType } from '../../spec/model/data.ts';
import type { Project } from '../../spec/model/model.ts';
import { clockFormat, count, many, printable, type ViewOptions } from './format.ts';
import { type Values, valueText } from './values.ts';

export interface SegmentView {
  name: string;
  title?: string;
  condition: string;
  size: number;
  /** All customers. */
  customers: number;
}

/** The size of a segment, and what it asks. */
export function segmentText(told: SegmentView, view: ViewOptions): string {
  const { bold } = pc.createColors(view.color);
  const { name, title, condition, size, customers } = printable(told);
  return [
    bold(`Segment ${name}${title === undefined ? '' : ` "${title}"`}`),
    `${many(size, 'customer')}, ${shareText(size, customers)} of ${count(customers)}`,
    `where ${condition}`,
    '',
  ].join('\n');
}

/** `12.5 %`; of nobody, 0 %. */
export function shareText(size: number, customers: number): string {
  const share = customers === 0 ? 0 : (size / customers) * 100;
  const shown = share > 0 && share < 0.1 ? 'less than 0.1' : String(Math.round(share * 10) / 10);
  return `${shown} %`;
}

export interface ReasonView {
  segment: string;
  customer: string;
  in: boolean;
  reason: Reason;
}

const joining: Partial<Record<Reason['kind'], string>> = { all: 'all of', any: 'any of', none: 'not' };

/** The conditions of a segment, each with its answer. */
export function reasonText(told: ReasonView, project: Project, view: ViewOptions): string {
  const colors = pc.createColors(view.color);
  const values: Values = { project, clock: clockFormat(project.timezone, project.tick) };
  const line = ({ kind, text, holds, found, parts }: Reason, depth: number): string[] => {
    const mark = holds ? colors.green('yes') : colors.red('no ');
    const value = found ? colors.dim(`  (it is ${foundText(found, values)})`) : '';
    const shown = joining[kind] ?? printable(text);
    return [`  ${mark}  ${'  '.repeat(depth)}${shown}${value}`, ...parts.flatMap((part) => line(part, depth + 1))];
  };
  const is = told.in ? 'is in' : 'is not in';
  const head = colors.bold(printable(`Customer ${told.customer} ${is} segment ${told.segment}`));
  return `${[head, ...line(told.reason, 0)].join('\n')}\n`;
}

const DAY = 86_400_000;

function foundText({ type, value }: NonNullable<Reason['found']>, values: Values): string {
  if (value === null) return 'missing';
  if (type === 'boolean') return value === 'true' || value === 't' ? 'yes' : 'no';
  if (type === 'duration') return many(Math.round((Number(value) / DAY) * 10) / 10, 'day');
  return printable(valueText(type as FieldType, type === 'string' || type === 'date' ? value : Number(value), values));
}

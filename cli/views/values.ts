import type { FieldType } from '../../spec/model/data.ts';
import type { Project } from '../../spec/model/model.ts';
import { t } from '../../spec/text/t.ts';
import { count, many, moneyFormat } from './format.ts';

/** The way values are shown. `clock`: of instants. */
export interface Values {
  project: Project;
  clock: (at: number) => string;
}

/** A stored value of a type, on one line. */
export function valueText(type: FieldType, value: unknown, { project, clock }: Values): string {
  if (type === 'money') return moneyFormat(project)(Number(value));
  if (type === 'instant') return clock(Number(value));
  if (type === 'integer' || type === 'number') return count(Number(value));
  if (type === 'boolean') return value ? t`yes` : t`no`;
  return Array.isArray(value) ? many(value.length, 'item') : String(value);
}

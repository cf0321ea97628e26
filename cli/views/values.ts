import type { FieldType } from '../../spec/model/data.ts';
import type { Project } from '../../spec/model/model.ts';
import { currentLanguage } from '../../spec/words/language.ts';
import { t } from '../../spec/words/t.ts';
import { many, moneyFormat } from './format.ts';
import { readableAddress } from './readable-address.ts';

/** The context in which values are shown. `clock`: formats instants. */
export interface Values {
  project: Project;
  clock: (at: number) => string;
}

/** Returns a stored value of a type, on one line. */
export function valueText(type: FieldType, value: unknown, { project, clock }: Values): string {
  if (type === 'money') return moneyFormat(project)(Number(value));
  if (type === 'instant') return clock(Number(value));
  if (type === 'integer' || type === 'number') return numberText(Number(value));
  if (type === 'boolean') return value ? t`yes` : t`no`;
  if (type === 'email') return readableAddress(String(value));
  return Array.isArray(value) ? many(value.length, 'item') : String(value);
}

/** Formats a number in the output's language with all its decimals: rounding would show another value. */
function numberText(n: number): string {
  return new Intl.NumberFormat(currentLanguage().language, { maximumFractionDigits: 6 }).format(n);
}

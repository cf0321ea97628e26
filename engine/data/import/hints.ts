import { t } from '../../../spec/words/t.ts';
import { type Hints, type Understood, understand } from './columns.ts';
import type { Order } from './dates.ts';
import type { Look } from './look.ts';

/** Facts of the project that settle what files leave open. */
export interface Project {
  zone: string;
  currency: string;
  locale: string;
}

/** Understands the columns of files; what one column leaves open others settle, of its file first. */
export function understandAll(looks: Look[], project: Project): Understood[][] {
  const usual: Hints = { order: 'day-month', why: '', decimal: '.' };
  const first = looks.map(({ columns }) => columns.map((column) => understand(column, usual)));
  return looks.map((look, i) => {
    const own = first[i] ?? [];
    const hints = hintsOf(look, own, first.flat(), project);
    const { each } = look.writing;
    return look.columns.map((column) => ({ ...understand(column, hints), ...(each !== undefined && { each }) }));
  });
}

function hintsOf({ writing }: Look, own: Understood[], all: Understood[], project: Project): Hints {
  const settled = (columns: Understood[]) => columns.find((one) => one.order !== undefined);
  const points = (columns: Understood[]) =>
    columns.find((one) => one.writing.decimal !== undefined && one.remarks.length === 0);
  const decimal = points(own)?.decimal ?? points(all)?.decimal ?? (writing.delimiter === ';' ? ',' : '.');
  const beside = settled(own);
  const other = settled(all);
  if (beside?.order) return { order: beside.order, why: withOrder(beside.column, beside.order), decimal };
  if (other?.order) return { order: other.order, why: elsewhere(other.column, other.order), decimal };
  const american = isAmerican(all, project);
  if (american) return { order: 'month-day', why: american, decimal };
  return { order: 'day-month', why: t`most countries have the day first`, decimal };
}

function withOrder(column: string, order: Order): string {
  return order === 'day-month' ? t`"${column}" has the day first` : t`"${column}" has the month first`;
}

function elsewhere(column: string, order: Order): string {
  return order === 'day-month'
    ? t`"${column}" of another file has the day first`
    : t`"${column}" of another file has the month first`;
}

function isAmerican(columns: Understood[], { currency, zone, locale }: Project): string | undefined {
  const named = columns.find(
    ({ concept, words }) => concept?.name === 'currency' && words.size === 1 && words.has('USD'),
  );
  if (named) return t`"${named.column}" is USD`;
  const signed = columns.find((one) => one.currency === '$');
  if (signed) return t`"${signed.column}" is in dollars`;
  const states = columns.find(
    ({ concept, texts }) =>
      concept?.name === 'country' && texts.length > 0 && texts.every((text) => /^(us|usa|united states)$/i.test(text)),
  );
  if (states) return t`"${states.column}" is the United States`;
  if (currency === 'USD' || locale === 'en-US') return t`the project is American`;
  return zone.startsWith('America/') && currency !== 'CAD' && currency !== 'BRL'
    ? t`the project's zone is ${zone}`
    : undefined;
}

import type { Metrics } from '../../engine/metrics/shop/metrics.ts';
import { currentLanguage } from '../../spec/words/language.ts';
import { t } from '../../spec/words/t.ts';
import { count, duration, many, moneyFormat, percent } from './format.ts';
import { gridOf, left, type Part, right } from './grid.ts';

type Row = Omit<NonNullable<Metrics['predicted']>['groups'][number], 'value'> & { name: string };

/** Returns what customers are expected to buy. */
export function predictionParts({ predicted, project, by }: Metrics): [title: string, content: Part['content']][] {
  if (!predicted || predicted.customers === 0) return [];
  const money = moneyFormat(project);
  const amount = (n: number | null) => (n === null ? '–' : money(Math.round(n * 100) / 100));
  const { purchasing, spending, groups } = predicted;
  const several = groups.length > 1;
  const rows: Row[] = [
    ...(several ? groups.slice(0, shown).map(({ value, ...one }) => ({ ...one, name: value ?? t`no value` })) : []),
    { ...predicted, name: t`all` },
  ];
  const titles = [t`have bought`, t`still buy`, t`purchases`, t`worth`, t`of one customer`];
  const [r, alpha, a, b] = [purchasing.r, purchasing.alpha, purchasing.a, purchasing.b].map(four) as [
    string,
    string,
    string,
    string,
  ];
  return [
    [
      t`What is expected of customers in the next ${duration(predicted.within)}`,
      [
        ...gridOf(
          [left(several ? (by ?? '') : ''), ...titles.map(right)],
          rows.map((one) => [
            one.name,
            count(one.customers),
            `${count(Math.round(one.alive))} (${percent(one.alive / Math.max(1, one.customers))})`,
            count(Math.round(one.purchases)),
            amount(one.revenue),
            amount(one.revenue === null ? null : one.revenue / Math.max(1, one.customers)),
          ]),
        ),
        t`How often they buy is by BG/NBD (r ${r}, α ${alpha}, a ${a}, b ${b}; weeks), fitted to ${many(predicted.fitted, 'customer')}. A purchase is a day with orders; who has bought once counts as still buying.`,
        ...spendingWords(spending),
      ],
    ],
  ];
}

/** The number of groups that are shown. */
const shown = 20;

function spendingWords(spending: NonNullable<Metrics['predicted']>['spending']): string[] {
  if (!spending) return [];
  const [p, q, gamma] = [spending.p, spending.q, spending.gamma].map(four) as [string, string, string];
  return [t`What a purchase is worth is by Gamma-Gamma (p ${p}, q ${q}, γ ${gamma}).`];
}

/** Returns a parameter with four digits that count. */
function four(n: number): string {
  return new Intl.NumberFormat(currentLanguage().language, { maximumSignificantDigits: 4 }).format(n);
}

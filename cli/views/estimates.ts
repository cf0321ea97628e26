import type { Described } from '../../engine/dry-run/sample/described.ts';
import type { Estimate } from '../../engine/dry-run/sample/estimate.ts';
import type { SimulatedSample } from '../../engine/dry-run/sample/simulated.ts';
import { currentLanguage } from '../../spec/words/language.ts';
import { t } from '../../spec/words/t.ts';
import { count, many, minus, percent, type ViewOptions } from './format.ts';
import { spoken } from './plan-change.ts';
import { table } from './table.ts';
import { fold } from './wrap.ts';

/** `end`: of an interval, which is rounded outwards. */
type Show = (n: number, end?: 'low' | 'high') => string;

/** Returns a formatter of estimated amounts: in whole coins, since nothing smaller is known of them. */
export function estimatedMoney({ currency }: { currency: string }): Show {
  const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
  const { language } = currentLanguage();
  const rounding = { low: 'floor', high: 'ceil' } as const;
  return (amount, end) =>
    new Intl.NumberFormat(language, { ...options, roundingMode: end ? rounding[end] : 'halfExpand' }).format(amount);
}

/** A number with its interval: `≈ 1,320 (1,210–1,430)`; alone where it is exact. */
export function estimateWords({ estimate, low, high }: Estimate, show: Show = count): string {
  return low === high ? show(estimate) : `≈\u00a0${show(estimate)} (${show(low, 'low')}–${show(high, 'high')})`;
}

/** Formats the estimate of a difference, with signs: `≈ +120 (−5 to +245)`. */
export function differenceWords({ estimate, low, high }: Estimate, show: Show = count): string {
  const signed: Show = (n, end) => minus(n > 0 ? `+${show(n, end)}` : show(n, end));
  if (low === high) return signed(estimate);
  return `≈\u00a0${signed(estimate)} (${t`${signed(low, 'low')} to ${signed(high, 'high')}`})`;
}

/** Returns true if the numbers are estimates. */
export function isPart(sample: Described | undefined): sample is Described {
  return sample !== undefined && sample.customers < sample.of;
}

/** Returns what was simulated, and how to read the numbers. */
export function sampleLines(sample: Described, width: number): string[] {
  const { customers, of, asked = customers, confidence, unseen, ranked = [] } = sample;
  if (!isPart(sample)) return fold([t`The sample has all ${many(of, 'customer')}: the numbers are exact.`], width);
  return fold(
    [
      t`Only a sample was simulated: ${customers} of ${many(of, 'customer')}.`,
      ...(asked === customers
        ? []
        : [t`About ${asked} were asked for; customers who share an address are drawn together.`]),
      t`After ≈ is an estimate for all customers, in brackets the interval that has the exact number with a confidence of ${percent(confidence, 0)}.`,
      t`What happens to nobody in the sample is not shown: it may happen to up to ${many(unseen, 'customer')}.`,
      ...(ranked.length === 0
        ? []
        : [
            t`Ranked within the sample (top or bottom N %, RFM): ${ranked.map(spoken).join(', ')}. That adds an error which these intervals do not have.`,
          ]),
    ],
    width,
  );
}

/** Returns what the sample of a simulation tells about all customers. */
export function renderEstimates(sample: SimulatedSample, project: { currency: string }, view: ViewOptions): string[] {
  const money = estimatedMoney(project);
  const right = (title: string) => ({ title, right: true });
  const { totals, entries, sends } = sample;
  const campaigns = [...new Set([...entries, ...sends].map(({ campaign }) => campaign))].sort();
  const rows = campaigns.flatMap((campaign) => {
    const entered = entries.find((one) => one.campaign === campaign)?.entered;
    const mine = sends.filter((one) => one.campaign === campaign);
    const first = entered ? estimateWords(entered) : '';
    if (mine.length === 0) return [[campaign, first, '', '', '']];
    return mine.map(({ channel, sent, cost }, i) => [
      i === 0 ? campaign : '',
      i === 0 ? first : '',
      channel,
      estimateWords(sent),
      estimateWords(cost, money),
    ]);
  });
  const all = [
    t`all`,
    estimateWords(totals.entered),
    '',
    estimateWords(totals.sent),
    estimateWords(totals.cost, money),
  ];
  return table(
    [{ title: t`campaign` }, right(t`entered`), { title: t`channel` }, right(t`sent`), right(t`cost`)],
    [...rows, all],
    view.width - 2,
  );
}

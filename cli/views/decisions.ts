import type { Estimate } from '../../engine/metrics/stats/sample.ts';
import { t } from '../../spec/words/t.ts';
import type { Proposed } from '../commands/decide.ts';
import { fixed, many, minus, moneyFormat, type ViewOptions } from './format.ts';
import { wrapped } from './wrap.ts';

type Project = Parameters<typeof moneyFormat>[0];

/** Returns what is decided: of each winner the line of its file before and after. `written`: the files have the changes. */
export function decisionsText(proposed: Proposed[], written: boolean, project: Project, view: ViewOptions): string {
  const money = moneyFormat(project);
  const lines = proposed.flatMap((one) => [
    wrapped(`${one.campaign}.${one.step}: ${words(one, money)}`, view.width),
    ...changeOf(one),
  ]);
  const changes = proposed.some(({ change }) => change);
  if (proposed.length === 0) lines.push(t`Nothing is to be decided: no split and no variants have the key \`decide\`.`);
  if (changes)
    lines.push(
      '',
      wrapped(
        written
          ? t`It is written. \`crm plan\` shows what an apply would change.`
          : t`Nothing is written yet: \`crm decide --write\` does it.`,
        view.width,
      ),
    );
  return `${lines.join('\n')}\n`;
}

function words({ decided, by }: Proposed, money: (n: number) => string): string {
  const points = (n: number) => signed(n, (one) => fixed(one * 100, 1));
  const coins = (n: number) => signed(n, (one) => money(Math.round(one * 100) / 100));
  switch (decided.verdict) {
    case 'winner':
      return decided.certain
        ? by === 'conversion'
          ? t`${decided.arm} takes all: ${points(decided.certain.estimate)} points of the customers reach the goal, with 95% confidence ${range(decided.certain, points)}.`
          : t`${decided.arm} takes all: ${coins(decided.certain.estimate)} from each customer, with 95% confidence ${range(decided.certain, coins)}.`
        : decided.why === 'worse'
          ? t`${decided.arm} takes all: all others are worse.`
          : t`${decided.arm} takes all: nothing is certain, and the time for it is over.`;
    case 'not-yet':
      return decided.moreDays === null
        ? t`not yet, and it cannot be told when.`
        : t`not yet: about ${many(decided.moreDays, 'more day')}, if the difference stays as it is.`;
    case 'mismatch':
      return t`not decided: the arms do not have the customers that their shares give them.`;
    case 'made':
      return t`decided: ${decided.arm} takes all.`;
    case 'unapplied':
      return t`not decided: the files have another version of the campaign than the one that runs.`;
    default:
      return t`not yet: nobody has been drawn in the version that runs.`;
  }
}

/** A line that only gets another one behind it is shown as it is. */
function changeOf({ change }: Proposed): string[] {
  if (!change) return [];
  const { file, line, before, after } = change;
  const [first, ...more] = after;
  const changed = first === before ? [`    ${before}`] : [`  - ${before}`, `  + ${first}`];
  return [`  ${file}:${line}`, ...changed, ...more.map((added) => `  + ${added}`)];
}

const signed = (n: number, show: (n: number) => string) => minus(n > 0 ? `+${show(n)}` : show(n));
const range = ({ low, high }: Estimate, show: (n: number) => string) => t`${show(low)} to ${show(high)}`;

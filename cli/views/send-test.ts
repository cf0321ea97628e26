import pc from 'picocolors';
import { t } from '../../spec/words/t.ts';
import { many, printable, type ViewOptions } from './format.ts';
import { detailWords, refusalWords } from './words.ts';
import { hang } from './wrap.ts';

/** The outcome of a test message. */
export interface TestSent {
  id: string;
  channel: string;
  template: string;
  campaign?: string;
  step?: string;
  /** sent, failed, retry (it was not taken for now), unknown or cut. */
  status: string;
  reason?: string;
  detail?: string;
}

export interface TestReport {
  sent: TestSent[];
  /** Messages that do not go to such an address. */
  others: { channel: string; template: string }[];
}

/** A line a message. */
export function testSentText({ sent, others }: TestReport, view: ViewOptions): string {
  const { green, red, dim } = pc.createColors(view.color);
  const lines = printable(sent).map(({ channel, template, step, campaign, status, reason, detail }) => {
    const place = campaign === undefined ? '' : dim(` (${campaign}, ${step})`);
    const why = reason === undefined ? '' : `: ${refusalWords(reason, { channel })}`;
    const told =
      status === 'sent'
        ? green(t`sent, marked [test]`)
        : red(status === 'unknown' || status === 'cut' ? t`unknown whether it was sent` : t`not sent`);
    return `${channel} ${template}${place}: ${told}${why}${detail === undefined ? '' : dim(` [${detailWords(detail)}]`)}`;
  });
  const rest = printable([...new Set(others.map(({ channel }) => channel))]).join(', ');
  const left = others.length === 0 ? [] : [t`${many(others.length, 'message')} for ${rest} left out.`];
  return `${[...lines, ...left].flatMap((line) => hang('', line, view.width, 2)).join('\n')}\n`;
}

/** Returns the result as one versioned JSON value. */
export function testSentJson(name: string, { sent, others }: TestReport): Record<string, unknown> {
  return { format: 1, type: 'send-test', name, messages: sent, others };
}

import type { MessageChange, MessageText } from '../../engine/plan/messages.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { t } from '../../spec/words/t.ts';
import { isPart } from './estimates.ts';
import { count, many, printable } from './format.ts';
import { escapeHtml, frame, plain } from './html.ts';
import { fence, line } from './markdown.ts';
import { spoken } from './plan-change.ts';
import { periodOf, type Shown } from './plan-forecast.ts';

/** The most messages that the terminal names, and that Markdown shows. */
const mostNamed = 12;
const mostShown = 10;
/** The most lines of a text in Markdown. */
const mostLines = 30;
const PHONE = 390;

/** The messages of a plan with the lines of their texts, which `printable` of a whole plan would lose; nothing in a text may steer a terminal. */
export function textsOf({ effects }: Plan): MessageChange[] {
  const side = ({ text, html, ...heads }: MessageText): MessageText => ({
    ...printable(heads),
    text: text.split('\n').map(printable).join('\n'),
    ...(html !== undefined && { html }),
  });
  return effects.forecast.details.messages.changed.map(({ before, after, ...one }) => ({
    ...printable(one),
    ...(before && { before: side(before) }),
    ...(after && { after: side(after) }),
  }));
}

/** Returns which messages change, whom they go to, and for how many of them values are missing: a line each. */
export function messageLines(plan: Shown): string[] {
  const { changed, more } = plan.effects.forecast.details.messages;
  const shown = changed.slice(0, mostNamed);
  const rest = changed.length - shown.length + more;
  return [
    ...shown.map((one) => [titleOf(one, plan), ...missingOf(one, plan)].join('; ')),
    ...(rest > 0 ? [t`… and ${many(rest, 'more message')}`] : []),
  ];
}

/** Returns the texts of before and after, as Markdown; empty where none changes. */
export function messageMarkdown(plan: Shown, changed: MessageChange[]): string {
  const { more } = plan.effects.forecast.details.messages;
  const shown = changed.slice(0, mostShown);
  if (shown.length === 0) return '';
  const rest = changed.length - shown.length + more;
  return [
    line(sampleNote()),
    ...shown.map((one) =>
      [
        `**${line(titleOf(one, plan))}**`,
        ...missingOf(one, plan).map(line),
        ...(one.before ? [`${line(t`before`)}:`, fence(linesOf(one.before))] : []),
        ...(one.after ? [`${line(t`after`)}:`, fence(linesOf(one.after))] : []),
      ].join('\n\n'),
    ),
    ...(rest > 0 ? [t`… and ${many(rest, 'more message')}`] : []),
  ].join('\n\n');
}

/** Returns the messages as HTML, before and after beside one another, each in a frame of its own in which nothing runs. */
export function messagePart(plan: Shown, changed: MessageChange[]): string {
  const { more } = plan.effects.forecast.details.messages;
  if (changed.length === 0) return '';
  const parts = changed.map((one, i) => {
    const missing = missingOf(one, plan).map((each) => `<p class="missing">${escapeHtml(each)}</p>`);
    const sides = [one.before && side(one.before, t`before`), one.after && side(one.after, t`after`)];
    return `<details${i < 3 ? ' open' : ''}><summary>${escapeHtml(titleOf(one, plan))}</summary>
${missing.join('\n')}<div class="frames">
${sides.filter((each) => each !== undefined).join('\n')}
</div></details>`;
  });
  const rest = more > 0 ? `<p class="dim">${escapeHtml(t`… and ${many(more, 'more message')}`)}</p>` : '';
  return `<p class="dim">${escapeHtml(sampleNote())}</p>\n${parts.join('\n')}${rest}`;
}

function side({ subject, preheader, text, html }: MessageText, title: string): string {
  const heads = [subject, preheader].filter((one) => one !== undefined).map((one) => `<p>${escapeHtml(one)}</p>`);
  const shown =
    html === undefined
      ? `<figure><figcaption>${escapeHtml(title)}</figcaption>${plain(text, PHONE)}</figure>`
      : frame({ html, text }, title, PHONE, 480);
  return `<div class="side">${heads.join('')}${shown}</div>`;
}

function sampleNote(): string {
  return t`With sample values, not those of customers. Pictures are not loaded.`;
}

function titleOf({ address, locale, campaign, step, messages, before }: MessageChange, { effects }: Shown): string {
  const about = isPart(effects.forecast.sample) ? '≈\u00a0' : '';
  const name = locale === null ? spoken(address) : t`${spoken(address)}, locale ${locale}`;
  const sent = t`${about}${many(messages, 'message')} in ${periodOf(effects)}`;
  return `${name} (${campaign}, ${step}): ${before ? sent : t`which is new: ${sent}`}`;
}

function missingOf({ missing, messages }: MessageChange, { effects }: Shown): string[] {
  const about = isPart(effects.forecast.sample) ? '≈\u00a0' : '';
  const paths = missing.map((one) => t`${one.path} in ${about}${count(one.messages)} of ${count(messages)}`);
  return paths.length > 0 ? [t`missing, and read by the template: ${paths.join(', ')}`] : [];
}

function linesOf({ subject, text }: MessageText): string[] {
  const lines = [...(subject === undefined ? [] : [subject, '']), ...text.split('\n')];
  const rest = lines.length - mostLines;
  return rest > 1 ? [...lines.slice(0, mostLines), t`… and ${rest} more lines`] : lines;
}

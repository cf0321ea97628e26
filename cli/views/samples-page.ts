import type { Sample } from '../../engine/dry-run/simulate/samples.ts';
import { hasTemplates } from '../../spec/model/channel-kinds.ts';
import { t } from '../../spec/words/t.ts';
import { clockFormat, many } from './format.ts';
import { escapeHtml, frame, htmlPage, plain } from './html.ts';
import { readableAddress } from './readable-address.ts';

/** A message, and the path of its file. */
export interface SampleEntry {
  sample: Sample;
  file: string;
}

const style = `
.filter { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 8px 0; }
.filter b { min-width: 80px; }
article { border-top: 1px solid var(--line); margin-top: 20px; padding-top: 12px; }
article h2 { margin: 0 0 4px; }
`;

/** Renders all messages on one page. Filters work by styles alone, so no script runs. `zone`: the zone of the times, IANA. */
export function samplesPage(entries: SampleEntry[], zone: string): string {
  const campaigns = [...new Set(entries.map(({ sample }) => sample.outgoing.campaign))];
  const channels = [...new Set(entries.map(({ sample }) => sample.outgoing.channel))];
  const clock = clockFormat(zone);
  const articles = entries.map(({ sample: { kind, step, customer, outgoing }, file }) => {
    const { campaign, channel, at, to, subject, html, text } = outgoing;
    const facts = [
      `${t`${clock(at)} to customer ${customer}`}${to === customer ? '' : `, ${readableAddress(to)}`}`,
      ...(subject === undefined ? [] : [subject]),
    ];
    const shown =
      html === undefined
        ? plain(!hasTemplates(kind) ? pretty(text) : text)
        : `${frame({ html, text }, t`Phone`, 390, 560)}\n${frame({ html, text }, t`Desktop`, 760, 560)}`;
    return `<article data-campaign="${campaigns.indexOf(campaign)}" data-channel="${channels.indexOf(channel)}">
<h2>${escapeHtml(`${campaign}, ${step}: ${channel}`)}</h2>
${facts.map((fact) => `<p class="dim">${escapeHtml(fact)}</p>\n`).join('')}<p class="dim"><a href="${escapeHtml(encodeURI(file))}">${escapeHtml(file)}</a></p>
<div class="frames">
${shown}
</div>
</article>
`;
  });
  const head = `<h1>${escapeHtml(t`${many(entries.length, 'message')} of a simulation`)}</h1>
<p class="dim">${escapeHtml(t`Nothing was sent. Times are in ${zone}.`)}</p>
${filter('campaign', t`campaign`, t`any campaign`, campaigns)}${filter('channel', t`channel`, t`any channel`, channels)}`;
  return htmlPage(
    t`Messages of a simulation`,
    head + articles.join(''),
    `${style}${rules('campaign', campaigns)}${rules('channel', channels)}`,
  );
}

function filter(name: string, title: string, all: string, values: string[]): string {
  const choice = (id: string, label: string, checked = '') =>
    `<label><input type="radio" name="${name}" id="${id}"${checked}> ${escapeHtml(label)}</label>`;
  const choices = values.map((value, i) => choice(`${name}-${i}`, value));
  return `<div class="filter"><b>${escapeHtml(title)}</b>${choice(`${name}-all`, all, ' checked')}${choices.join('')}</div>\n`;
}

/** Returns the style rules of a filter. They refer to values by index, never by text. */
function rules(name: string, values: string[]): string {
  return values
    .map((_, i) => `body:has(#${name}-${i}:checked) article:not([data-${name}="${i}"]) { display: none; }\n`)
    .join('');
}

function pretty(json: string): string {
  return JSON.stringify(JSON.parse(json), null, 2);
}

const ban = `<meta http-equiv="Content-Security-Policy" content="script-src 'none'; object-src 'none'; frame-src 'none'">`;

/** Returns a message's HTML as a separate document in which no script runs, as in a mail program. */
export function withoutScripts(html: string): string {
  const [start] = /^\s*(<!doctype[^>]*>)?\s*(<html\b[^>]*>)?\s*(<head\b[^>]*>)?/i.exec(html) ?? [''];
  return `${start}<meta charset="utf-8">${ban}${html.slice(start.length)}`;
}

import pc from 'picocolors';
import type { Preview } from '../../engine/inspect/preview.ts';
import { t } from '../../spec/words/t.ts';
import type { TemplateSubject } from '../subject.ts';
import { indent, printable, type ViewOptions } from './format.ts';
import { escapeHtml, frame, htmlPage, plain } from './html.ts';
import { hang, wrapped } from './wrap.ts';

export type PreviewView = TemplateSubject['origin'] & {
  template: string;
  previews: Preview[];
};

const PHONE = 390;
const DESKTOP = 760;

/** Returns the text that a recipient reads. */
export function previewText(preview: PreviewView, view: ViewOptions): string {
  const { bold, dim, yellow } = pc.createColors(view.color);
  const width = view.width - 2;
  const shown = printable({ ...preview, previews: [] });
  const lines = [
    bold(t`Template ${shown.template}`),
    ...originLines(shown).flatMap((line) => hang('', line, view.width)),
  ];
  for (const one of preview.previews) {
    const { rendered, missing } = one;
    const heads = headLines(one).flatMap(([name, value]) => hang(`${dim(`${name}:`)} `, printable(value), width));
    const body = rendered.text.split('\n').flatMap((line) => wrapped(printable(line), width).split('\n'));
    lines.push(
      '',
      ...hang('', `${bold(one.kind)}${dim(useWords(one))}`, view.width, 2),
      ...indent([...heads, '', ...body]),
    );
    if (missing.length > 0) lines.push(...indent(['', ...hang('', missingWords(missing), width, 2).map(yellow)]));
  }
  return `${lines.join('\n')}\n`;
}

/** Renders one page with everything: each e-mail as wide as a phone and as a desktop. */
export function previewPage(preview: PreviewView): string {
  const parts = preview.previews.map((one) => {
    const { kind, rendered, missing } = one;
    const heads = headLines(one).map(([name, value]) => line(`${name}: ${value}`));
    const note = missing.length > 0 ? `<p class="missing">${escapeHtml(missingWords(missing))}</p>\n` : '';
    const text = `<figure><figcaption>${escapeHtml(rendered.html === undefined ? t`Phone` : t`Text`)}</figcaption>${plain(rendered.text, PHONE)}</figure>`;
    const { html } = rendered;
    const message = html === undefined ? undefined : { html, text: rendered.text };
    const frames = message ? [frame(message, t`Phone`, PHONE), frame(message, t`Desktop`, DESKTOP), text] : [text];
    return `<h2>${escapeHtml(kind + useWords(one))}</h2>\n${heads.join('')}${note}<div class="frames">\n${frames.join('\n')}\n</div>\n`;
  });
  const title = t`Template ${preview.template}`;
  return htmlPage(title, `<h1>${escapeHtml(title)}</h1>\n${originLines(preview).map(line).join('')}${parts.join('')}`);
}

function line(text: string): string {
  return `<p class="dim">${escapeHtml(text)}</p>\n`;
}

function originLines({ customer, event }: Pick<PreviewView, 'customer' | 'event'>): string[] {
  return [
    customer === undefined ? t`With sample values, not those of a customer.` : t`As customer ${customer} would get it.`,
    ...(event ? [eventWords(event)] : []),
  ];
}

function eventWords({ kind, from }: NonNullable<PreviewView['event']>): string {
  switch (from) {
    case 'file':
      return t`The event ${kind} is that of the file.`;
    case 'latest':
      return t`The event ${kind} is the customer's latest.`;
    case 'excluded':
      return t`The event ${kind} is the customer's latest, but it would not start the campaign: its \`when\` does not hold for it.`;
    case 'sample':
      return t`The event ${kind} has sample values.`;
  }
}

function useWords({ use, rendered }: Preview): string {
  const locale = rendered.locale ?? t`any`;
  return use
    ? t`, sent on ${use.channel} by ${use.campaign} (${use.step}), locale ${locale}`
    : t`, which no campaign sends, locale ${locale}`;
}

function headLines({ from, rendered: { subject, preheader, html } }: Preview): [name: string, value: string][] {
  const title = html === undefined ? t`Title` : t`Subject`;
  return [
    ...(from === undefined ? [] : [[t`From`, from] as [string, string]]),
    ...(subject === undefined ? [] : [[title, subject] as [string, string]]),
    ...(preheader === undefined ? [] : [[t`Preheader`, preheader] as [string, string]]),
  ];
}

function missingWords(missing: string[]): string {
  return t`Missing, and read by the template: ${missing.join(', ')}`;
}

/** Returns the preview as one versioned JSON value. `page`: the path of the page. */
export function previewJson({ previews, ...origin }: PreviewView, page: string): Record<string, unknown> {
  return {
    format: 1,
    type: 'preview',
    ...origin,
    page,
    previews: previews.map(({ kind, use, from, rendered, missing }) => {
      const { locale, subject, preheader, html, text } = rendered;
      return { kind, ...use, from, locale, subject, preheader, html, text, missing };
    }),
  };
}

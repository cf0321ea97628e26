import pc from 'picocolors';
import type { Preview } from '../../engine/look/preview.ts';
import type { Told } from '../subject.ts';
import { indent, printable, type ViewOptions } from './format.ts';
import { escapeHtml, frame, htmlPage, plain } from './html.ts';

export type PreviewView = Told['origin'] & {
  template: string;
  previews: Preview[];
};

const PHONE = 390;
const DESKTOP = 760;

/** Returns the text that a recipient reads. */
export function previewText(told: PreviewView, view: ViewOptions): string {
  const { bold, dim, yellow } = pc.createColors(view.color);
  const shown = printable({ ...told, previews: [] });
  const lines = [bold(`Template ${shown.template}`), ...originLines(shown)];
  for (const one of told.previews) {
    const { rendered, missing } = one;
    const heads = headLines(one).map(([name, value]) => `${dim(`${name}:`)} ${printable(value)}`);
    const body = rendered.text.split('\n').map((line) => printable(line));
    lines.push('', `${bold(one.kind)}${dim(useWords(one))}`, ...indent([...heads, '', ...body]));
    if (missing.length > 0) lines.push(...indent(['', yellow(missingWords(missing))]));
  }
  return `${lines.join('\n')}\n`;
}

/** One page with everything: each e-mail as wide as a phone and as a desktop. */
export function previewPage(told: PreviewView): string {
  const parts = told.previews.map((one) => {
    const { kind, rendered, missing } = one;
    const heads = headLines(one).map(([name, value]) => line(`${name}: ${value}`));
    const note = missing.length > 0 ? `<p class="missing">${escapeHtml(missingWords(missing))}</p>\n` : '';
    const text = `<figure><figcaption>${kind === 'email' ? 'Text' : 'Phone'}</figcaption>${plain(rendered.text, PHONE)}</figure>`;
    const frames =
      rendered.html === undefined
        ? [text]
        : [frame(rendered.html, 'Phone', PHONE), frame(rendered.html, 'Desktop', DESKTOP), text];
    return `<h2>${escapeHtml(kind + useWords(one))}</h2>\n${heads.join('')}${note}<div class="frames">\n${frames.join('\n')}\n</div>\n`;
  });
  const title = `Template ${told.template}`;
  return htmlPage(title, `<h1>${escapeHtml(title)}</h1>\n${originLines(told).map(line).join('')}${parts.join('')}`);
}

function line(text: string): string {
  return `<p class="dim">${escapeHtml(text)}</p>\n`;
}

function originLines({ customer, event }: Pick<PreviewView, 'customer' | 'event'>): string[] {
  const from = { file: 'is that of the file', latest: "is the customer's latest", sample: 'has sample values' };
  return [
    customer === undefined ? 'With sample values, not those of a customer.' : `As customer ${customer} would get it.`,
    ...(event ? [`The event ${event.kind} ${from[event.from]}.`] : []),
  ];
}

function useWords({ use, rendered }: Preview): string {
  const by = use ? `, sent on ${use.channel} by ${use.campaign} (${use.step})` : ', which no campaign sends';
  return `${by}, locale ${rendered.locale ?? 'any'}`;
}

function headLines({ kind, from, rendered: { subject, preheader } }: Preview): [name: string, value: string][] {
  const title = kind === 'email' ? 'Subject' : 'Title';
  return [
    ...(from === undefined ? [] : [['From', from] as [string, string]]),
    ...(subject === undefined ? [] : [[title, subject] as [string, string]]),
    ...(preheader === undefined ? [] : [['Preheader', preheader] as [string, string]]),
  ];
}

function missingWords(missing: string[]): string {
  return `Missing, and read by the template: ${missing.join(', ')}`;
}

/** One value, versioned. `page`: the path of the page. */
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

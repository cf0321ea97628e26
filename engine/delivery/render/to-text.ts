import { compile } from 'html-to-text';

const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/** HTML to plain text: a line a table row, links with their addresses behind, pictures by their texts. */
export const toText: (html: string) => string = compile({
  wordwrap: false,
  // E-mails are nested tables; this deep only mistakes are.
  limits: { maxDepth: 200, ellipsis: '' },
  formatters: {
    alternative: (element, _walk, builder) => {
      if (element.attribs.alt) builder.addInline(element.attribs.alt);
    },
  },
  selectors: [
    ...headings.map((selector) => ({ selector, options: { uppercase: false, leadingLineBreaks: 2 } })),
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
    { selector: 'img', format: 'alternative' },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'td', format: 'inlineSurround', options: { suffix: ' ' } },
    { selector: 'th', format: 'inlineSurround', options: { suffix: ' ' } },
  ],
});

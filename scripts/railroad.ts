import rr from 'railroad-diagrams';
import type { GrammarRule, Production } from './productions.ts';

type Drawing = ReturnType<typeof rr.Skip>;

/** The style sheet of a picture, which has none of the page's; its colours are those that the reader prefers. */
const style = `
svg { background-color: #ffffff; }
path { stroke: #57606a; stroke-width: 2; fill: none; }
text { font: bold 14px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; text-anchor: middle; fill: #1f2328; }
rect { stroke: #57606a; stroke-width: 2; fill: #eaeef2; }
rect[rx] { fill: #dafbe1; }
@media (prefers-color-scheme: dark) {
svg { background-color: #0d1117; }
path, rect { stroke: #8b949e; }
text { fill: #e6edf3; }
rect { fill: #21262d; }
rect[rx] { fill: #12361f; }
}
`;

/** Returns a rule as a railroad diagram: an SVG file that needs no other. Words have round corners, names square ones. */
export function drawRule({ name, production }: GrammarRule): string {
  const svg = rr.Diagram(draw(production)).toString();
  const head = `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${name}" `;
  return svg
    .replace('<svg ', head)
    .replace('>', `>\n<style>${style}</style>`)
    .replaceAll(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))));
}

function draw(production: Production): Drawing {
  switch (production.kind) {
    case 'word':
      return rr.Terminal(production.text);
    case 'name':
      return rr.NonTerminal(production.name);
    case 'sequence':
      return rr.Sequence(...production.parts.map(draw));
    case 'choice':
      return rr.Choice(0, ...production.of.map(draw));
    case 'optional':
      return rr.Optional(draw(production.of));
    case 'many':
      return rr.ZeroOrMore(draw(production.of));
  }
}

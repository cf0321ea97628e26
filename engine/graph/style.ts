import type { NodeKind } from './graph.ts';

type Colours = Record<NodeKind, [fill: string, line: string]>;

const light: Colours = {
  entry: ['#dbeafe', '#2563eb'],
  wait: ['#f3f4f6', '#9ca3af'],
  message: ['#dcfce7', '#16a34a'],
  choice: ['#fef3c7', '#d97706'],
  change: ['#ede9fe', '#7c3aed'],
  notice: ['#cffafe', '#0891b2'],
  end: ['#f3f4f6', '#4b5563'],
  goal: ['#fce7f3', '#db2777'],
};

const dark: Colours = {
  entry: ['#172554', '#60a5fa'],
  wait: ['#1f2937', '#6b7280'],
  message: ['#052e16', '#4ade80'],
  choice: ['#451a03', '#fbbf24'],
  change: ['#2e1065', '#a78bfa'],
  notice: ['#083344', '#22d3ee'],
  end: ['#1f2937', '#9ca3af'],
  goal: ['#500724', '#f472b6'],
};

/** The style sheet, all of it under one class, so that it does not change the page around the picture. */
export const rootClass = 'kaskad-graph';

const root = `.${rootClass}`;

export const styleSheet = [
  `${root} text{font-family:system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;text-anchor:middle}`,
  `${root} .bold{font-weight:600}`,
  `${root} .heading{font-weight:600;text-anchor:start}`,
  `${root} .way{fill:none;stroke-width:1.4}`,
  `${root} .anytime{stroke-dasharray:4 4}`,
  scheme(light, { paper: '#ffffff', ink: '#111827', line: '#6b7280' }),
  `@media(prefers-color-scheme:dark){${scheme(dark, { paper: '#0d1117', ink: '#e5e7eb', line: '#9ca3af' })}}`,
].join('');

function scheme(colours: Colours, { paper, ink, line }: { paper: string; ink: string; line: string }): string {
  const kinds = Object.entries(colours).map(
    ([kind, [fill, stroke]]) => `${root} .${kind} .node{fill:${fill};stroke:${stroke}}`,
  );
  return [
    `${root} .paper{fill:${paper}}${root} text{fill:${ink}}${root} .label{fill:${line}}`,
    `${root} .way{stroke:${line}}${root} .tip{fill:${line}}`,
    ...kinds,
  ].join('');
}

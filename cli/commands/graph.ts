import { mkdir } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import type { Graph } from '../../engine/graph/graph.ts';
import { journeyGraph } from '../../engine/graph/journey.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import { findCampaign } from '../find-campaign.ts';
import type { Io } from '../io.ts';
import { load, type ProjectOptions } from '../load.ts';
import { remark } from '../say.ts';
import { writeWhole } from '../write.ts';

export interface GraphOptions extends ProjectOptions {
  format?: 'mermaid' | 'svg';
  out?: string;
}

/** Draws one campaign, or all of them. */
export async function graph(io: Io, name: string | undefined, options: GraphOptions): Promise<number> {
  if (!options.json && options.format === undefined) formatOf(options.out ?? '');
  const { model } = await load(io, options);
  const chosen = name === undefined ? model.campaigns : [findCampaign(model.campaigns, name, 'this project')];
  if (chosen.length === 0) throw new UserError('nothing-to-do', t`This project has no campaigns to draw.`);
  const prefix = (i: number) => (chosen.length === 1 ? 'n' : `c${i}n`);
  const text = await renderGraphs(
    chosen.map((campaign, i) => journeyGraph(campaign, model.channels, prefix(i))),
    options,
  );
  if (options.out === undefined) {
    await io.out(text);
    return exit.fine;
  }
  const path = resolve(io.cwd, options.out);
  await mkdir(dirname(path), { recursive: true });
  await writeWhole(path, text);
  remark(io, t`The graph is in ${options.out}.`);
  return exit.fine;
}

/** Renders graphs in the requested format. The layout library is loaded only for SVG. */
async function renderGraphs(graphs: Graph[], { json, format, out = '' }: GraphOptions): Promise<string> {
  if (json) return `${JSON.stringify({ format: 1, type: 'graph', campaigns: graphs })}\n`;
  if ((format ?? formatOf(out)) === 'svg') return (await import('../../engine/graph/svg.ts')).svg(graphs);
  const text = (await import('../../engine/graph/mermaid.ts')).mermaid(graphs);
  return extname(out).toLowerCase() === '.md' ? `\`\`\`mermaid\n${text}\`\`\`\n` : text;
}

const formats: Record<string, 'mermaid' | 'svg'> = {
  '': 'mermaid',
  '.md': 'mermaid',
  '.mermaid': 'mermaid',
  '.mmd': 'mermaid',
  '.svg': 'svg',
  '.txt': 'mermaid',
};

/** Returns the format for a file name. */
function formatOf(out: string): 'mermaid' | 'svg' {
  const extension = extname(out).toLowerCase();
  const format = formats[extension];
  if (format !== undefined) return format;
  throw new UserError(
    'wrong-call',
    t`A graph cannot be written as ${extension.slice(1)}.`,
    t`Call the file .svg for a picture, .mmd or .md for Mermaid; or say --format.`,
  );
}

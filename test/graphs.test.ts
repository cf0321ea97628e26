import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readProject } from '../cli/project.ts';
import { journeyGraph } from '../engine/graph/journey.ts';
import { type Box, layOut, type Point } from '../engine/graph/layout.ts';
import { mermaid } from '../engine/graph/mermaid.ts';
import { loadProject } from '../spec/load.ts';
import type { Step } from '../spec/model/campaign.ts';
import { model } from './laws/random-model.ts';

// Journeys that nobody would write are drawn like the others.

const campaigns = model
  .filter(({ campaigns }) => campaigns.length > 0)
  .map(({ campaigns, channels }) => ({ campaigns, channels }));

it('shows every step once, and leads nowhere else', () => {
  fc.assert(
    fc.property(campaigns, ({ campaigns, channels }) => {
      for (const campaign of campaigns) {
        const { nodes, edges } = journeyGraph(campaign, channels);
        const shown = nodes.flatMap(({ step }) => step ?? []).sort();
        expect(shown).toEqual(idsOf(campaign.steps).sort());
        const ids = new Set(nodes.map(({ id }) => id));
        for (const { from, to } of edges) expect(ids.has(from) && ids.has(to)).toBe(true);
        for (const { id, kind } of nodes.slice(1)) {
          expect(
            edges.some(({ to }) => to === id),
            `${id} is reached`,
          ).toBe(true);
          expect(
            edges.some(({ from }) => from === id),
            `${id} leads on`,
          ).toBe(kind !== 'end' && kind !== 'goal');
        }
        for (const line of mermaid([{ campaign: 'x', title: '', nodes, edges }]).split('\n')) {
          expect(line.split('"').length % 2, line).toBe(1);
        }
      }
    }),
    { numRuns: 300 },
  );
});

it('lets no boxes overlap', () => {
  fc.assert(
    fc.property(campaigns, ({ campaigns, channels }) => {
      for (const campaign of campaigns) {
        const { nodes, edges } = layOut(journeyGraph(campaign, channels));
        const boxes = [...nodes.map(({ box }) => box), ...edges.flatMap(({ label }) => (label ? [label.box] : []))];
        for (const [i, box] of boxes.entries())
          for (const other of boxes.slice(i + 1)) expect(apart(box, other), JSON.stringify([box, other])).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

it('lets no two ways of the campaigns of this repository cross', async () => {
  const { model } = loadProject(await readProject(join(import.meta.dirname, '..')));
  const crossed = model?.campaigns.flatMap((campaign) => {
    const { edges } = layOut(journeyGraph(campaign, model.channels));
    const parts = edges.flatMap(({ edge, points }, way) =>
      points
        .slice(1)
        .map((end, i) => ({ way, name: `${edge.from} to ${edge.to}`, ends: [points[i] ?? end, end] as const })),
    );
    return parts.flatMap((one, i) =>
      parts.slice(i + 1).flatMap((other) => {
        const cross = one.way !== other.way && meet(one.ends, other.ends);
        return cross ? [`${campaign.name}: ${one.name} and ${other.name}`] : [];
      }),
    );
  });
  expect(crossed).toEqual([]);
});

type Line = readonly [Point, Point];

function meet(one: Line, other: Line): boolean {
  const side = ([a, b]: Line, { x, y }: Point) => Math.sign((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x));
  const parted = (line: Line, [a, b]: Line) => side(line, a) * side(line, b) < 0;
  return parted(one, other) && parted(other, one);
}

function apart(a: Box, b: Box): boolean {
  const slack = 0.01;
  return (
    Math.abs(a.x - b.x) + slack >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) + slack >= (a.height + b.height) / 2
  );
}

/** Only a cascade in preferred order is a point of its own; the others are their stages. */
function idsOf(steps: Step[]): string[] {
  return steps.flatMap((step) => {
    switch (step.kind) {
      case 'if':
      case 'await':
        return [step.id, ...idsOf(step.then), ...idsOf(step.else)];
      case 'split':
        return [step.id, ...step.arms.flatMap((arm) => idsOf(arm.steps))];
      case 'send':
        return [step.id, ...(step.variants ?? []).map(({ name }) => `${step.id}.${name}`)];
      case 'cascade':
        return [...(step.order === 'preferred' ? [step.id] : []), ...step.stages.map(({ id }) => id)];
      default:
        return [step.id];
    }
  });
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../spec/expression/compile.ts';
import { functionNames, infixWords, meanings } from '../spec/expression/operators/registry.ts';
import { printExpression } from '../spec/expression/print.ts';
import { loadProject } from '../spec/load.ts';

const page = readFileSync(new URL('../docs/reference/expressions.md', import.meta.url), 'utf8');
const yaml = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';
const { model, diagnostics } = loadProject([{ path: 'crm.yaml', text: yaml }]);

/** The rows of all tables: cells, of which the last holds the example. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
  .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
  .filter(([first]) => first?.trim() !== 'what');

const code = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text.replaceAll('\\|', '|'));
const examples = rows.flatMap((cells) => code(cells.at(-1)));

describe('the reference of expressions', () => {
  it('is about a right project', () => {
    expect(diagnostics).toEqual([]);
  });

  it('has four columns and an example in every row', () => {
    for (const cells of rows) {
      expect(cells, cells.join('|')).toHaveLength(4);
      expect(code(cells.at(-1)), cells.join('|')).toHaveLength(1);
    }
    expect(rows.length).toBeGreaterThan(45);
  });

  it.each([...examples, ...[...meanings.values()].map(({ example }) => example)])('%s', (text) => {
    if (!model) expect.unreachable();
    const { data, segments, channels, project, rfm } = model;
    const event = data.events.find(({ name }) => name === 'order_paid');
    const scope = {
      ...{ data, segments: segments.map(({ name }) => name), channels: channels.map(({ name }) => name) },
      ...{ currency: project.currency, ...(rfm && { rfm }), ...(event && { event }) },
    };
    const { expression, problems } = compileExpression(text, scope, 'condition');
    expect(problems).toEqual([]);
    if (!expression) expect.unreachable();
    expect(compileExpression(printExpression(expression), scope, 'condition').expression).toEqual(expression);
  });

  it('has every function and every operator', () => {
    const told = examples.join('\n');
    const words = ['contains', 'starts with', 'ends with', 'matches', 'between', 'in (', 'is not missing', 'then not'];
    const rowsText = rows.flat().join('\n');
    for (const word of infixWords) expect(rowsText).toContain(word);
    // `min` and `first` share the rows of `max` and `last`.
    const calls = [...functionNames].filter((name) => name !== 'min' && name !== 'first');
    const more = [
      'any item',
      'all item',
      'top ',
      'bottom ',
      'rfm.recency',
      'rfm.frequency',
      'rfm.monetary',
      'today',
      ' RUB',
    ];
    for (const word of [...words, ...calls.map((name) => `${name}(`), ...more]) expect(told).toContain(word);
  });
});

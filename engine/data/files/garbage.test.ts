import fc from 'fast-check';
import { expect, test } from 'vitest';
import { load } from './load.test-helper.ts';
import { eventShape } from './shape.ts';

const shape = eventShape({
  name: 'order_paid',
  sources: [],
  fields: [
    { name: 'total', type: 'money', pii: false },
    { name: 'items', type: 'list', pii: false, items: [{ name: 'price', type: 'money', pii: false }] },
    { name: 'phone', type: 'phone', pii: true },
  ],
});
const formats = fc.constantFrom('csv', 'jsonl', 'txt', 'tsv');
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc
    .string({
      unit: fc.constantFrom('"', ',', ';', '\n', '\r\n', 'a', '{', '}', '[', ':', '\0', ' ', 'я'),
      maxLength: 300,
    })
    .map((text) => new Uint8Array(Buffer.from(text))),
);
/** Neither ends the line nor opens a quote: it can spoil nothing but its own line. */
const spoiltLine = fc.oneof(
  fc.uint8Array({ maxLength: 60 }).map((line) => line.filter((byte) => byte !== 10 && byte !== 34)),
  fc
    .constantFrom('g1,c,2026-01-01,"x', '"', 'a"b,c,d', '{"id":', '-', 'g2,c,2026-02-30,1,,')
    .map((text) => new Uint8Array(Buffer.from(text))),
);

test('whatever the bytes, nothing is thrown, and problems lie within the file', async () => {
  const header = fc.constantFrom('', 'customer,at,total,items,phone\n', 'customer\tat\n');
  await fc.assert(
    fc.asyncProperty(formats, header, bytes, fc.integer({ min: 1, max: 50 }), async (format, start, rest, chunk) => {
      const file = Buffer.concat([Buffer.from(start), rest]);
      const { problems } = await load(file, shape, { path: `x.${format}`, chunk });
      const lines = file.filter((byte) => byte === 10 || byte === 13).length + 1;
      for (const { line } of problems) expect(line).toBeLessThanOrEqual(lines);
    }),
    { numRuns: 500 },
  );
});

test('good rows around spoilt ones survive, and the problems have the lines of the spoilt ones', async () => {
  const good = (i: number) => ({
    csv: `id${i},c${i},2026-01-01,5,,`,
    jsonl: `{"id":"id${i}","customer":"c${i}","at":"2026-01-01","total":5}`,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('csv' as const, 'jsonl' as const),
      fc.array(fc.option(spoiltLine, { freq: 12 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 200 }),
      async (format, lines, chunk) => {
        // A line that is plainly UTF-8, lest the file be taken for one in Windows-1251.
        const start =
          format === 'csv'
            ? ['id,customer,at,total,items,phone', 'é,é,2026-01-01,,,']
            : ['{"id":"é","customer":"é","at":"2026-01-01"}'];
        const all = [
          ...start.map((line) => Buffer.from(line)),
          ...lines.map((line, i) => line ?? Buffer.from(good(i)[format])),
        ];
        const file = Buffer.concat(all.flatMap((line) => [line, Buffer.from('\n')]));
        const { rows, problems } = await load(file, shape, { path: `x.${format}`, chunk });
        const ids = new Set(rows.map(([id]) => id));
        const odd = new Set(lines.flatMap((line, i) => (line ? [i + 1 + start.length] : [])));
        lines.forEach((line, i) => {
          if (!line) expect(ids).toContain(`id${i}`);
        });
        for (const { line } of problems) expect(odd).toContain(line);
      },
    ),
    { numRuns: 300 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyIso, iso } from './convert/calendar.ts';
import { csvFormat, parseCells, plainCells } from './csv.ts';
import { eventShape } from './shape.ts';

test('a record without quotation marks has the cells that the parser finds', () => {
  const unit = fc.constantFrom(...(",;|\t \u00a0\u2003\u3000\u0085\u200b\u2028\f\v\r\0a1ё😀'".match(/./gsu) ?? []));
  fc.assert(
    fc.property(fc.string({ unit }), fc.constantFrom(',', ';', '|', '\t'), (text, delimiter) => {
      fc.pre(text.trim() !== '');
      expect([plainCells(text, delimiter)]).toEqual(parseCells(text, delimiter));
    }),
    { numRuns: 1500 },
  );
});

test('many records with and without quotation marks have the cells that each has alone', () => {
  const shape = eventShape({ name: 'x', sources: [], fields: [{ name: 'note', type: 'string', pii: false }] });
  const file = { path: 'a.csv', shape, rename: {} };
  const record = fc.array(fc.constantFrom('a', '"b"', '"c,d"', 'e"f', '"g""h"', ' "i" ', '""', ' j ', '"k'), {
    minLength: 2,
    maxLength: 4,
  });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 30 }), (records) => {
      const lines = records.map((cells, i) => ({ number: i + 2, text: cells.join(',') }));
      const header = { number: 1, text: 'id,customer,at' };
      const whole = csvFormat(file);
      const single = csvFormat(file);
      const together = [...whole([header, ...lines], false), ...whole([], true)];
      const apart = [header, ...lines].flatMap((line) => single([line], false)).concat(single([], true));
      expect(together).toEqual(apart);
    }),
    { numRuns: 150 },
  );
});

test('an instant of the usual form is the one that any form of it is', () => {
  const piece = (...texts: string[]) => fc.constantFrom(...texts);
  const text = fc
    .tuple(
      piece('2026', '0999', '1000', '9999', '202a'),
      piece('-', ''),
      piece('01', '02', '12', '13', '00'),
      piece('-', ''),
      piece('01', '28', '29', '31', '00', '32'),
      piece('T', ' ', 't', 'x'),
      piece('00', '23', '24', '9'),
      piece(':', ''),
      piece('00', '59', '60', '5/'),
      piece(':00', ':59', ':60', ':0', ''),
      piece('', '.5', ',123456789'),
      piece('', 'Z', 'z', '+03:00', '-0330', '+18', '+19:00', '+03:60', ' UTC', ' Z'),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (written) => {
      expect(iso(written)).toEqual(anyIso(written));
    }),
    { numRuns: 8000 },
  );
});

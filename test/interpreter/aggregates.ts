import type { AggregateExpression } from '../../spec/model/expression.ts';
import { money } from './numbers.ts';
import { type Occurrence, read, type Value } from './world.ts';

/** Aggregates the events that pass the window and the condition. */
export function aggregate({ fn, field, type }: AggregateExpression, events: Occurrence[]): Value {
  const line = events.toSorted((a, b) => a.at - b.at || a.seq - b.seq);
  const get = (event: Occurrence) => (field === undefined ? event.at : read(event.fields, field));
  const values = line.map(get).filter((value) => value !== undefined);
  const numbers = values.map(Number);
  const sum = numbers.reduce((total, value) => total + value, 0);
  const rounded = (value: number) => (type === 'money' ? money(value) : value);
  switch (fn) {
    case 'count':
      return line.length;
    case 'distinct':
      return new Set(values).size;
    case 'sum':
      return rounded(sum);
    case 'avg':
      return values.length === 0 ? undefined : rounded(sum / values.length);
    case 'min':
      return values.reduce<Value>((least, value) => (least === undefined || value < least ? value : least), undefined);
    case 'max':
      return values.reduce<Value>((most, value) => (most === undefined || value > most ? value : most), undefined);
    case 'first':
    case 'last': {
      const edge = fn === 'first' ? line[0] : line.at(-1);
      return edge && get(edge);
    }
  }
}

import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Column, Row, Value } from './database.ts';

/** Raised whenever the messages change: processes of two versions must not guess at each other's. */
export const PROTOCOL = 1;

/** The first line that a client gets. */
export interface Greeting {
  protocol: number;
  pid: number;
  /** What the process is there for: `crm run`. */
  who: string;
}

/** One line of JSON. `tx`: inside which transaction of this connection; absent: outside of any. */
export type Request = { id: number; tx?: number } & Order;

export type Order =
  | { op: 'query' | 'run'; strings: readonly string[]; values: readonly unknown[] }
  | { op: 'load'; table: string; columns: Column[]; rows: Value[][] }
  | { op: 'begin'; tx: number }
  | { op: 'end'; tx: number; commit: boolean }
  | { op: 'snapshot'; path: string };

export type Result = Row[] | number | null;

/** `refused`: what the database said. */
export type Response = { id: number; result: Result } | { id: number; refused: string };

/** Marks what JSON has no numbers for, and text that begins with the mark. */
const mark = '\u0000';
const numbers: Record<string, number> = {
  [`${mark}NaN`]: Number.NaN,
  [`${mark}Infinity`]: Number.POSITIVE_INFINITY,
  [`${mark}-Infinity`]: Number.NEGATIVE_INFINITY,
};

/** A message as a line. */
export function encode(message: Greeting | Request | Response): string {
  const line = JSON.stringify(message, (_key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return `${mark}${value}`;
    return typeof value === 'string' && value.startsWith(mark) ? `${mark}${value}` : value;
  });
  return `${line}\n`;
}

/** Throws SyntaxError for what is not a message. */
export function decode<T>(line: string): T {
  return JSON.parse(line, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? (numbers[value] ?? value.slice(mark.length)) : value,
  ) as T;
}

/** Hands over every message as it comes. A line that is none ends the connection. */
export function onMessage<T>(input: Readable, each: (message: T) => void): void {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  // It repeats the stream's errors, which concern the stream's owner.
  lines.on('error', () => {});
  lines.on('line', (line) => {
    let message: T;
    try {
      message = decode<T>(line);
    } catch {
      input.destroy();
      return;
    }
    each(message);
  });
}

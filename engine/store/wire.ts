import type { Socket } from 'node:net';
import type { Column, Row, Value } from './database.ts';
import { NEWEST } from './migrations/migrations.ts';

/** Raised whenever the messages change. */
const MESSAGES = 3;

/** Processes that write other messages, or other tables, must not work with one store at the same time. */
export const PROTOCOL = MESSAGES + 1000 * NEWEST;

/** The first line that a client gets. */
export interface Greeting {
  protocol: number;
  pid: number;
  /** The command: `crm run`. */
  who: string;
  /** True if the process holds the store until a person ends it. */
  lasting: boolean;
}

/** One line of JSON. `tx`: inside which transaction of this connection; absent: outside of any. */
export type Request = { id: number; tx?: number } & Order;

/** `values`: of the rows, a list for each column. */
export type Order =
  | { op: 'query' | 'run'; strings: readonly string[]; values: readonly unknown[] }
  | { op: 'load'; table: string; columns: Column[]; values: Value[][] }
  | { op: 'begin'; tx: number }
  | { op: 'end'; tx: number; commit: boolean }
  | { op: 'snapshot'; path: string };

export type Result = Row[] | number | null;

/**
 * `refused`: the database's error. `leaving`: the process is about to give the store up, and has not begun the work.
 * `working`: sent again and again while a client waits, so that it can distinguish a busy process from a stopped one.
 */
export type Response =
  | { id: number; result: Result }
  | { id: number; refused: string }
  | { id: number; leaving: true }
  | { working: true };

/** Longer messages end the connection, bytes. */
export const LONGEST_MESSAGE = 64 * 1024 * 1024;

/** Marks numbers that JSON cannot write, and text that begins with the mark. */
const mark = '\u0000';
const numbers: Record<string, number> = {
  [`${mark}NaN`]: Number.NaN,
  [`${mark}Infinity`]: Number.POSITIVE_INFINITY,
  [`${mark}-Infinity`]: Number.NEGATIVE_INFINITY,
};

/** A message as a line. Throws RangeError if it would be longer than a string can be. */
export function encode(message: Greeting | Request | Response): string {
  const line = JSON.stringify(message, (_key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return `${mark}${value}`;
    return typeof value === 'string' && value.startsWith(mark) ? `${mark}${value}` : value;
  });
  return `${line}\n`;
}

/** Throws SyntaxError for what is not JSON. */
export function decode(line: string): unknown {
  return JSON.parse(line, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? (numbers[value] ?? value.slice(mark.length)) : value,
  );
}

/**
 * Calls `each` with every message of the socket, in order. Destroys the socket at a line that `read` does not accept
 * (it returns undefined), and at one that is longer than `longest` bytes.
 */
export function onMessage<T>(
  socket: Socket,
  read: (message: unknown) => T | undefined,
  each: (message: T) => void,
  longest = Number.POSITIVE_INFINITY,
): void {
  let parts: Buffer[] = [];
  let length = 0;
  const add = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  const take = (): T | undefined => {
    const line = Buffer.concat(parts).toString();
    parts = [];
    length = 0;
    try {
      return read(decode(line));
    } catch {
      return undefined;
    }
  };
  socket.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0 && !socket.destroyed; end = chunk.indexOf(10, from)) {
      add(chunk.subarray(from, end));
      from = end + 1;
      const message = length <= longest ? take() : undefined;
      if (message === undefined) socket.destroy();
      else each(message);
    }
    add(chunk.subarray(from));
    if (length > longest) socket.destroy();
    if (socket.destroyed) parts = [];
  });
}

/** A request with everything in it that the work relies on; undefined for any other message. */
export function readRequest(message: unknown): Request | undefined {
  if (!isRecord(message)) return undefined;
  const { id, tx } = message;
  if (!isNumber(id) || (tx !== undefined && !isNumber(tx))) return undefined;
  return isOrder(message) ? (message as unknown as Request) : undefined;
}

function isOrder(order: Record<string, unknown>): boolean {
  switch (order.op) {
    case 'query':
    case 'run':
      return (
        isList(order.strings, isText) &&
        isList(order.values, isValue) &&
        order.strings.length === order.values.length + 1
      );
    case 'load':
      return (
        isText(order.table) &&
        isList(order.columns, isColumn) &&
        isList(order.values, (column) => isList(column, isValue)) &&
        order.values.length === order.columns.length
      );
    case 'begin':
      return isNumber(order.tx);
    case 'end':
      return isNumber(order.tx) && typeof order.commit === 'boolean';
    case 'snapshot':
      return isText(order.path);
    default:
      return false;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isText = (value: unknown): value is string => typeof value === 'string';
const isValue = (value: unknown): value is Value =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);
const isColumn = (value: unknown): boolean => isRecord(value) && isText(value.name) && isText(value.type);

function isList<T>(value: unknown, item: ((each: unknown) => each is T) | ((each: unknown) => boolean)): value is T[] {
  return Array.isArray(value) && value.every((each) => item(each));
}

/** A greeting of any version; undefined for any other message. */
export function readGreeting(message: unknown): Greeting | undefined {
  const fine = isRecord(message) && isNumber(message.protocol) && isNumber(message.pid) && isText(message.who);
  return fine ? (message as unknown as Greeting) : undefined;
}

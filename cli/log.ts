import pc from 'picocolors';
import { pino } from 'pino';
import type { Io } from './io.ts';

export interface Log {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
}

/** Lines of JSON for programs; on a terminal a line a person can read. Nothing personal is ever given to it. */
export function openLog(io: Io, json: boolean): Log {
  const write = json || !io.terminal.stdout ? (line: string) => void io.out(line) : readable(io);
  const timestamp = () => `,"time":"${new Date(io.now()).toISOString()}"`;
  return pino({ base: null, timestamp, formatters: { level: (label) => ({ level: label }) } }, { write });
}

function readable(io: Io): (line: string) => void {
  const colors = pc.createColors(io.view.color);
  return (line) => {
    const { level, time, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
    const facts = Object.entries(fields).filter(([, value]) => value !== 0);
    const text = facts
      .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' ');
    const word = level === 'warn' ? colors.yellow('warning ') : '';
    const clock = new Date(String(time)).toTimeString().slice(0, 8);
    void io.out(`${colors.dim(clock)} ${word}${String(msg)} ${colors.dim(text)}\n`);
  };
}

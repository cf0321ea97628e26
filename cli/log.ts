import pc from 'picocolors';
import { pino } from 'pino';
import { t, translated } from '../spec/text/t.ts';
import type { Io } from './io.ts';
import { clockFormat } from './views/format.ts';

export interface Log {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
}

/**
 * Lines of JSON for programs; on a terminal a line a person can read, by the project's clock. Nothing personal is ever given to
 * it. `zone`: the project's, IANA.
 */
export function openLog(io: Io, json: boolean, zone: string): Log {
  const write = json || !io.terminal.stdout ? (line: string) => void io.out(line) : readable(io, zone);
  const timestamp = () => `,"time":"${new Date(io.now()).toISOString()}"`;
  return pino({ base: null, timestamp, formatters: { level: (label) => ({ level: label }) } }, { write });
}

function readable(io: Io, zone: string): (line: string) => void {
  const colors = pc.createColors(io.view.color);
  const clock = clockFormat(zone, 1000);
  const local = (value: unknown) => (isInstant(value) ? clock(Date.parse(value)) : value);
  let titled = false;
  return (line) => {
    const { level, time, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
    const facts = Object.entries(fields).filter(([, value]) => value !== 0);
    const text = facts
      .map(([key, value]) => `${key}=${typeof value === 'string' ? local(value) : JSON.stringify(value)}`)
      .join(' ');
    const word = level === 'warn' ? colors.yellow(`${t`warning`} `) : '';
    const title = titled ? '' : `${t`Times are in ${zone}, the project's zone.`}\n`;
    titled = true;
    void io.out(
      `${title}${colors.dim(String(local(time)).slice(11))} ${word}${translated(String(msg))} ${colors.dim(text)}\n`,
    );
  };
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value);
}

import pc from 'picocolors';
import { pino } from 'pino';
import { t } from '../spec/words/t.ts';
import type { Io } from './io.ts';
import { clockFormat, printable } from './views/format.ts';
import { logWords } from './views/run-log.ts';

export interface Log {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
}

/**
 * Returns a log of JSON lines for programs; on a terminal of lines for people, by the project's clock. Nothing personal is
 * logged. `zone`: the project's, IANA.
 */
export function openLog(io: Io, json: boolean, zone: string): Log {
  const write = json || !io.terminal.stdout ? (line: string) => void io.out(line) : readable(io, zone);
  const timestamp = () => `,"time":"${new Date(io.now()).toISOString()}"`;
  return pino({ base: null, timestamp, formatters: { level: (label) => ({ level: label }) } }, { write });
}

function readable(io: Io, zone: string): (line: string) => void {
  const colors = pc.createColors(io.view.color);
  const clock = clockFormat(zone, 1000);
  const local = (text: string) => (isInstant(text) ? clock(Date.parse(text)) : text);
  let titled = false;
  return (line) => {
    const { level, time, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
    const word = level === 'warn' ? colors.yellow(`${t`warning`} `) : '';
    const title = titled ? '' : `${t`Times are in ${zone}, the project's zone.`}\n`;
    titled = true;
    const words = printable(logWords(String(msg), fields, local));
    void io.out(`${title}${colors.dim(local(String(time)).slice(11))} ${word}${words}\n`);
  };
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text);
}

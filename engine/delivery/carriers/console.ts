import type { Carrier, Outgoing } from './carrier.ts';

/** Writes one line per message, without anything personal: neither address nor text nor subject. */
export function openConsole(output: (line: string) => Promise<void>): Carrier {
  return {
    concurrency: 1,
    send: (message) =>
      output(lineOf(message)).then(
        () => ({ status: 'sent' }),
        (error: unknown) => ({
          status: 'retry',
          reason: 'connection',
          detail: error instanceof Error ? error.name : 'error',
        }),
      ),
    close: async () => {},
  };
}

function lineOf(message: Outgoing): string {
  const at = new Date(message.at).toISOString();
  const length = (message.html ?? message.text).length;
  return `${at} ${message.channel} ${message.campaign} ${message.id} ${length} characters\n`;
}

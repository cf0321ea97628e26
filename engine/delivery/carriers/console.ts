import type { Carrier, Outgoing } from './carrier.ts';

/** One line per message, without anything personal: neither address nor text nor subject. */
export function openConsole(output: NodeJS.WritableStream): Carrier {
  return {
    concurrency: 1,
    send: (message) =>
      new Promise((resolve) => {
        output.write(line(message), (error) =>
          resolve(error ? { status: 'retry', reason: 'connection', detail: error.name } : { status: 'sent' }),
        );
      }),
    close: async () => {},
  };
}

function line(message: Outgoing): string {
  const at = new Date(message.at).toISOString();
  const length = (message.html ?? message.text).length;
  return `${at} ${message.channel} ${message.campaign} ${message.id} ${length} characters\n`;
}

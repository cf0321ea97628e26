import { resolve as absolute } from 'node:path';
import type { Channel } from '../../../spec/model/model.ts';
import type { Carrier } from './carrier.ts';
import { openConsole } from './console.ts';
import { openFolder } from './file.ts';
import { openHttp } from './http.ts';
import { openSmtp } from './smtp.ts';

export interface CarrierOptions {
  /** The folder that relative paths start from. */
  root: string;
  /** The stream to which the `console` transport writes; default: standard output. */
  output?: NodeJS.WritableStream;
}

const reference = /^(env|file):/;

/**
 * The way out of a channel. `resolve` turns a reference (`env:NAME`, `file:PATH`) into what it refers to;
 * its errors pass through. Throws ChannelError where the channel cannot work as configured.
 */
export async function openCarrier(
  channel: Channel,
  resolve: (reference: string) => Promise<string>,
  options: CarrierOptions,
): Promise<Carrier> {
  const { transport } = channel;
  switch (transport.kind) {
    case 'smtp':
      return openSmtp(channel.name, await urlOf(transport.url, resolve));
    case 'http':
      return openHttp(channel.name, channel.kind, await urlOf(transport.url, resolve));
    case 'file':
      return openFolder(channel.kind, absolute(options.root, transport.directory));
    case 'console':
      return openConsole(options.output ?? process.stdout);
  }
}

async function urlOf(url: string, resolve: (reference: string) => Promise<string>): Promise<string> {
  return (reference.test(url) ? await resolve(url) : url).trim();
}

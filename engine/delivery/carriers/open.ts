import { resolve as absolute } from 'node:path';
import type { Channel } from '../../../spec/model/model.ts';
import type { Transport, TransportName } from '../../../spec/model/transports.ts';
import type { Carrier } from './carrier.ts';
import { openConsole } from './console.ts';
import { openFolder } from './file.ts';
import { openHttp } from './http.ts';
import { openSmtp } from './smtp.ts';

export interface CarrierOptions {
  /** The folder that relative paths start from. */
  root: string;
  /** Writes a line of the `console` transport; resolves when it is written. */
  output(line: string): Promise<void>;
}

/** Opens the carrier of each transport; a URL has been resolved before. */
const carriers: {
  [Name in TransportName]: (transport: Transport<Name>, channel: Channel, options: CarrierOptions) => Carrier;
} = {
  smtp: ({ url }, { name }) => openSmtp(name, url),
  http: ({ url }, { name, kind }) => openHttp(name, kind, url),
  file: ({ directory }, { kind }, { root }) => openFolder(kind, absolute(root, directory)),
  console: (_, __, { output }) => openConsole(output),
};

/**
 * Opens the carrier of a channel. `resolve` turns a reference (`env:NAME`, `file:PATH`) into what it refers to;
 * its errors pass through. Throws ChannelError where the channel cannot work as configured.
 */
export async function openCarrier(
  channel: Channel,
  resolve: (reference: string) => Promise<string>,
  options: CarrierOptions,
): Promise<Carrier> {
  const { transport } = channel;
  const resolved = 'url' in transport ? { ...transport, url: await urlOf(transport.url, resolve) } : transport;
  return openFor(resolved, channel, options);
}

function openFor<Name extends TransportName>(transport: Transport<Name>, channel: Channel, options: CarrierOptions) {
  return carriers[transport.kind](transport, channel, options);
}

export type OpenCarrier = (channel: Channel) => Promise<Carrier>;

/** Opens the carriers of all channels of a program, by channel: all or none. Errors of opening pass through. */
export async function openCarriers(
  program: { channels: readonly Channel[] },
  open: OpenCarrier,
): Promise<Map<string, Carrier>> {
  const opened = new Map<string, Carrier>();
  try {
    for (const channel of program.channels) opened.set(channel.name, await open(channel));
    return opened;
  } catch (error) {
    await closeCarriers(opened);
    throw error;
  }
}

export async function closeCarriers(opened: Map<string, Carrier>): Promise<void> {
  await Promise.all([...opened.values()].map((carrier) => carrier.close()));
}

async function urlOf(url: string, resolve: (reference: string) => Promise<string>): Promise<string> {
  return (/^(env|file):/.test(url) ? await resolve(url) : url).trim();
}

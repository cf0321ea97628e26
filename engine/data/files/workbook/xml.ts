import { SaxesParser } from 'saxes';
import { Broken } from '../broken.ts';

export interface XmlEvents {
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Reads XML and yields its events, by local names. Yields after each piece of the text. Throws `Broken` where it is damaged. */
export async function* readXml(input: AsyncIterable<string>, { open, text, close }: XmlEvents): AsyncGenerator<void> {
  const parser = new SaxesParser();
  parser.on('error', () => {
    throw new Broken('damaged-workbook');
  });
  if (open) parser.on('opentag', ({ name, attributes }) => open(local(name), attributes));
  if (text) parser.on('text', text);
  if (close) parser.on('closetag', ({ name }) => close(local(name)));
  for await (const piece of input) {
    parser.write(piece);
    yield;
  }
  parser.close();
  yield;
}

/** Reads all of it. */
export async function readAllXml(input: AsyncIterable<string>, events: XmlEvents): Promise<void> {
  for await (const _ of readXml(input, events));
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

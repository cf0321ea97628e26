import type * as written from '../../document/document.generated.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { ChannelKind } from '../../model/channel-kinds.ts';
import {
  keyExamples,
  type Transport,
  type TransportName,
  transportKeys,
  transportNames,
  transports,
} from '../../model/transports.ts';
import { choice } from '../../words/kinds.ts';
import { all } from '../../words/many.ts';
import { t } from '../../words/t.ts';
import type { Context } from '../context.ts';

/** Returns the transport of a channel; undefined if it is wrong, which has been reported. */
export function buildTransport(
  value: Loose<written.Channel>,
  kind: ChannelKind | undefined,
  place: Place,
  context: Context,
): Transport | undefined {
  const { transport, url, directory } = value;
  if (transport === undefined) return undefined;
  const { carries, needs } = transports[transport];
  if (kind && !carries.includes(kind)) {
    const fitting = transportNames.filter((name) => transports[name].carries.includes(kind));
    const message = t`The transport ${transport} carries ${all(carries)} only, and this is ${kind}`;
    context.report.error('CRM4022', place.at('transport').value, message, t`Use ${choice(fitting)}.`);
    return undefined;
  }
  for (const key of needs) {
    if (key in value) continue;
    context.report.error(
      'CRM4014',
      place.key,
      t`A channel with transport ${transport} needs the key \`${key}\``,
      t`For example \`${keyExamples[key]}\`.`,
    );
  }
  for (const key of transportKeys) {
    if (needs.includes(key) || !(key in value)) continue;
    const message = t`\`${key}\` has no effect with transport ${transport}`;
    context.report.error('CRM4013', place.at(key).key, message, t`Remove it, or change the transport.`);
  }
  if (url !== undefined) checkUrl(url, transport, place.at('url'), context);
  if (directory !== undefined && leadsOut(directory))
    context.report.error(
      'CRM1030',
      place.at('directory').value,
      t`\`${directory}\` leads out of the project`,
      t`Name a folder of the project, or write out the whole path, from its \`/\` on, if it shall lie elsewhere.`,
    );
  const settings = transportKeys.filter((key) => needs.includes(key)).map((key) => [key, value[key]] as const);
  if (settings.some(([, setting]) => setting === undefined)) return undefined;
  return { kind: transport, ...Object.fromEntries(settings) } as Transport;
}

/** Checks a URL that is written in the file itself; one behind a reference is checked when the reference is resolved. */
function checkUrl(url: string, transport: TransportName, place: Place, context: Context): void {
  const expected = transports[transport].url;
  if (!expected || /^(env|file):/.test(url) || expected.begins.test(url)) return;
  const message = t`\`${url}\` is no address for the transport ${transport}`;
  context.report.error('CRM1028', place.value, message, t`Write for example \`${expected.example}\`, or \`env:NAME\`.`);
}

/** Returns true if a relative path has more steps up than down somewhere. */
function leadsOut(path: string): boolean {
  let depth = 0;
  if (/^([\\/]|[A-Za-z]:)/.test(path)) return false;
  for (const part of path.split(/[\\/]/)) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}

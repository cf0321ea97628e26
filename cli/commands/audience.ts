import { audienceListing, audienceOf } from '../../engine/inspect/audience.ts';
import { watchedBy } from '../../engine/program/program.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { type CsvList, csvOf, writeCsv } from '../list.ts';
import type { ProjectOptions } from '../load.ts';
import { findLooked, look } from '../look.ts';
import { audienceText } from '../views/audience.ts';

export interface AudienceOptions extends ProjectOptions {
  list?: boolean;
  out?: string;
}

/** Counts or lists the customers inside a campaign and those who may enter it. */
export async function audience(io: Io, name: string, options: AudienceOptions): Promise<number> {
  const list = await look(io, options, 'crm audience', async (looked): Promise<CsvList | undefined> => {
    const { db, program, basis, now } = looked;
    const campaign = await findLooked(io, options, looked, ['campaign', program.campaigns, name]);
    const asked = { campaign, now };
    if (options.list || options.out !== undefined) return csvOf(looked, await audienceListing(db, program, asked));
    const found = await audienceOf(db, program, asked);
    await io.out(
      options.json
        ? `${JSON.stringify({ format: 1, type: 'audience', basis, campaign: name, ...found })}\n`
        : audienceText(campaign, watchedBy(campaign.trigger), found, io.view),
    );
    return undefined;
  });
  if (list) await writeCsv(io, list, options.out);
  return exit.fine;
}

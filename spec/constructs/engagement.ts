import type { Project } from '../document/document.generated.ts';
import type { Entry } from './contents.ts';
import { type Context, checkChannel } from './context.ts';

/** The engagement of a simulation is that of channels which exist. */
export function engagementChannels(project: Entry<Project> | undefined, context: Context): void {
  for (const channel of Object.keys(project?.value?.simulation?.engagement ?? {})) {
    const place = project?.place.at('simulation', 'engagement', channel);
    if (place) checkChannel(context, channel, place, 'key');
  }
}

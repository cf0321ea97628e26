import type { Surface } from '../../spec/convert.ts';
import type { Step } from '../../spec/model/campaign.ts';
import type { Model } from '../../spec/model/model.ts';
import type { Change } from './change.ts';
import { compareDeployments } from './diff.ts';
import { shopWithDocument } from './world.fixture.ts';

/** Returns the changes from one shop to another. */
export function diff(before: Partial<Model>, after: Partial<Model>, surface: Surface = 'yaml'): Change[] {
  const document = shopWithDocument(before, surface);
  return compareDeployments(shopWithDocument(after, surface), { program: document.program, document });
}

export const send = (id: string): Step => ({ kind: 'send', id, channel: 'email', template: 'cart' });
export const wait = (id: string, ms: number): Step => ({ kind: 'wait', id, ms });

import { currentDeployment } from '../../engine/deploy/apply.ts';
import type { EmbeddedStore } from '../../engine/store/serve.ts';
import { later } from '../../spec/words/t.ts';
import { machineClock } from '../clock.ts';
import { type Syncing, syncOnce } from './round.ts';

/**
 * Syncs at intervals (milliseconds) until the signal is aborted. `onDeployed` is called after each round at whose end something is applied. No error ends it: what runs
 * must not end because of what shall run next.
 */
export async function syncLoop(db: EmbeddedStore, at: Syncing, every: number, onDeployed: () => void): Promise<void> {
  const { signal, log } = at;
  while (!signal.aborted) {
    try {
      if (await currentDeployment(db)) onDeployed();
      await syncOnce(db, at);
      if (await currentDeployment(db)) onDeployed();
    } catch (error) {
      // Its message could have data.
      if (!signal.aborted) log.warn({ kind: error instanceof Error ? error.name : 'error' }, later`the sync failed`);
    }
    await machineClock.sleep(every, signal);
  }
}

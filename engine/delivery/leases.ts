import type { Database } from '../store/database.ts';

/** The settled claims of workers that are gone. */
export interface Lapsed {
  /** May have left: nobody knows. Not sent again. */
  unknown: number;
  /** Free again: they never left, must arrive even at the risk of twice, or are recognised where they arrive. */
  again: number;
}

/** Due messages in the hands of workers whose leases are not over: these send them, or have ended. */
export interface Leased {
  messages: number;
  /** The instant at which the last of these leases is over at the latest, if it is not renewed; epoch milliseconds. */
  until: number;
}

/** Keeps other workers from what one worker has claimed. */
export interface Lease {
  /** Makes sure that more than half of the lease is left. */
  renew(): Promise<void>;
  /** Returns true if a message that gets a connection now is done with before the lease ends. */
  covers(): boolean;
  /** To be called when nothing is claimed any more. */
  end(): Promise<void>;
}

/** The leases by which the processes of a store share its messages; delivery itself knows of no other process. */
export interface Leases {
  /** Settles the claims of workers whose lease is over. */
  expire(db: Database): Promise<Lapsed>;
  /** Returns the lease of a worker, which begins with its first renewal. */
  open(db: Database, worker: string): Lease;
}

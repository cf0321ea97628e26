import type { Command } from 'commander';
import type { Io } from '../io.ts';

/** The functions with which a group declares its commands. */
export interface Commands {
  io: Io;
  /** Gets the exit code. */
  done: (code: number) => void;
  /** Adds a command. */
  command(name: string, summary: string): Command;
  /** Adds a command with `--project` and `--json`. */
  onFiles(name: string, summary: string): Command;
  /** Adds a command that has `--env` as well. */
  inProject(name: string, summary: string): Command;
  /** Adds a command that changes the store and is noted in the audit log: it has `--as` as well. */
  acting(name: string, summary: string): Command;
}

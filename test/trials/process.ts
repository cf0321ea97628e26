import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { scriptOfProgram } from '../program.ts';

const main = await scriptOfProgram();

export interface Ended {
  /** Null where a signal ended it. */
  code: number | null;
  out: string;
  err: string;
  /** From the start to the end, milliseconds. */
  ms: number;
}

/** A command of `crm` in a process of its own. */
export class Crm {
  readonly words: string[];
  out = '';
  err = '';
  /** Resolves when the process is gone and all it wrote is read. */
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;
  private gone = false;

  constructor(cwd: string, words: string[], env: Record<string, string> = {}) {
    const began = Date.now();
    this.words = words;
    this.child = spawn(process.execPath, [main, ...words], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk) => {
      this.out += chunk;
    });
    this.child.stderr?.on('data', (chunk) => {
      this.err += chunk;
    });
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('exit', () => {
        this.gone = true;
      });
      this.child.once('close', (code) => resolve({ code, out: this.out, err: this.err, ms: Date.now() - began }));
    });
  }

  get running(): boolean {
    return !this.gone;
  }

  /** Everything it wrote, the errors last. */
  get said(): string {
    return this.out + this.err;
  }

  /** Waits for something in what it writes. Throws where it ends before, or the time is over. */
  async says(what: RegExp, ms = 60_000): Promise<void> {
    for (const end = Date.now() + ms; !what.test(this.said); await pause(10))
      if (this.gone || Date.now() > end)
        throw new Error(`crm ${this.words.join(' ')} did not say ${what}:\n${this.said.slice(-2000)}`);
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.gone) this.child.kill(signal);
  }

  /** Sends the signal and waits for the end. `ms`: how long that took. */
  async end(signal: NodeJS.Signals = 'SIGINT'): Promise<Ended> {
    const began = Date.now();
    this.signal(signal);
    const ended = await this.ended;
    return { ...ended, ms: Date.now() - began };
  }
}

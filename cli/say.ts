import type { Io } from './io.ts';
import { wrapped } from './views/wrap.ts';

/** Prints a text for people on standard output, in lines that the terminal does not break. */
export function say(io: Io, text: string): Promise<void> {
  return io.out(`${wrapped(text, io.view.width)}\n`);
}

/** Prints a remark beside the result, on standard error. */
export function remark(io: Io, text: string): void {
  io.err(`${wrapped(text, io.errorView.width)}\n`);
}

import type { Next } from '../../program/program.ts';

/** The branches of a step with two sides; none where both are empty. */
export function thenElse({ next, otherwise }: { next: Next; otherwise: Next }): { way: string; to: Next }[] {
  if (next === otherwise) return [];
  return [
    { way: 'then', to: next },
    { way: 'else', to: otherwise },
  ];
}

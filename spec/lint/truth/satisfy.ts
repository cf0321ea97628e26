import type { Atom, Formula } from './formula.ts';
import { intersection, isEmpty, type Values } from './values.ts';

/** Steps after which no more is tried; such a condition is held to be possible. */
const budget = 20_000;

interface Known {
  /** True if it may still be missing. */
  missing: boolean;
  /** The values that are still possible, by axis. */
  values: Map<string, Values>;
}

export interface Satisfaction {
  possible: boolean;
  /** The thing that contradicts every alternative, if it is the same one for all of them. */
  culprit?: string;
}

/** Decides if all the formulas can hold at once. Returns yes where that cannot be decided. */
export function satisfiable(formulas: Formula[]): Satisfaction {
  const culprits = new Set<string | undefined>();
  let steps = 0;

  function attempt(open: Formula[], known: ReadonlyMap<string, Known>): boolean {
    steps += 1;
    const [first, ...rest] = open;
    if (!first || steps > budget) return true;
    switch (first.kind) {
      case 'constant':
        if (!first.holds) culprits.add(undefined);
        return first.holds && attempt(rest, known);
      case 'and':
        return attempt([...first.parts, ...rest], known);
      case 'or':
        return first.parts.some((part) => attempt([part, ...rest], known));
      case 'atom': {
        const next = learn(known.get(first.atom.about), first.atom);
        if (isPossible(next)) return attempt(rest, new Map([...known, [first.atom.about, next]]));
        culprits.add(first.atom.about);
        return false;
      }
    }
  }

  // A formula that leaves no choice is first: it rules out more, sooner.
  const sorted = formulas.flatMap(flat).sort((a, b) => Number(a.kind === 'or') - Number(b.kind === 'or'));
  const possible = attempt(sorted, new Map());
  const [culprit] = culprits.size === 1 ? culprits : [];
  return { possible, ...(!possible && culprit !== undefined && { culprit }) };
}

function flat(formula: Formula): Formula[] {
  return formula.kind === 'and' ? formula.parts.flatMap(flat) : [formula];
}

function learn(known: Known | undefined, { axis, missing, values, domain }: Atom): Known {
  const before = known?.values.get(axis) ?? domain.values;
  const now = before ? intersection(before, values) : values;
  return {
    missing: (known?.missing ?? domain.missing) && missing,
    values: new Map([...(known?.values ?? []), [axis, now]]),
  };
}

function isPossible({ missing, values }: Known): boolean {
  return missing || ![...values.values()].some(isEmpty);
}

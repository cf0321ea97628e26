import { triggerKind } from '../../constructs/triggers/index.ts';
import type { SetAttributes, Step } from '../../model/campaign.ts';
import type { Expression } from '../../model/expression.ts';
import { t } from '../../words/t.ts';
import { conditionsOf } from '../conditions.ts';
import type { Rule } from '../rule.ts';
import type { Definitions } from '../truth/read.ts';
import { isPresent } from '../truth/truth.ts';

export const missingInSet: Rule = {
  name: 'missing-in-set',
  check({ model, origins }) {
    const definitions = conditionsOf(model);
    return model.campaigns.flatMap(({ name, on, audience, steps }) => {
      const found: Gap[] = [];
      const attribute = triggerKind(on).attribute?.(on);
      const known = new Set(attribute === undefined ? [] : [attribute]);
      walk(steps, { conditions: audience ? [audience] : [], known, definitions, found });
      return found.map(({ step, attribute, into }) => ({
        range: origins[`campaign.${name}.${step.id}`],
        message: t`\`${into}\` is emptied where \`${attribute}\` is missing`,
        help: t`What is computed from a missing value is missing. Put \`if: ${attribute} is missing\` before it, with \`then: [{ set: { ${attribute}: … } }]\` for the value to begin with.`,
      }));
    });
  },
};

interface Gap {
  step: SetAttributes;
  attribute: string;
  /** The attribute that is set. */
  into: string;
}

interface Walk {
  /** They hold for everybody who comes here. */
  conditions: Expression[];
  /** Attributes that have a value by now. */
  known: Set<string>;
  definitions: Definitions;
  found: Gap[];
}

/** Returns what is known at the end of the steps; undefined: nobody comes there. */
function walk(steps: Step[], start: Walk): Walk | undefined {
  let here: Walk | undefined = start;
  for (const step of steps) here = here && after(step, here);
  return here;
}

function after(step: Step, here: Walk): Walk | undefined {
  switch (step.kind) {
    case 'set':
      return written(step, here);
    case 'exit':
      return undefined;
    case 'if': {
      const otherwise: Expression = { kind: 'not', type: 'boolean', operand: step.condition };
      const way = (steps: Step[], condition: Expression) =>
        walk(steps, { ...here, conditions: [...here.conditions, condition] });
      return common(here, [way(step.then, step.condition), way(step.else, otherwise)], attributesIn(step.condition));
    }
    case 'await':
      return common(here, [walk(step.then, here), walk(step.else, here)], []);
    case 'split': {
      const arms = step.arms.filter(({ control }) => !control);
      return common(
        here,
        arms.map((arm) => walk(arm.steps, here)),
        [],
      );
    }
    default:
      return here;
  }
}

function written(step: SetAttributes, here: Walk): Walk {
  const known = new Set(here.known);
  for (const { attribute: into, value } of step.values) {
    const missing = value.kind === 'arithmetic' ? attributesIn(value).filter((name) => !isKnown(name, here)) : [];
    for (const attribute of missing) here.found.push({ step, attribute, into });
    // A value that follows from a reported one is not reported again.
    if (value.kind === 'literal' || value.kind === 'today' || value.kind === 'arithmetic') known.add(into);
  }
  return { ...here, known };
}

/** The attributes that are known on all ways. `about`: attributes that the conditions of the ways may speak of. */
function common(before: Walk, ways: (Walk | undefined)[], about: string[]): Walk | undefined {
  const ends = ways.filter((way) => way !== undefined);
  if (ends.length === 0) return undefined;
  const names = [...about, ...ends.flatMap(({ known }) => [...known])];
  return { ...before, known: new Set(names.filter((name) => ends.every((end) => isKnown(name, end)))) };
}

function isKnown(attribute: string, { known, conditions, definitions }: Walk): boolean {
  return known.has(attribute) || isPresent(attribute, conditions, definitions);
}

/** The attributes that an expression asks for. */
function attributesIn(expression: Expression): string[] {
  if (expression.kind === 'attribute') return [expression.name];
  const parts = Object.values(expression).flatMap((part) => (Array.isArray(part) ? part : [part]));
  const inner = parts.filter((part): part is Expression => typeof part === 'object' && part !== null && 'kind' in part);
  return [...new Set(inner.flatMap(attributesIn))];
}

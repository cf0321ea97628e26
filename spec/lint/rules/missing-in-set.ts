import { branchesOf } from '../../constructs/steps/index.ts';
import { triggerKind } from '../../constructs/triggers/index.ts';
import type { SetAttributes, Step } from '../../model/campaign.ts';
import type { Expression } from '../../model/expression.ts';
import { t } from '../../words/t.ts';
import { conditionsOf, follow } from '../journey.ts';
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
      const start: Walk = { conditions: audience ? [audience] : [], known, definitions, found };
      follow(steps, start, {
        after: (step, here) => (step.kind === 'set' ? written(step, here) : here),
        enter: ({ condition }, here) => (condition ? { ...here, conditions: [...here.conditions, condition] } : here),
        join: (ends, here, step) => common(here, ends, step),
      });
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
  /** They hold for everybody who gets here. */
  conditions: Expression[];
  /** Attributes that have a value by now. */
  known: Set<string>;
  definitions: Definitions;
  found: Gap[];
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

/** Returns the attributes that are known at the end of all branches, those in their conditions among them. */
function common(before: Walk, ends: Walk[], step: Step): Walk {
  const asked = branchesOf(step).flatMap(({ condition }) => (condition ? attributesIn(condition) : []));
  const names = [...asked, ...ends.flatMap(({ known }) => [...known])];
  return { ...before, known: new Set(names.filter((name) => ends.every((end) => isKnown(name, end)))) };
}

function isKnown(attribute: string, { known, conditions, definitions }: Walk): boolean {
  return known.has(attribute) || isPresent(attribute, conditions, definitions);
}

/** Returns the attributes in an expression. */
function attributesIn(expression: Expression): string[] {
  if (expression.kind === 'attribute') return [expression.name];
  const parts = Object.values(expression).flatMap((part) => (Array.isArray(part) ? part : [part]));
  const inner = parts.filter((part): part is Expression => typeof part === 'object' && part !== null && 'kind' in part);
  return [...new Set(inner.flatMap(attributesIn))];
}

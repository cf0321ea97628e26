import type * as written from '../../document/document.generated.ts';
import { clause, slot } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import { printExpression } from '../../expression/print.ts';
import type { If } from '../../model/campaign.ts';
import { t } from '../../words/t.ts';
import { expressionAt } from '../context.ts';
import { id, type StepKind, stepForm } from './step.ts';

/** `if: points > 100`. */
export const choice: StepKind<If> = {
  word: 'if',
  form: ({ steps, otherwise }) =>
    stepForm('if', () => [slot('if', 'expression'), id, slot('then', steps), clause('else', otherwise)]),
  build(step: Loose<written.IfStep>, place, walk, id) {
    const condition = expressionAt(walk.context, step.if, place.at('if'), walk.event);
    const then = walk.list(step.then ?? [], place.at('then'), `${id}.then.`);
    const otherwise = walk.list(step.else ?? [], place.at('else'), `${id}.else.`);
    return condition && { kind: 'if', id, condition, then, else: otherwise };
  },
  write: (step, id, list) => ({
    ...id,
    if: printExpression(step.condition),
    then: list(step.then, 'then'),
    ...(step.else.length > 0 && { else: list(step.else, 'else') }),
  }),
  picture: (step) => ({
    shape: 'choice',
    title: t`if`,
    details: [printExpression(step.condition)],
    labels: [t`yes`, t`no`],
  }),
  branchWords: (step, branch) =>
    branch === 'then'
      ? t`the way on from ${step} where the condition holds`
      : t`the way on from ${step} where the condition does not hold`,
  branches: (step) => [
    { name: 'then', steps: step.then, condition: step.condition },
    { name: 'else', steps: step.else, condition: { kind: 'not', type: 'boolean', operand: step.condition } },
  ],
};

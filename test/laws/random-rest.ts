import fc, { type Arbitrary } from 'fast-check';
import { lintRules } from '../../spec/diagnostics/codes.ts';
import type { Campaign } from '../../spec/model/campaign.ts';
import type { Holdout, LintSeverity, Model } from '../../spec/model/model.ts';
import { text } from './random-expression.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (one === 0 ? 0 : one));

/** The values of variables, by name. */
export const variables: Arbitrary<Model['variables']> = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom('discount', 'on', 'var', '_x', 'City', 'true'),
      fc.oneof(fc.boolean(), finite, fc.constantFrom('$x', '$$x', '10', 'true', 'null', ''), text),
    ),
    { maxLength: 3, selector: ([name]) => name.toLowerCase() },
  )
  .map((all) => Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))));

export function holdouts(campaigns: Campaign[]): Arbitrary<Holdout[]> {
  const marketing = campaigns.filter(({ category }) => category === 'marketing').map(({ name }) => name);
  const one = fc
    .record({
      name: fc.constantFrom('global', 'holdout', 'share', 'X'),
      share: fc.integer({ min: 1, max: 9_999 }),
      salt: fc.oneof(fc.constantFrom('2026-q1', '10', '$x'), text),
      of: fc.subarray(marketing),
    })
    .map(
      ({ of, salt, ...rest }): Holdout => ({
        ...rest,
        salt: salt || rest.name,
        ...(of.length > 0 && { campaigns: of }),
      }),
    );
  return fc
    .uniqueArray(one, { maxLength: 2, selector: ({ name }) => name.toLowerCase() })
    .map((list) => list.sort((a, b) => (a.name < b.name ? -1 : 1)));
}

/** The severities of some lint rules, in the order in which the rules are known. */
export const lint: Arbitrary<Record<string, LintSeverity>> = fc
  .subarray(Object.keys(lintRules), { minLength: 1, maxLength: 3 })
  .chain((rules) =>
    fc
      .tuple(...rules.map(() => fc.constantFrom<LintSeverity>('off', 'info', 'warning', 'error')))
      .map((severities) => Object.fromEntries(rules.map((rule, index) => [rule, severities[index] ?? 'off']))),
  );

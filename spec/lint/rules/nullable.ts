import { branchesOf } from '../../constructs/steps/index.ts';
import { triggerKind } from '../../constructs/triggers/index.ts';
import type { Campaign, Step } from '../../model/campaign.ts';
import { traitsOf } from '../../model/channel-kinds.ts';
import type { Expression } from '../../model/expression.ts';
import type { Template } from '../../model/template.ts';
import { withVariants } from '../../template/check.ts';
import { splitFront } from '../../template/front.ts';
import { offsetOf, parseTemplate } from '../../template/parse.ts';
import { rootShape } from '../../template/shape.ts';
import { t } from '../../words/t.ts';
import { channelsByName, conditionsOf, messagesOf } from '../journey.ts';
import { type Print, printsIn, type Unit } from '../prints.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { isPresent } from '../truth/truth.ts';

export const nullableWithoutFallback: Rule = {
  name: 'nullable-without-fallback',
  check(subject) {
    const { model } = subject;
    const definitions = conditionsOf(model);
    const channels = channelsByName(model);
    const units = textsOf(subject);
    const found = new Map<string, Finding>();
    for (const campaign of model.campaigns) {
      const { on } = campaign;
      const starts = triggerKind(on);
      const event = starts.match?.(on).event;
      const kind = model.data.events.find(({ name }) => name === event);
      const scope = {
        attributes: model.data.customers.attributes,
        variables: model.variables,
        ...(kind && { event: kind }),
      };
      for (const { channel: by, template: name, conditions } of usesOf(campaign)) {
        const channel = channels.get(by);
        const template = model.templates.find((one) => one.name === name && one.channel === channel?.kind);
        if (!channel || !template) continue;
        const present = new Map<string, boolean>([['id', true]]);
        if (channel.address !== undefined) present.set(channel.address, true);
        const attribute = starts.attribute?.(on);
        if (attribute !== undefined) present.set(attribute, true);
        for (const unit of units.of(template)) {
          for (const print of printsIn(
            unit,
            rootShape(withVariants(template, scope), traitsOf[template.channel].front),
            units.partials,
          )) {
            const { attribute } = print;
            const known = present.get(attribute) ?? isPresent(attribute, conditions, definitions);
            present.set(attribute, known);
            if (known) continue;
            const finding = findingOf(print, campaign.name);
            const key = `${finding.range?.file} ${finding.range?.start.offset}`;
            if (!found.has(key)) found.set(key, finding);
          }
        }
      }
    }
    return [...found.values()];
  },
};

function findingOf({ attribute, unit, node }: Print, campaign: string): Finding {
  const { text, range } = unit.source;
  const start = offsetOf(text, node.loc.start.line, node.loc.start.column);
  const end = offsetOf(text, node.loc.end.line, node.loc.end.column);
  const written = text.slice(start, end);
  return {
    range: range(start, end),
    message: t`The text has a gap for customers without \`${attribute}\``,
    help: t`The campaign \`${campaign}\` sends it to them too. Write {{default ${written} "…"}}, or put it between {{#if ${written}}} and {{/if}}.`,
  };
}

interface Use {
  channel: string;
  template?: string | undefined;
  /** The conditions that hold for everybody who gets it. */
  conditions: Expression[];
}

function usesOf({ audience, steps }: Campaign): Use[] {
  return uses(steps, audience ? [audience] : []);
}

function uses(steps: Step[], conditions: Expression[]): Use[] {
  return steps.flatMap((step): Use[] => [
    ...messagesOf(step).map(({ channel, template }) => ({ channel, template, conditions })),
    ...branchesOf(step).flatMap((branch) =>
      uses(branch.steps, branch.condition ? [...conditions, branch.condition] : conditions),
    ),
  ]);
}

/** The texts of the files, parsed once. */
function textsOf({ model, files }: Subject) {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const made = new Map<Template, Unit[]>();
  const unitsOf = (path: string, channel?: Template['channel']): Unit[] => {
    const file = byPath.get(path);
    if (!file) return [];
    const { values, body } = splitFront(file, channel);
    return [...Object.values(values), body].flatMap((source) => {
      const parsed = parseTemplate(source);
      return 'program' in parsed ? [{ source, program: parsed.program }] : [];
    });
  };
  return {
    partials: new Map(
      model.partials.flatMap(({ name, path }) => unitsOf(path).map((unit): [string, Unit] => [name, unit])),
    ),
    of(template: Template): Unit[] {
      const known = made.get(template) ?? template.variants.flatMap(({ path }) => unitsOf(path, template.channel));
      made.set(template, known);
      return known;
    },
  };
}

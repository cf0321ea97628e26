import { everyStep } from '../../constructs/steps/index.ts';
import type { SourceFile } from '../../diagnostics/diagnostic.ts';
import { rangeAt } from '../../diagnostics/position.ts';
import { projectFileDsl } from '../../document/project-files.ts';
import { traitsOf } from '../../model/channel-kinds.ts';
import { t } from '../../words/t.ts';
import { channelsByName, marketingOf, messagesOf } from '../journey.ts';
import type { Finding, Rule } from '../rule.ts';

export const marketingWithoutQuietHours: Rule = {
  name: 'marketing-without-quiet-hours',
  check({ model, origins, files, contents }) {
    if (model.policies.quietHours) return [];
    const channels = channelsByName(model);
    const used = marketingOf(model).flatMap(({ steps }) => [...everyStep(steps)].flatMap(messagesOf));
    const noisy = used.find(({ channel }) => {
      const kind = channels.get(channel)?.kind;
      return kind && traitsOf[kind].loud;
    });
    if (!noisy) return [];
    const path = contents.project?.place.file.path;
    const file = files.find((one) => one.path === path);
    return [
      {
        range: origins.project,
        message: t`Marketing leaves by \`${noisy.channel}\` at any hour of the night`,
        help: t`Add quiet hours to the policies: what comes up at night then leaves in the morning.`,
        fix: file && fix(file),
      },
    ];
  },
};

/** At the end of the project's file; not where YAML has the section already. */
function fix(file: SourceFile): Finding['fix'] {
  const dsl = file.path === projectFileDsl;
  if (!dsl && /^["']?policies["']?[ \t]*:/m.test(file.text)) return undefined;
  const { length } = file.text;
  const gap = file.text.endsWith('\n') ? '\n' : '\n\n';
  const text = dsl
    ? 'quiet_hours from 21:00 to 09:00\n'
    : 'policies:\n  quiet_hours: { from: "21:00", to: "09:00", otherwise: hold }\n';
  const range = rangeAt(file.path, file.text, length, length);
  return { title: t`Add quiet hours from 21:00 to 09:00`, edits: [{ range, text: gap + text }] };
}

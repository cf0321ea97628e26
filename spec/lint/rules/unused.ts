import type { SourceFile } from '../../diagnostics/diagnostic.ts';
import type { Place } from '../../document/place.ts';
import { t } from '../../words/t.ts';
import { removal } from '../removal.ts';
import type { Rule, Subject } from '../rule.ts';
import { usesIn } from '../uses.ts';

export const unusedSegment: Rule = {
  name: 'unused-segment',
  check(subject) {
    const { segments } = usesIn(subject.model);
    return subject.contents.segments
      .filter(({ name }) => !segments.has(name))
      .map(({ name, place }) => ({
        range: place.key,
        message: t`No campaign and no other segment asks for the segment \`${name}\``,
        help: t`Use it, or remove it.`,
        fix: removed(place, subject, t`Remove the segment \`${name}\``),
      }));
  },
};

export const unusedTemplate: Rule = {
  name: 'unused-template',
  check({ model, origins }) {
    const { templates } = usesIn(model);
    return model.templates
      .filter(({ name, channel }) => !templates.has(`${name} ${channel}`))
      .map(({ name, channel }) => ({
        range: origins[`template.${name}.${channel}`],
        message: t`No campaign sends the template \`${name}\` for ${channel}`,
        help: t`Send it, or remove its files.`,
      }));
  },
};

export const unusedChannel: Rule = {
  name: 'unused-channel',
  check({ model, contents }) {
    const { channels } = usesIn(model);
    return contents.channels
      .filter(({ name }) => !channels.has(name))
      .map(({ name, place }) => ({
        range: place.key,
        message: t`Nothing leaves by the channel \`${name}\``,
        help: t`Send something by it, or remove it.`,
      }));
  },
};

function removed(place: Place, { files }: Subject, title: string) {
  const file: SourceFile | undefined = files.find(({ path }) => path === place.file.path);
  return file && removal(place, file.text, title);
}

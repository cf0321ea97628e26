import type { SourceFile } from '../../diagnostics/diagnostic.ts';
import type { Place } from '../../document/place.ts';
import { plain, type Template } from '../../model/template.ts';
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
    const isSent = ({ name, channel }: Template) => templates.has(`${name} ${channel}`);
    return model.templates
      .filter((template) => {
        // A template is of use where one of its variants is; where none is, it is reported once.
        const whole = wholeOf(template);
        const used = model.templates.some((one) => isSent(one) && wholeOf(one) === whole);
        return used
          ? template.variant && template.variant.name !== plain && !isSent(template)
          : whole === `${template.name} ${template.channel}`;
      })
      .map(({ name, channel, variant }) => ({
        range: origins[`template.${name}.${channel}`],
        message: t`No campaign sends the template \`${name}\` for ${channel}`,
        help: variant && variant.name !== plain ? t`Send it, or remove the variant.` : t`Send it, or remove its files.`,
      }));
  },
};

/** Returns the template of which one may be a variant, with its channel. */
function wholeOf({ name, channel, variant }: Template): string {
  const own = variant && variant.name !== plain ? name.slice(0, -variant.name.length - 1) : name;
  return `${own} ${channel}`;
}

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

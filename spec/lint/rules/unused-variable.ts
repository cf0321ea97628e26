import { isResourceFile } from '../../document/project-files.ts';
import { t } from '../../words/t.ts';
import { removal } from '../removal.ts';
import type { Rule } from '../rule.ts';

export const unusedVariable: Rule = {
  name: 'unused-variable',
  check({ contents, files }) {
    const used = new Set(
      files.flatMap(({ path, text }) => {
        const mentions = isResourceFile(path) ? text.matchAll(/\$\{?(\w+)/g) : text.matchAll(/\bvar\.(\w+)/g);
        return [...mentions].map(([, name = '']) => name);
      }),
    );
    return contents.variables
      .filter(({ name }) => !used.has(name))
      .map(({ name, place }) => {
        const text = files.find(({ path }) => path === place.file.path)?.text;
        return {
          range: place.key,
          message: t`Nothing uses the variable \`${name}\``,
          help: t`Write \`$${name}\` where its value belongs, or remove it.`,
          fix: text === undefined ? undefined : removal(place, text, t`Remove the variable \`${name}\``),
        };
      });
  },
};

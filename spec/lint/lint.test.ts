import { describe, expect, it } from 'vitest';
import schema from '../../schemas/crm.schema.json' with { type: 'json' };
import { lintRules } from '../diagnostics/codes.ts';
import type { Diagnostic, SourceFile } from '../diagnostics/diagnostic.ts';
import { worldOf } from '../diagnostics/world.fixture.ts';
import { loadProject } from '../load.ts';
import { applyFixes, fixAll } from './fix.ts';
import { lint } from './lint.ts';
import { rules } from './rules.ts';

const segments = (comment: string) => `segments:
  # Those who live there.
  ${comment}
  omsk: { where: city == "Omsk" }
`;
const project = (lines: string) =>
  `project:\n  name: shop\n  timezone: Europe/Moscow\n  locale: en\n  currency: EUR\n  lint:\n${lines}`;

function findingsOf(files: SourceFile[]): Diagnostic[] | undefined {
  const loaded = loadProject(files);
  return loaded.model && lint(files, loaded);
}

function messagesIn(text: string, more: Record<string, string> = {}): string[] {
  const found = findingsOf(worldOf('yaml', { 'campaigns/example.crm.yaml': text, ...more })) ?? [];
  return found
    .filter(({ range }) => range?.file.startsWith('campaigns/'))
    .map(({ severity, rule, message, help }) => `${severity} ${rule}: ${message}. ${help}`);
}

const unused = (severity: string) =>
  `${severity} unused-segment: No campaign and no other segment asks for the segment \`omsk\`. Use it, or remove it.`;

describe('the rules', () => {
  it('are all registered, once', () => {
    expect(['unused-ignore', ...rules.map(({ name }) => name)].sort()).toEqual(Object.keys(lintRules).sort());
    expect(new Set(Object.values(lintRules).map(({ code }) => code)).size).toBe(Object.keys(lintRules).length);
  });

  it('are all in the schema, with their own severity as default', () => {
    const { properties } = schema.definitions.lint;
    const written = Object.entries(properties).map(([name, part]) => [name, part.description, part.default]);
    expect(written).toEqual(
      Object.entries(lintRules).map(([name, { title, severity }]) => [name, `${title}.`, severity]),
    );
  });

  it('report nothing for a project with errors', () => {
    const files = worldOf('yaml', 'segments: { omsk: { where: cty == "Omsk" } }\n');
    expect(lint(files, loadProject(files))).toEqual([]);
  });
});

describe('severities', () => {
  it.each(['info', 'warning', 'error'])('%s', (severity) => {
    const found = messagesIn(segments('#'), { 'crm.yaml': project(`    unused-segment: ${severity}\n`) });
    expect(found).toEqual([unused(severity)]);
  });

  it('off', () => {
    expect(messagesIn(segments('#'), { 'crm.yaml': project('    unused-segment: off\n') })).toEqual([]);
  });

  it('of an unknown rule, and unknown ones', () => {
    const text = project('    unused-segmant: off\n    twice-a-day: fatal\n');
    const { diagnostics } = loadProject(worldOf('yaml', { 'crm.yaml': text }));
    expect(diagnostics.map(({ code, help }) => `${code} ${help}`)).toEqual([
      'CRM1010 Did you mean `unused-segment`?',
      'CRM1013 It is `off`, `info`, `warning` or `error`.',
    ]);
  });

  it('can be set in the DSL too', () => {
    const text =
      'project shop {\n  timezone Europe/Moscow\n  locale en\n  currency EUR\n  lint { unused-segment off }\n}\n';
    const { model, diagnostics } = loadProject([{ path: 'project.crm', text }]);
    expect(diagnostics).toEqual([]);
    expect(model?.lint).toEqual({ 'unused-segment': 'off' });
  });
});

describe('comments', () => {
  it.each([
    '# kaskad-ignore unused-segment',
    '#kaskad-ignore unused-segment: reports ask for it',
    '# kaskad-ignore: unused-segment',
    '# kaskad-ignore unused-segment\n  # and so on',
  ])('silence the line below: %s', (comment) => {
    expect(messagesIn(segments(comment))).toEqual([]);
  });

  it('silence only that rule, only there', () => {
    const text = segments('# kaskad-ignore twice-a-day');
    expect(messagesIn(text)).toEqual([
      'warning unused-ignore: There is no finding of `twice-a-day` here to ignore. Remove the comment, so that it hides nothing one day.',
      unused('warning'),
    ]);
    const above = '# kaskad-ignore unused-segment\nsegments:\n  omsk: { where: city == "Omsk" }\n';
    expect(messagesIn(above)).toHaveLength(2);
  });

  it('silence several rules, of which each has to find something', () => {
    expect(messagesIn(segments('# kaskad-ignore unused-segment, twice-a-day'))).toHaveLength(1);
    expect(
      messagesIn(
        segments('# kaskad-ignore unused-segment contradictory-segment').replace(
          'city ==',
          'city != "Omsk" and city ==',
        ),
      ),
    ).toEqual([]);
  });

  it('are not idle where their rule is off', () => {
    expect(
      messagesIn(segments('# kaskad-ignore unused-segment'), { 'crm.yaml': project('    unused-segment: off\n') }),
    ).toEqual([]);
  });

  it('that name no rule are reported', () => {
    expect(messagesIn(segments('# kaskad-ignore unused-segmnet'))[0]).toBe(
      'warning unused-ignore: There is no lint rule `unused-segmnet`. Did you mean `unused-segment`?',
    );
  });

  it('count in templates', () => {
    const campaign =
      'campaigns:\n  hello:\n    on: { event: registered }\n    steps:\n      - send: { email: hello }\n';
    const mail = (comment: string) =>
      `---\nsubject: Hello\n---\n${comment}\n<p>{{customer.name}}</p>\n<a href="{{unsubscribe_url}}">x</a>\n`;
    const found = (comment: string) => {
      const texts = { 'campaigns/a.crm.yaml': campaign, 'templates/hello.email.hbs': mail(comment) };
      return (findingsOf(worldOf('yaml', texts)) ?? []).filter(({ range }) => range?.file.endsWith('.hbs'));
    };
    expect(found('{{! a name is always there }}')).toHaveLength(1);
    expect(found('{{! kaskad-ignore nullable-without-fallback: asked for at registration }}')).toEqual([]);
    expect(found('{{!-- kaskad-ignore nullable-without-fallback --}}')).toEqual([]);
  });
});

describe('fixes', () => {
  const fixed = (texts: Record<string, string>) => {
    const files = worldOf('yaml', texts);
    const result = fixAll(files, findingsOf);
    return {
      done: result.done.map(({ fix }) => fix?.title),
      texts: Object.fromEntries(result.files.map((one) => [one.path, one.text])),
    };
  };

  it('take out what is not used, with its comments, and nothing else', () => {
    const yaml = `# The segments.

segments:
  # One.
  one:
    title: One
    where: city == "Omsk"

  # Two.
  two: { where: in segment three }   # a note
  three: { where: city == "Omsk" }
campaigns:
  hello:
    on: { enters: three }
    steps:
      - exit: done
`;
    expect(fixed({ 'campaigns/a.crm.yaml': yaml }).texts['campaigns/a.crm.yaml']).toBe(`# The segments.

segments:

  three: { where: city == "Omsk" }
campaigns:
  hello:
    on: { enters: three }
    steps:
      - exit: done
`);
  });

  it('take out what becomes unused by that, and a section of which nothing is left', () => {
    const yaml = `segments:
  one: { where: city == "Omsk" }
  two: { where: in segment one }
campaigns:
  hello:
    on: { event: registered }
    steps:
      - exit: done
`;
    const { done, texts } = fixed({ 'campaigns/a.crm.yaml': yaml });
    expect(done).toEqual(['Remove the segment `two`', 'Remove the segment `one`']);
    expect(texts['campaigns/a.crm.yaml']).toMatch(/^campaigns:/);
  });

  it('work in the DSL', () => {
    const dsl = `variables {
  pause "2 days"
  unused "x"
}

# One.
segment one "One" {
  where city == "Omsk"
}

segment two { where city == "Omsk" }   # a note
# kaskad-ignore twice-a-day
campaign hello {
  on enters two
  wait $pause
  exit done
}
`;
    const { done, texts } = fixed({ 'campaigns/a.crm': dsl });
    expect(done).toContain('Remove the segment `one`');
    expect(texts['campaigns/a.crm']).toBe(`variables {
  pause "2 days"
}


segment two { where city == "Omsk" }   # a note
campaign hello {
  on enters two
  wait $pause
  exit done
}
`);
  });

  it('do not change what shares its lines with something else', () => {
    expect(fixed({ 'campaigns/a.crm.yaml': 'segments: { one: { where: city == "Omsk" } }\n' }).texts).toEqual({});
  });

  it('add quiet hours on both surfaces', () => {
    const campaign = 'campaigns:\n  hello:\n    on: { event: registered }\n    steps:\n      - send: { sms: hello }\n';
    const { texts } = fixed({ 'campaigns/a.crm.yaml': campaign });
    expect(texts['crm.yaml']).toMatch(
      /\n\npolicies:\n {2}quiet_hours: \{ from: "21:00", to: "09:00", otherwise: hold \}\n$/,
    );
    const files = worldOf('yaml', { 'campaigns/a.crm.yaml': campaign });
    expect(findingsOf(files)?.some(({ rule }) => rule === 'marketing-without-quiet-hours')).toBe(true);
  });

  it('that would leave errors behind are not made', () => {
    const files: SourceFile[] = [{ path: 'a', text: 'ab' }];
    const edit = (start: number, end: number): Diagnostic => {
      const at = (offset: number) => ({ offset, line: 1, column: offset + 1 });
      const range = { file: 'a', start: at(start), end: at(end) };
      return {
        code: 'CRM5001',
        severity: 'warning',
        message: 'x',
        range,
        fix: { title: 'x', edits: [{ range, text: '' }] },
      };
    };
    const judge = ([file]: SourceFile[]) =>
      file?.text === 'ab' ? [edit(0, 1), edit(1, 2)] : file?.text === 'b' ? [] : undefined;
    expect(fixAll(files, judge).files).toEqual([{ path: 'a', text: 'b' }]);
    // Fixes that touch are applied one after the other.
    expect(applyFixes(files, [edit(0, 1), edit(1, 2)]).done).toHaveLength(1);
    expect(applyFixes(files, [edit(1, 2), edit(0, 1)]).done).toHaveLength(1);
  });
});

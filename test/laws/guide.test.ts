import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { grammarPage, grammarPath, grammarPictures, picturesPath } from '../../scripts/grammar.ts';
import type { SourceFile } from '../../spec/diagnostic.ts';
import { formatFile } from '../../spec/format.ts';
import { loadProject } from '../../spec/load.ts';

const guide = readFileSync(new URL('../../docs/language-dsl.md', import.meta.url), 'utf8');
const examples = [...guide.matchAll(/^```crm\n(.*?)^```$/gms)].map(
  ([, text = ''], index): SourceFile => ({
    path: text.includes('\nproject ') ? 'project.crm' : `example-${index + 1}.crm`,
    text,
  }),
);
const templates: SourceFile[] = [
  { path: 'templates/cart/reminder.email.hbs', text: '---\nsubject: Hello\n---\n<a href="{{unsubscribe_url}}">x</a>' },
  { path: 'templates/cart/reminder.push.hbs', text: '---\ntitle: Hello\n---\nHello' },
  { path: 'templates/cart/reminder.sms.hbs', text: 'Hello' },
  { path: 'templates/churn/call.task.hbs', text: '---\nsubject: Call\n---\nHello' },
];

describe('the guide to the DSL', () => {
  it('has examples that make up a project without a fault', () => {
    const { model, diagnostics } = loadProject([...templates, ...examples]);
    expect(diagnostics).toEqual([]);
    expect(model?.campaigns.length).toBe(10);
  });

  it.each(examples)('has $path in the canonical form', (file) => {
    expect(formatFile(file).text).toBe(file.text);
  });
});

it('the page of the grammar is that of the parser', () => {
  expect(readFileSync(grammarPath, 'utf8'), 'run `npm run generate`').toBe(grammarPage());
});

it('the pictures of the grammar are those of the parser', () => {
  const stored = readdirSync(picturesPath).map((name): [string, string] => {
    return [name, readFileSync(new URL(name, picturesPath), 'utf8')];
  });
  expect(new Map(stored), 'run `npm run generate`').toEqual(grammarPictures());
});

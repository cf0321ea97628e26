import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from '../cli/russian/index.ts';
import { useLanguage } from '../spec/words/language.ts';
import { untranslated } from '../test/untranslated.ts';
import { type Editor, openEditor } from './editor.test-helper.ts';
import { marked, shop } from './shop.fixture.ts';

let editor: Editor;
beforeAll(async () => {
  editor = await openEditor(shop);
});
afterAll(() => editor.close());
beforeEach(() => useLanguage('ru', catalogue));
afterEach(() => useLanguage('en'));

describe('an editor in Russian', () => {
  it.each([
    ['winback.crm', 'segment slee', /^сегмент \*\*sleeping\*\*/],
    ['winback.crm', 'and tie', 'атрибут **tier**: `string` — Loyalty tier'],
    ['templates/winback.sms.hbs', 'customer.na', /Персональные данные\.$/],
    ['cart.crm.yaml', 'event: cart_', /^событие \*\*cart_updated\*\*/],
    ['cart.crm.yaml', 'event.items_', 'поле **cart_updated.items_count**: `integer`'],
    ['winback.crm', 'reachable(s', 'канал **sms**: `sms`\n\nспособ доставки `file`\n\nцена `4.2`'],
    ['winback.crm', 'send sms win', 'шаблон **winback**\n\n- templates/winback.sms.hbs'],
    ['winback.crm', 'as let', /^шаг \*\*letter\*\*/],
    ['winback.crm', 'audi', /^Условие на тех, кто входит/],
    ['segments.crm', 'where last', /^`last\(event\), last\(event\.field\)`\n\n[А-Я]/],
  ])('is told in %s what stands behind "%s"', async (path, before, said) => {
    const value = await editor.hover(path, marked(path, before));
    if (typeof said === 'string') expect(value).toBe(said);
    else expect(value).toMatch(said);
  });

  it('describes keys and words in its choices', async () => {
    const choices = await editor.complete('new.crm.yaml', 'campaigns:\n  c:\n    ▮\n');
    const told = choices.flatMap(({ documentation }) => (typeof documentation === 'string' ? [documentation] : []));
    expect(told.length).toBeGreaterThan(10);
    expect(told.filter((text) => !/[а-яё]/i.test(text) || untranslated(text).length > 0)).toEqual([]);
  });

  it('shows the problems', async () => {
    await editor.type('typed.crm', 'campaign t { on enters sleping }\n');
    const found = await editor.diagnostics('typed.crm', (all) => all.length > 0);
    expect(found.map(({ message }) => message)).toContain(
      'Нет сегмента `sleping`.\nВозможно, имелось в виду `sleeping`?',
    );
    await editor.type('typed.crm', '');
    await editor.diagnostics('typed.crm', (all) => all.length === 0);
  });

  it.each([
    ['winback.crm', 'enters sle', 'two words', '`two words` не может быть именем. Используйте'],
    ['winback.crm', 'enters sle', 'valuable', 'Уже есть сегмент `valuable`: segments.crm.'],
    ['winback.crm', 'send sms win', 'other', 'Имя берётся из имён файлов (шаблон)'],
    ['project.crm', '    push_tok', 'device', 'С именем `device` появилась бы ошибка: Каналу нужен ключ `address`'],
  ])('is refused in %s behind "%s" the name "%s"', async (path, before, to, reason) => {
    await expect(editor.rename(path, marked(path, before), to)).rejects.toThrow(reason);
  });
});

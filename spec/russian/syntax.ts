import type { Texts } from '../words/language.ts';

/** Findings in the syntax of YAML and of the DSL. */
export const texts: Texts = {
  // The DSL.
  'the value': 'значение',
  'Braces are nested more than {0} levels deep': 'Фигурные скобки вложены глубже {0} уровней',
  'Take the nesting apart.': 'Уменьшите вложенность.',
  'This `{` is never closed': 'Эта `{` нигде не закрыта',
  'Add `}` where it ends.': 'Добавьте `}` там, где блок кончается.',
  'There is no `{` that this `}` could close': 'Для этой `}` нет открывающей `{`',
  'Remove it.': 'Уберите её.',
  'A `{` is missing at the end of this line': 'В конце этой строки не хватает `{`',
  'Write it behind this word.': 'Поставьте её после этого слова.',
  '{0} is not expected here': 'Здесь не ожидается {0}',
  'The quotation mark is not closed': 'Кавычка не закрыта',
  'Add {0} at the end.': 'Добавьте {0} в конце.',
  'Unknown word {0} in {1}': 'Неизвестное слово {0} ({1})',
  'Here {0} may go on with {1}.': 'Дальше здесь может стоять {1} ({0}).',
  'Here {0} ends.': 'На этом описание кончается ({0}).',
  'The first is in line {0}: keep one of the two, or give one another name.':
    'Первый — в строке {0}: оставьте что-то одно или дайте другое имя.',
  'Keep one of the two, or give one another name.': 'Оставьте что-то одно или дайте другое имя.',
  '{0} stands twice': '{0} указано дважды',
  'The value of {0} is missing': 'Нет значения у {0}',
  'Write `{0} …`.': 'Напишите `{0} …`.',
  '{0} is missing after {1}': 'После {1} не хватает {0}',
  'Write `{0} {1} …`.': 'Напишите `{0} {1} …`.',
  '{0} needs a name': '{0}: нужно имя',
  'Write `{0} <name> …`.': 'Напишите `{0} <имя> …`.',
  '{0} needs braces: `{` is missing': '{0}: нужны фигурные скобки, не хватает `{`',
  'Write `{` at the end of this line, and `}` in a line below.':
    'Поставьте `{` в конце этой строки и `}` строкой ниже.',

  // YAML.
  'Add `{0}` where it ends.': 'Добавьте `{0}` там, где кончается её содержимое.',
  'This `{0}` is never closed': 'Эта `{0}` нигде не закрыта',
  'A backslash in double quotes begins a special character, and `{0}` is none':
    'Обратная косая черта в двойных кавычках начинает особый символ, а `{0}` — не такой символ',
  'Write two backslashes for one, or put single quotes around the text.':
    'Напишите две обратные косые черты вместо одной или возьмите текст в одинарные кавычки.',
  'An apostrophe between single quotes is written twice; or put double quotes around the whole.':
    'Апостроф внутри одинарных кавычек пишут дважды; либо возьмите весь текст в двойные кавычки.',
  'The text ends at its second single quote': 'Текст кончается на второй одинарной кавычке',
  'There is no `{0}` that this `{1}` could close': 'Для этой `{1}` нет открывающей `{0}`',
  'Put the value that has commas in quotation marks.': 'Возьмите значение с запятыми в кавычки.',
  'Between braces a value ends at its comma': 'В фигурных скобках значение кончается на запятой',
  'Indent it by two blanks more than its key.': 'Сдвиньте его на два пробела правее ключа.',
  'The text of a `|` or `>` stands further in than its key':
    'Текст после `|` или `>` должен стоять правее своего ключа',
  'This is not valid YAML: {0}': 'Это неправильный YAML: {0}',
  'Put the dashes of one list in one column, below the key that they belong to.':
    'Выровняйте дефисы одного списка по вертикали под ключом, к которому он относится.',
  'This dash begins no item of a list': 'Этот дефис не начинает пункт списка',
  'Put keys of one map in one column.': 'Выровняйте ключи одного уровня по вертикали.',
  'The line is indented further than the key above it': 'Строка стоит правее, чем ключ над ней',
  'An anchor (`&name`) or a tag stands where it cannot': 'Якорь (`&name`) или тег стоит там, где нельзя',
  'Put one before the value that it names, or the text in quotation marks.':
    'Поставьте его перед значением, к которому он относится, или возьмите текст в кавычки.',
  'The line stands in no column of the lines above it': 'Строка не выровнена ни с одной из строк выше',
  'The line is indented with a tab, which YAML does not allow': 'Отступ сделан табуляцией, в YAML это не разрешено',
  'Indent with spaces: two per level.': 'Делайте отступы пробелами, по два на уровень.',
  'Maps and lists are nested too deeply': 'Слишком большая вложенность',
  'The file holds more than one YAML document': 'В файле больше одного документа YAML',
  'Remove the line `---`, or move what follows it into a file of its own.':
    'Уберите строку `---` или перенесите то, что после неё, в отдельный файл.',
  'A colon is missing after the key, or a line is indented wrongly':
    'После ключа не хватает двоеточия, или у строки неправильный отступ',
  'Write `key: value`, and put keys of one map in one column.':
    'Пишите `ключ: значение` и выровняйте ключи одного уровня по вертикали.',
  'A quotation mark, a comma, a bracket or a colon is missing': 'Не хватает кавычки, запятой, скобки или двоеточия',
  'Close every quotation mark and bracket, and write `key: value`.':
    'Закройте все кавычки и скобки и пишите `ключ: значение`.',
  'A value without quotation marks cannot begin with this character':
    'Значение без кавычек не может начинаться с этого символа',
  'Put the value in quotation marks.': 'Возьмите значение в кавычки.',
  'There is more text here than YAML expects': 'Здесь лишний текст, которого YAML не ожидает',
  'A value that begins with a quotation mark also ends with it: put single quotes around the whole of it.':
    'Значение, которое начинается кавычкой, ею и кончается: возьмите его целиком в одинарные кавычки.',
  'A value that begins with `!` is a YAML tag, which is not used here':
    'Значение, которое начинается с `!`, — это тег YAML, здесь они не нужны',
  'Put the value in quotation marks; in an expression write `not` rather than `!`.':
    'Возьмите значение в кавычки; в условии вместо `!` пишут `not`.',
  'A value that begins with `*` is an alias, and this is none':
    'Значение, которое начинается с `*`, — это ссылка на якорь, а здесь её нет',
  'The key is too long': 'Ключ слишком длинный',
  'Names have at most 63 letters. If it is a text, put it in quotation marks, behind a key.':
    'В именах не больше 63 знаков. Если это текст, возьмите его в кавычки и поставьте после ключа.',
  'A line that begins with `%` is a directive of YAML, which is not used here':
    'Строка, которая начинается с `%`, — это директива YAML, здесь они не нужны',
  'Remove the line, or put the text in quotation marks, behind a key.':
    'Уберите строку или возьмите текст в кавычки и поставьте после ключа.',
  'A key must be a plain word': 'Ключ должен быть простым словом',
  'Write `key: value`.': 'Напишите `ключ: значение`.',
  'Write the list between brackets, as in [a, b], or do without the braces around it.':
    'Напишите список в квадратных скобках, например [a, b], или обойдитесь без фигурных скобок вокруг него.',
  'A list with dashes cannot stand between braces': 'Внутри фигурных скобок не может быть списка с дефисами',
  'The value contains a colon and a blank': 'В значении есть двоеточие с пробелом',
  'If it is a map: { {0} }.': 'Если это набор ключей: { {0} }.',
  'Put a comma before `{0}`.': 'Поставьте запятую перед `{0}`.',
  'A comma is missing between two keys': 'Между двумя ключами не хватает запятой',
  'A `{0}` does not close the `{1}` before it': '`{0}` не закрывает стоящую раньше `{1}`',
  'The key `{0}` stands twice in one map': 'Ключ `{0}` указан дважды на одном уровне',
  'Write the keys out, or repeat a whole value by `*name`.':
    'Напишите ключи полностью или повторите целое значение через `*name`.',
  'Maps cannot be merged by `<<`': 'Объединять наборы ключей через `<<` нельзя',
  'There is no anchor `&{0}` before this': 'Перед этим местом нет якоря `&{0}`',
  'A value that begins with `*` repeats an anchored one. If it is meant as text, put it in quotes.':
    'Значение, которое начинается с `*`, повторяет значение с якорем. Если это текст, возьмите его в кавычки.',
  'Maps and lists are nested more than {0} levels deep': 'Вложенность глубже {0} уровней',
  'Take the nesting apart; an alias must not contain itself.':
    'Уменьшите вложенность; ссылка на якорь не должна содержать саму себя.',
  'Aliases (*name) repeat so much that the file would grow without bound':
    'Ссылки на якоря (`*name`) повторяют так много, что файл разросся бы без предела',
  'Write the repeated parts out, or use fewer aliases.':
    'Напишите повторяющиеся части полностью или используйте меньше ссылок.',
};

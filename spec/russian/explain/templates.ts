import type { Texts } from '../../words/language.ts';

/** Explanations of templates. */
export const texts: Texts = {
  'The lines between the two --- are YAML: keys with texts. As they stand, it is not known what the subject is.':
    'Строки между двумя --- — это YAML: ключи с текстами. В таком виде неизвестно, какая у письма тема.',
  'Nobody reads the key, so that what it says would be lost.':
    'Этот ключ никто не читает, поэтому написанное в нём пропало бы.',
  'What is printed is a text. A number, a date or a list may come out otherwise than it was written.':
    'Выводится всегда текст. Число, дата или список могут выйти не такими, как написаны.',
  'Nobody opens an e-mail without a subject or a push message without a title.':
    'Письмо без темы и push без заголовка никто не откроет.',
  'The name of the file tells for which channel and which language a text is. It is `<name>.<channel>.hbs` or `<name>.<channel>.<locale>.hbs`.':
    'Имя файла говорит, для какого канала и на каком языке текст: `<name>.<channel>.hbs` или `<name>.<channel>.<locale>.hbs`.',
  'Only one of the two texts could be sent, and which one would be a guess.':
    'Отправить можно только один из двух текстов, и какой именно — пришлось бы угадывать.',
  'What stands between braces is not finished, or a block is not closed. Nothing of the text can be printed.':
    'То, что стоит в фигурных скобках, не дописано, или блок не закрыт. Вывести нельзя ничего из этого текста.',
  'The text with all that it includes is larger, or nested more deeply, than any message. Nobody means that.':
    'Текст со всем, что он включает, больше или вложен глубже любого сообщения. Так никто не задумывал.',
  'There is nothing of this name to print. The customer would see a gap.':
    'Выводить нечего: такого имени нет. Клиент увидел бы пустое место.',
  'There is no helper of this name. What templates can do is a short list on purpose.':
    'Помощника с таким именем нет. Список того, что умеют шаблоны, короток намеренно.',
  'The helper cannot make anything of what it is given: it takes another type, or more or fewer values.':
    'Помощник не знает, что делать с тем, что ему передано: он принимает другой тип либо больше или меньше значений.',
  '`#each` goes through a list, and `#with` enters a record. Of a single value neither makes sense.':
    '`#each` обходит список, а `#with` входит в запись. К одному значению ни то ни другое не применимо.',
  'A list or a record has no text of its own: print its parts.':
    'У списка и у записи нет своего текста: выводите их части.',
  'Three braces print a value as HTML. Whoever can choose their own name could write into everybody’s e-mail.':
    'Три скобки выводят значение как HTML. Тот, кто сам выбирает себе имя, мог бы вписать что угодно в письмо каждому.',
  'The feature runs code, or chooses at run time what is included, so that nobody could check the text beforehand.':
    'Эта возможность исполняет код или выбирает включаемое во время работы, поэтому проверить текст заранее нельзя.',
  'There is no file of this name under templates/partials, so that there is nothing to include.':
    'В templates/partials нет файла с таким именем, поэтому включать нечего.',
  'A text that includes itself never ends.': 'Текст, который включает сам себя, никогда не закончится.',
  'In a tag without quotes, a blank in the data begins a new attribute, and a customer could choose which one.':
    'В теге без кавычек пробел в данных начинает новый атрибут, и клиент мог бы выбрать какой.',
  'In an address, data may hold signs with a meaning there. Unencoded, it could lead somewhere else.':
    'В адресе у некоторых знаков из данных есть особое значение. Без кодирования ссылка могла бы увести в другое место.',
  'In a script, a style or a comment, no encoding makes data safe: a browser would run it, or nobody would see it.':
    'В script, style и комментарии никакое кодирование не делает данные безопасными: браузер исполнил бы их, или их никто бы не увидел.',
  'One branch ends inside of a tag and the other one does not, so that the HTML after the block has two meanings.':
    'Одна ветвь заканчивается внутри тега, а другая — нет, поэтому HTML после блока имеет два смысла.',
  'Marketing needs a way out: the law of most countries asks for it, and mail programs put what has none among the spam.':
    'Из рекламы должен быть выход: этого требует закон большинства стран, а письма без него почтовые программы кладут в спам.',
};

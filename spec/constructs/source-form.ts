import { body, clause, form, type Items, type Names, nameList, slot, statement } from '../document/forms.ts';

const columnNames = nameList('column_names', 'a list of names');
const rename: Names = {
  kind: 'names',
  name: 'rename',
  title: 'the columns',
  of: () => 'name',
  or: () => columnNames,
  infix: 'to',
  inline: true,
};
const conditions: Names = {
  kind: 'names',
  name: 'row_conditions',
  title: 'the conditions of rows',
  of: () => 'literal',
  or: () => fileValues,
  infix: 'is',
  inline: true,
};
const fileValue = form('file_value', 'a value of the file', () => [slot('value', 'literal')], 'value');
const fileValues: Items = {
  kind: 'items',
  name: 'file_values',
  title: 'a list of values',
  of: () => fileValue,
  inline: true,
  commas: true,
};
const valueWords: Names = {
  kind: 'names',
  name: 'value_words',
  title: 'the meanings of words',
  of: () => 'literal',
  infix: 'to',
  inline: true,
};
const valueWriting = [
  statement('dates', nameList('date_forms', 'a list of forms of dates')),
  statement('decimal', 'name'),
  statement('values', valueWords),
];
const fieldWriting = form('field_writing', 'the values of a column', () => [
  body([...valueWriting, statement('between', nameList('two_texts', 'a pair of texts'))]),
]);
const fieldWritings: Names = { kind: 'names', name: 'field_writings', title: 'the columns', of: () => fieldWriting };
/** A source in the DSL. */
export const sourceForm = form(
  'source',
  'a source',
  () => [
    slot('path', 'name'),
    clause('rename', rename),
    {
      ...body([
        statement('preset', 'name'),
        statement('encoding', 'name'),
        statement('delimiter', 'name'),
        statement('ids', 'name'),
        statement('timezone', 'name'),
        statement('sheet', 'name'),
        statement('each', 'name'),
        ...valueWriting,
        statement('fields', fieldWritings),
        statement('where', conditions),
        statement('unless', conditions),
      ]),
      optional: true,
    },
  ],
  'path',
);

import { type BadInput, campaignYaml } from '../input.ts';

const slip = (name: string, yaml: string): BadInput => ({ name, yaml });
const journey = (steps: string) => campaignYaml(`on: { event: cart_updated }\nsteps:\n${steps}`);
const flow = campaignYaml('on: { event: cart_updated }, steps: [exit: done]\n').replace(
  'c:\n    on: { event: cart_updated }, steps: [exit: done]',
  'c: { on: { event: cart_updated }, steps: [exit: done] }',
);

/** Slips of YAML, with pairs between brackets and other right things after them. */
export const slips: BadInput[] = [
  slip(
    'a comma between braces, before pairs between brackets',
    `segments:\n  a: { where: city not in ("x", "y") }\n${flow}`,
  ),
  slip(
    'a line indented too little, before pairs between brackets',
    `segments:\n  a:\n    where: points > 1\n   title: A\n${flow}`,
  ),
  slip(
    'a brace left open, before pairs between brackets',
    `segments:\n  a: { where: points > 1\n  b: { where: points > 2 }\n${flow}`,
  ),
  slip('a bracket left open in a list of steps', campaignYaml('on: { event: cart_updated }\nsteps: [exit: done\n')),
  slip('a bracket left open, and keys below', campaignYaml('steps: [exit: done\non: { event: cart_updated }\n')),
  slip('a brace closed by a bracket', 'segments:\n  a: { where: points > 1 ]\n'),
  slip('a bracket closed by a brace', campaignYaml('on: { event: cart_updated }\nsteps: [exit: done}\n')),
  slip('no comma between two keys', 'segments:\n  a: { where: points > 1 title: A }\n'),
  slip('no comma after a quoted value', 'segments:\n  a: { title: "A" where: points > 1 }\n'),
  slip('no comma after a condition with quotes', 'segments:\n  a: { where: city == "x" title: A }\n'),
  slip('no comma between two lines in braces', 'segments:\n  a: {\n    title: A\n    where: points > 1\n  }\n'),
  slip('a block list between braces', campaignYaml('on: { event: cart_updated, when:\n  - points > 1 }\nsteps: []\n')),
  slip(
    'a list below a key between braces',
    'campaigns:\n  c: { on: { event: cart_updated }, steps:\n    - exit: done\n  }\n',
  ),
  slip('a colon in a title', 'segments:\n  a:\n    title: Note: gold\n    where: points > 1\n'),
  slip('a colon in a flow title', 'segments:\n  a: { title: Note: gold, where: points > 1 }\n'),
  slip('text behind a quoted value', 'segments:\n  a:\n    where: "points" > 1\n'),
  slip('a condition that begins with a quotation mark', 'segments:\n  a: { where: "x" == city }\n'),
  slip(
    'a quotation mark open in braces',
    'segments:\n  a: { title: "A, where: points > 1 }\n  b: { where: points > 2 }\n',
  ),
  slip('an apostrophe in single quotes', "segments:\n  a:\n    title: 'it's gold'\n    where: points > 1\n"),
  slip('typographic quotation marks in a block', 'segments:\n  a:\n    where: city == “x”\n'),
  slip('a dash without a blank', journey('  -exit: done\n')),
  slip('a list indented less than its first item', journey('    - wait: 2 hours\n  - exit: done\n')),
  slip('a list indented more than its first item', journey('  - wait: 2 hours\n    - exit: done\n')),
  slip('a key of a step under its value', journey('  - wait: 2 hours\n      id: pause\n')),
  slip('a key of a step under the dash', journey('  - wait: 2 hours\n  id: pause\n')),
  slip('a key and a list in one map', campaignYaml('on: { event: cart_updated }\n- exit: done\n')),
  slip('steps without a dash', journey('  wait: 2 hours\n  exit: done\n')),
  slip('a section indented by a blank', 'segments:\n  a: { where: points > 1 }\n campaigns: {}\n'),
  slip('two keys in one line', 'segments:\n  a: where: points > 1\n'),
  slip('a percent sign first', 'segments:\n  a:\n    title: %gold\n    where: points > 1\n'),
  slip('an at sign first', 'segments:\n  a:\n    title: @gold\n    where: points > 1\n'),
  slip('a backtick first', 'segments:\n  a:\n    where: `points > 1`\n'),
  slip('an exclamation mark first', 'segments:\n  a:\n    where: !subscriber\n'),
  slip('an ampersand first', 'segments:\n  a:\n    title: &co\n    where: points > 1\n'),
  slip('a bar without a text', 'segments:\n  a:\n    where: |\n    points > 1\n'),
  slip('a tab after a list', journey('  - wait: 2 hours\n\t- exit: done\n')),
  slip('a wrong escape', 'segments:\n  a:\n    title: "C:\\gold"\n    where: points > 1\n'),
  slip('a question mark', 'segments:\n  ? a\n  : { where: points > 1 }\n  ? [b]\n  : { where: points > 2 }\n'),
  slip('a comma at the end of a line', 'segments:\n  a:\n    title: A,\n    where: points > 1,\n'),
  slip('a brace too many in a block', 'segments:\n  a:\n    where: points > 1 }\n'),
  slip('an equals sign for a colon', 'segments:\n  a:\n    title = A\n    where: points > 1\n'),
];

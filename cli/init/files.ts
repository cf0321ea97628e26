import { convertFile, type Surface } from '../../spec/convert.ts';
import { formatFile } from '../../spec/format.ts';
import { isResourceFile } from '../../spec/source/project-files.ts';
import { cart } from './cart.ts';
import { emptyFiles } from './empty.ts';
import { sampleFiles } from './sample.ts';
import { shopFiles } from './shop.ts';
import { welcome } from './welcome.ts';
import { winback } from './winback.ts';

/** The templates that a project can begin with, and their subjects. */
export const beginnings = {
  welcome: 'greet whoever registers',
  cart: 'remind of abandoned carts',
  winback: 'write to those who have stopped buying',
  empty: 'nothing but the project file',
} as const;

export type Beginning = keyof typeof beginnings;

/** The text files of a new project, by path. `name`: of the project. */
export function beginningFiles(beginning: Beginning, surface: Surface, name: string): Record<string, string> {
  const files = { ...resources(beginning, name), 'README.md': readme(name, beginning), '.gitignore': ignored };
  return Object.fromEntries(Object.entries(files).map(surface === 'dsl' ? inDsl : canonical));
}

function resources(beginning: Beginning, name: string): Record<string, string> {
  if (beginning === 'empty') return emptyFiles(name);
  return { ...shopFiles(name), ...{ welcome, cart, winback }[beginning], ...sampleFiles() };
}

/** There is one text of everything, so the two surfaces cannot drift apart. */
function inDsl([path, text]: [string, string]): [string, string] {
  if (!isResourceFile(path)) return [path, text];
  const { file } = convertFile({ path, text });
  if (!file) throw new Error(`${path} of a new project cannot be converted`);
  return [file.path, file.text];
}

/** As `crm fmt` has it. */
function canonical([path, text]: [string, string]): [string, string] {
  if (!isResourceFile(path)) return [path, text];
  return [path, formatFile({ path, text }).text ?? text];
}

/** A project's name out of a folder's. */
export function projectName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '');
  return name || 'my-shop';
}

const readme = (name: string, beginning: Beginning) =>
  `# ${name}

CRM campaigns as code, by [Kaskad](https://www.npmjs.com/package/kaskad).
\`crm validate\` checks the files${beginning === 'empty' ? '' : ', `crm test` runs the tests, `crm simulate` lives through 30 days of `sample/`'}.
\`crm plan\` shows what would change, \`crm apply\` makes it so, and \`crm run\` sends.
`.replaceAll('\\', '');

const ignored = `.kaskad/
out/
node_modules/
.env
`;

import { convertFile, type Surface } from '../../spec/convert.ts';
import { isResourceFile } from '../../spec/document/project-files.ts';
import { schemaText } from '../../spec/document/schema.ts';
import { formatFile } from '../../spec/format.ts';
import { laterAll } from '../../spec/words/t.ts';
import { cart } from './cart.ts';
import { emptyFiles } from './empty.ts';
import { sampleFiles } from './sample.ts';
import { type Setting, type Wording, wording } from './setting.ts';
import { shopFiles } from './shop.ts';
import { welcome } from './welcome.ts';
import { winback } from './winback.ts';

/** The templates that a project can begin with, and their subjects. */
export const beginnings = laterAll({
  welcome: 'greet whoever registers',
  cart: 'remind of abandoned carts',
  winback: 'write to those who have stopped buying',
  empty: 'nothing but the project file',
});

export type Beginning = keyof typeof beginnings;

/** The text files of a new project, by path. */
export function beginningFiles(beginning: Beginning, surface: Surface, setting: Setting): Record<string, string> {
  const words = wording(setting);
  const files = { ...resources(beginning, words), 'README.md': readme(words, beginning), '.gitignore': ignored(words) };
  if (surface === 'dsl') return Object.fromEntries(Object.entries(files).map(inDsl));
  // Editors check YAML by it wherever Kaskad is installed.
  return { ...Object.fromEntries(Object.entries(files).map(canonical)), 'crm.schema.json': schemaText() };
}

function resources(beginning: Beginning, words: Wording): Record<string, string> {
  if (beginning === 'empty') return emptyFiles(words);
  return { ...shopFiles(words), ...{ welcome, cart, winback }[beginning](words), ...sampleFiles(words) };
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

const readme = ({ name, say }: Wording, beginning: Beginning) => {
  const tried =
    beginning === 'empty'
      ? ''
      : say(
          ', `crm test` runs the tests, `crm simulate` lives through 30 days of `sample/`',
          ', `crm test` запускает тесты, `crm simulate` проживает 30 дней `sample/`',
        );
  return `# ${name}

${say('CRM campaigns as code, by', 'CRM-кампании как код, на')} [Kaskad](https://www.npmjs.com/package/kaskad).
${say('`crm validate` checks the files', '`crm validate` проверяет файлы')}${tried}.
${say('`crm plan` shows what would change, `crm apply` makes it so, and `crm run` sends.', '`crm plan` показывает, что изменится, `crm apply` вводит это в действие, `crm run` рассылает.')}
`;
};

/** Data of customers does not belong in git, but for the sample, which is of nobody. */
const ignored = ({ say }: Wording) => `.kaskad/
out/
node_modules/
.env
# ${say('Files about customers do not belong in git; the sample is of nobody.', 'Файлам о клиентах не место в git; в sample/ клиентов нет.')}
data/
exports/
*.csv
*.tsv
*.jsonl
*.xlsx
*.parquet
*.gz
!sample/*
`;

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { workspace } = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

/** How to start `crm`: as set, else as the project has it installed, else as the path has it. */
function command() {
  const words = workspace.getConfiguration('kaskad').get('command', []);
  if (words.length > 0) return words;
  const name = process.platform === 'win32' ? 'crm.cmd' : 'crm';
  for (const { uri } of workspace.workspaceFolders ?? []) {
    const installed = join(uri.fsPath, 'node_modules', '.bin', name);
    if (existsSync(installed)) return [installed];
  }
  return [name];
}

exports.activate = async () => {
  const [executable, ...words] = command();
  // What npm installs on Windows are scripts of the shell.
  const options = { shell: process.platform === 'win32' };
  const server = { command: executable, args: [...words, 'lsp'], options };
  const documentSelector = [
    { scheme: 'file', language: 'crm' },
    { scheme: 'file', pattern: '**/{crm.yaml,*.crm.yaml}' },
    { scheme: 'file', pattern: '**/environments/*.yaml' },
    { scheme: 'file', pattern: '**/templates/**/*.hbs' },
  ];
  client = new LanguageClient('kaskad', 'Kaskad', server, { documentSelector });
  await client.start();
};

exports.deactivate = () => client?.stop();

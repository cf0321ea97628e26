// The schema belongs to the project; the extension has a copy of it, made whenever its own dependencies are installed.
const { copyFileSync } = require('node:fs');
const { join } = require('node:path');

copyFileSync(join(__dirname, '..', '..', 'schemas', 'crm.schema.json'), join(__dirname, 'crm.schema.json'));

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleFiles } from './files.ts';
import { shopExport } from './shop-export.ts';

const folder = join(import.meta.dirname, '..', '..', 'sample');
await mkdir(join(folder, 'export'), { recursive: true });
for (const [name, content] of Object.entries(sampleFiles())) await writeFile(join(folder, name), content);
for (const [name, content] of Object.entries(shopExport())) await writeFile(join(folder, 'export', name), content);

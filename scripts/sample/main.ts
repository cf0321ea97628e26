import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleFiles } from './files.ts';

const folder = join(import.meta.dirname, '..', '..', 'sample');
await mkdir(folder, { recursive: true });
for (const [name, content] of Object.entries(sampleFiles())) await writeFile(join(folder, name), content);

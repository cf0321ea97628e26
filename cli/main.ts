#!/usr/bin/env node
// Nothing is imported up here: an old Node must get as far as the sentence below.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  console.error(`crm needs Node 22.12 or newer; this is ${process.version}. See https://nodejs.org/en/download`);
  process.exitCode = 1;
} else {
  const { enableCompileCache } = await import('node:module');
  // Hundreds of modules need not be compiled again at every start.
  enableCompileCache();
  const { crm } = await import('./crm.ts');
  const { processIo } = await import('./io.ts');
  process.exitCode = await crm(process.argv.slice(2), processIo());
}

import { useLanguage } from '../spec/words/language.ts';

// Files of tests share a process: what a command has set in one file must not reach the next.
if (process.platform !== 'win32') process.umask(0o022);
useLanguage('en');

// A command that has run in this process has set it; files of the tests that follow are made as by a shell.
if (process.platform !== 'win32') process.umask(0o022);

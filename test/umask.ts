// A command in this process sets the umask; the tests that follow create files as a shell does.
if (process.platform !== 'win32') process.umask(0o022);

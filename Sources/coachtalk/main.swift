import Chat
internal import Glibc

// Where a standard stream was closed, the next file to be opened would take its number, and what is said would be
// written into a journal.
for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 { _ = open("/dev/null", O_RDWR) }
// A file or a socket that went away is an error to be told, not a signal to die of.
signal(SIGPIPE, SIG_IGN)
signal(SIGXFSZ, SIG_IGN)
// What is written here is for its owner alone, whatever the umask was.
umask(0o077)
exit(Program(Array(CommandLine.arguments.dropFirst())).run().rawValue)

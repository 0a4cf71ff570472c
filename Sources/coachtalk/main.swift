import Chat
import Foundation

// A file or a socket that went away is an error to be told, not a signal to die of.
signal(SIGPIPE, SIG_IGN)
signal(SIGXFSZ, SIG_IGN)
// What is written here is for its owner alone, whatever the umask was.
umask(0o077)
exit(Program(Array(CommandLine.arguments.dropFirst())).run().rawValue)

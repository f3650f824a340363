package sluice.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command line printed, and its exit code. */
record CommandRun(int exitCode, String output, String errors) {

  /** Runs the program's command line. */
  static CommandRun of(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int exitCode =
        Sluice.commandLine()
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(errors))
            .execute(arguments);
    return new CommandRun(exitCode, output.toString(), errors.toString());
  }
}

package sluice.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import sluice.config.ConfigException;
import sluice.cosim.SimulationException;

/**
 * The program. Exit codes: 0 done, 1 failed, 2 the user asked for something that is not possible.
 */
@Command(
    name = "sluice",
    description =
        "Generates accelerators for the attention step of long-context LLM decoding, as Verilog.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {GenerateCommand.class, DecodeCommand.class, TimingCommand.class})
public final class Sluice implements Runnable {

  private static final int FAILED = 1;
  private static final int BAD_INPUT = 2;

  @Spec private CommandSpec spec;

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The parser of all commands, with the project's way to show errors. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Sluice());
    commandLine.addSubcommand(BenchCommand.commandLine());
    return configured(commandLine);
  }

  /** Sets help and errors of a command line and its subcommands. */
  static CommandLine configured(CommandLine commandLine) {
    addHelp(commandLine);
    return commandLine
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Sluice::refuseArguments)
        .setExecutionExceptionHandler(Sluice::reportFailure);
  }

  private static void addHelp(CommandLine commandLine) {
    commandLine.addMixin("help", new HelpOption());
    commandLine.getSubcommands().values().forEach(Sluice::addHelp);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  private static int refuseArguments(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    PrintWriter console = command.getErr();
    console.printf(
        "error: %s (see '%s --help')%n",
        problem.getMessage(), command.getCommandSpec().qualifiedName());
    console.flush();
    return BAD_INPUT;
  }

  private static int reportFailure(Exception problem, CommandLine command, ParseResult arguments) {
    PrintWriter console = command.getErr();
    int exitCode = FAILED;
    if (problem instanceof UserError || problem instanceof ConfigException) {
      console.println("error: " + problem.getMessage());
      exitCode = BAD_INPUT;
    } else if (problem instanceof IOException || problem instanceof UncheckedIOException) {
      console.println("error: " + described(problem));
    } else {
      console.println("error: internal error, please report it with the lines below");
      problem.printStackTrace(console);
    }
    console.flush();
    return exitCode;
  }

  /** A file system's exception often has the file's name as its only message. */
  private static String described(Exception problem) {
    Throwable cause = problem instanceof UncheckedIOException ? problem.getCause() : problem;
    if (cause.getClass() == IOException.class || cause instanceof SimulationException) {
      return cause.getMessage();
    }
    String kind =
        cause
            .getClass()
            .getSimpleName()
            .replaceFirst("Exception$", "")
            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
            .toLowerCase(java.util.Locale.ROOT);
    return kind + ": " + cause.getMessage();
  }
}

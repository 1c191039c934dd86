package dev.elman.cli;

import dev.elman.examples.Example;
import dev.elman.examples.Examples;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verb {@code example}: the programs of {@link Examples} are its subcommands. */
@Command(
    name = "example",
    mixinStandardHelpOptions = true,
    description = "Run a program that trains a network for a task whose figures are known.",
    synopsisSubcommandLabel = "[NAME]",
    modelTransformer = ExampleCommand.Programs.class,
    footer = {
      "",
      "Examples:",
      "  elman example adding --cell lstm --steps 200",
      "  elman example adding --help    lists its options"
    })
final class ExampleCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Lists the programs. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Adds a subcommand for each program. */
  static final class Programs implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      for (Example example : Examples.all()) {
        CommandSpec program = new ExampleRun(example).spec();
        spec.addSubcommand(program.name(), program);
      }
      return spec;
    }
  }
}

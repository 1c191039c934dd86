package dev.elman.cli;

import dev.elman.checkpoints.AtomicFile;
import dev.elman.examples.Example;
import dev.elman.examples.Stage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** An example as a command: its options, and the command line as its stage. */
final class ExampleRun implements Runnable, Stage {
  private final Example example;
  private final CommandSpec spec;

  ExampleRun(Example example) {
    this.example = example;
    CommandSpec options = CommandSpec.forAnnotatedObject(example);
    spec =
        CommandSpec.wrapWithoutInspection(this)
            .name(options.name())
            .addMixin("example", options)
            .mixinStandardHelpOptions(true);
  }

  CommandSpec spec() {
    return spec;
  }

  @Override
  public void run() {
    example.run(this);
  }

  @Override
  public PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Override
  public Progress progress(int epochs) {
    return new ProgressDisplay(out(), epochs);
  }

  @Override
  public void table(List<List<String>> rows) {
    TextTable table = new TextTable(rows.get(0).toArray(String[]::new));
    rows.stream().skip(1).forEach(row -> table.row(0, row.toArray()));
    out().print(table);
    out().flush();
  }

  @Override
  public Gradients gradients(Path picture) {
    AtomicFile.makeFolder(Choice.picture(picture).toAbsolutePath().getParent());
    AtomicFile.requireWritable(picture);
    return new GradientLook(picture, out());
  }
}

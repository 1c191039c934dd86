package dev.elman.cli;

import dev.elman.checkpoints.AtomicFile;
import dev.elman.checkpoints.SavedModel;
import dev.elman.data.MissingPolicy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elman inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Say what a model is: layers, shapes, parameters, how it was trained, on what.",
      "Or look inside: each look is a picture and a table."
    },
    footer = {
      "",
      "Examples:",
      "  elman inspect models/forecaster-weather",
      "  elman inspect models/language-model-book --gates --text \"Call me Ishmael\"",
      "  elman inspect models/language-model-book --gradients --cells rnn,gru,lstm",
      "  elman inspect models/forecaster-weather --graph --steps 4"
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "Folder of the model; several for --gradients side by side.")
  private List<Path> folders;

  @ArgGroup private Look look;

  /** What is looked at; one of them. */
  static final class Look {
    @Option(
        names = "--gradients",
        description = "How far back it learns: the loss's gradient for states against the lag.")
    private boolean gradients;

    @Option(names = "--states", description = "What its units do along a text or a series.")
    private boolean states;

    @Option(names = "--gates", description = "When its gates open and close.")
    private boolean gates;

    @Option(
        names = "--attention",
        description = "Where a translator looks in a --text while it writes.")
    private boolean attention;

    @Option(names = "--graph", description = "What is connected with what, folded and unfolded.")
    private boolean graph;
  }

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "A text to look at it with, for models of texts.")
  private String text;

  @Option(
      names = "--data",
      paramLabel = "FILE|DIR",
      description = "Data to look at it with (default: what it was trained on, if that is found).")
  private Path data;

  @Option(
      names = "--missing",
      defaultValue = "refuse",
      paramLabel = "POLICY",
      description = "What to do with missing cells (default: refuse).")
  private MissingPolicy missing;

  @Option(
      names = "--fresh",
      description = "With --gradients: the same settings with new weights, before any training.")
  private boolean fresh;

  @Option(
      names = "--cells",
      split = ",",
      paramLabel = "NAME",
      description = "With --gradients: fresh models that differ in their cells, side by side.")
  private List<String> cells = List.of();

  @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Of fresh weights.")
  private long seed;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Of texts for --gradients (default: 100), unfolded in --graph (default: 3).")
  private Integer steps;

  @Option(
      names = "--plot",
      paramLabel = "FILE.png|svg",
      description = "The picture (default: beside the model).")
  private Path plot;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (look == null) {
      for (Path folder : folders) {
        ModelSummary.print(SavedModel.read(folder), out);
      }
      return 0;
    }
    InspectedData sequences =
        new InspectedData(text == null ? null : Choice.someText("--text", text), data, missing);
    if (look.gradients) {
      GradientLook gradients = new GradientLook(picture("gradients.png"), out);
      int length = Choice.positive("--steps", steps == null ? 100 : steps, "100");
      InspectGradients.Fresh other = new InspectGradients.Fresh(fresh, cells, seed);
      new InspectGradients(sequences, length, gradients).run(folders, other);
      return 0;
    }
    requireOne();
    SavedModel saved = SavedModel.read(folders.get(0));
    if (look.graph) {
      InspectGraph.run(
          saved.trained().model(), steps == null ? 3 : steps, picture("graph.svg"), out);
    } else if (look.attention) {
      InspectAttention.run(saved.trained(), text, picture("attention.png"), out);
    } else if (look.gates) {
      Path file = picture("gates.png");
      InspectUnits.gates(saved.trained().model(), sequences.one(folders.get(0), saved), file, out);
    } else {
      Path file = picture("states.png");
      InspectUnits.states(saved.trained().model(), sequences.one(folders.get(0), saved), file, out);
    }
    return 0;
  }

  private void requireOne() {
    if (folders.size() > 1) {
      throw new IllegalArgumentException(
          "Expected one model, found "
              + folders.size()
              + ".\nLikely cause: only --gradients lays models side by side."
              + "\nCure: look at one after the other.");
    }
  }

  /** The file of the picture, which can be written. */
  private Path picture(String ending) {
    Path folder = folders.get(0).toAbsolutePath().normalize();
    Path file =
        plot == null
            ? folders.get(0).resolveSibling(folder.getFileName() + "-" + ending)
            : Choice.picture(plot);
    AtomicFile.requireWritable(file); // before the work
    return file;
  }
}

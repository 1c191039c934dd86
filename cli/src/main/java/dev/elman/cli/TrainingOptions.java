package dev.elman.cli;

import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.cells.Modifier;
import dev.elman.checkpoints.AtomicFile;
import dev.elman.layers.Dropout;
import dev.elman.layers.Initialisation;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Window;
import dev.elman.optimizers.LearningRate;
import dev.elman.optimizers.Optimizers;
import dev.elman.training.TrainingPlan;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that all tasks of {@code train} have. */
final class TrainingOptions {
  @Option(
      names = "--cell",
      defaultValue = "lstm",
      paramLabel = "NAME",
      completionCandidates = CellNames.class,
      description =
          "One of ${COMPLETION-CANDIDATES} (default: lstm), and after it any modifiers, each with a"
              + " +, as in lstm+peepholes or gru+zoneout=0.1. ${cell-modifiers}. See"
              + " docs/notation.md.")
  private String cell;

  @Option(
      names = "--hidden",
      paramLabel = "H",
      description = "Units of a layer (default: ${usual-hidden}).")
  private Integer hidden;

  @Option(names = "--layers", defaultValue = "1", paramLabel = "N", description = "Default: 1.")
  private int layers;

  @Option(names = "--bidirectional", description = "Read sequences both ways.")
  private boolean bidirectional;

  @Option(
      names = "--dropout",
      paramLabel = "SHARE",
      description =
          "Share dropped between layers while training, from 0 to below 1 (default:"
              + " ${usual-dropout}).")
  private Double dropout;

  @Option(
      names = "--variational-dropout",
      description = "Drop the same units at every step of a sequence.")
  private boolean variational;

  @Option(
      names = "--init",
      defaultValue = "pytorch",
      paramLabel = "NAME",
      description =
          "How weights begin: pytorch; orthogonal; identity, for rnn-relu; or chrono=100, for lstm"
              + " and gru that are to remember over up to 100 steps (default: pytorch).")
  private String init;

  @Option(
      names = "--recompute",
      defaultValue = "0",
      paramLabel = "STEPS",
      description =
          "For long sequences: keep the network's state every so many steps and compute the rest"
              + " again on the way back, for about a third more time; an LSTM's layers then need"
              + " about a quarter of the memory. Try 100. Results stay the same but for rounding"
              + " (default: 0, keep everything).")
  private int recompute;

  @Mixin private WiringOptions wiring;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Readings of the data, at most (default: ${usual-epochs}).")
  private Integer epochs;

  @Option(
      names = "--curriculum",
      defaultValue = "0",
      paramLabel = "E",
      description =
          "Begin with the shorter sequences: epoch e of the first E reads the shortest e/E of them,"
              + " or of a forecaster's histories the newest e/E of the rows (default: 0, read all"
              + " from the start).")
  private int curriculum;

  @Option(names = "--batch", defaultValue = "32", paramLabel = "B", description = "Default: 32.")
  private int batch;

  @Option(
      names = "--optimizer",
      defaultValue = "adam",
      paramLabel = "NAME",
      description = "adam, adamw, rmsprop, sgd, momentum or nesterov (default: adam).")
  private String optimizer;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Of the first step (default: ${usual-rate}).")
  private Double learningRate;

  @Option(
      names = "--schedule",
      defaultValue = "cosine",
      paramLabel = "NAME",
      description = "The learning rate's way: cosine (down to 1 %%) or constant (default: cosine).")
  private Schedule schedule;

  @Option(
      names = "--clip",
      split = ",",
      defaultValue = "1",
      paramLabel = "[KIND=]LIMIT",
      description =
          "Limits of gradients: 5 or norm=5 scales all to a global norm of at most 5, value=1 cuts"
              + " each number to ±1, state=1 cuts what each step passes back to the one before it;"
              + " several joined by commas, 0 for none (default: norm=1).")
  private List<String> clip;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Stop after N epochs without a better validation loss; 0 for never (default: "
              + "${usual-patience}).")
  private Integer patience;

  @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Default: 1.")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Default: all cores. The result does not depend on it.")
  private Integer threads;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the model (default: models/TASK-NAME).")
  private Path out;

  @Option(names = "--resume", description = "Go on with the interrupted training in --out.")
  private boolean resume;

  @Option(
      names = "--checkpoint-every",
      defaultValue = "30",
      paramLabel = "SECONDS",
      description = "Save the training each so many seconds, and each epoch (default: 30).")
  private double checkpointEvery;

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Write all metrics, floors, settings and durations there.")
  private Path report;

  enum Schedule {
    COSINE,
    CONSTANT
  }

  /** What a task takes where nothing is said. */
  record Defaults(int hidden, double dropout, int epochs, double learningRate, int patience) {
    /** As the help of a task shows them: those for sequences of numbers, too, where they differ. */
    static ResourceBundle inHelp(Defaults usual, Defaults numbers) {
      Map<String, String> texts =
          Map.of(
              "cell-modifiers", modifiers(),
              "usual-hidden", text(usual.hidden, numbers.hidden),
              "usual-dropout", text(usual.dropout, numbers.dropout),
              "usual-epochs", text(usual.epochs, numbers.epochs),
              "usual-rate", text(usual.learningRate, numbers.learningRate),
              "usual-patience", text(usual.patience, numbers.patience));
      return new HelpTexts(texts);
    }

    private static String modifiers() {
      Map<String, String> texts = new LinkedHashMap<>();
      for (Modifier modifier : Modifier.values()) {
        texts.merge(modifier.cell().orElse("any"), modifier.text(), (a, b) -> a + ", " + b);
      }
      return texts.entrySet().stream()
          .map(of -> "Of " + of.getKey() + ": " + of.getValue())
          .collect(Collectors.joining(". "));
    }

    private static String text(Number usual, Number numbers) {
      return usual.equals(numbers) ? usual.toString() : usual + "; of numbers " + numbers;
    }
  }

  /** What stands in the help for {@code ${name}}. */
  private static final class HelpTexts extends ListResourceBundle {
    private final Map<String, String> texts;

    HelpTexts(Map<String, String> texts) {
      this.texts = texts;
    }

    @Override
    protected Object[][] getContents() {
      return texts.entrySet().stream()
          .map(text -> new Object[] {text.getKey(), text.getValue()})
          .toArray(Object[][]::new);
    }
  }

  private static List<String> cells() {
    return Stream.concat(Cells.all().stream().map(Cell::name), Stream.of(Window.NAME)).toList();
  }

  /** The names that {@code --cell} may have, for its help. */
  private static final class CellNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return cells().iterator();
    }
  }

  RecurrentStack recurrent(Defaults defaults) {
    return wiring.of(plain(defaults));
  }

  /** The cell as its modifiers are to be written. */
  private String cellName() {
    Choice.of("--cell", cell.replaceAll("\\+.*", ""), cells());
    return Window.isNamed(cell) ? cell : Cells.named(cell).name();
  }

  private RecurrentStack plain(Defaults defaults) {
    return RecurrentStack.DEFAULTS
        .withCell(cellName())
        .withHidden(Choice.positive("--hidden", hidden == null ? defaults.hidden() : hidden, "64"))
        .withLayers(Choice.positive("--layers", layers, "1"))
        .withDirections(
            bidirectional ? RecurrentStack.Directions.BOTH : RecurrentStack.Directions.FORWARD)
        .withDropout(
            Choice.share("--dropout", dropout == null ? defaults.dropout() : dropout, "0.2"))
        .withMask(variational ? Dropout.Mask.EACH_SEQUENCE : Dropout.Mask.EACH_TOKEN)
        .withInitialisation(Initialisation.named(init))
        .withRecompute(recompute);
  }

  TrainingPlan plan(Defaults defaults) {
    return new TrainingPlan(
        Choice.positive("--epochs", epochs == null ? defaults.epochs() : epochs, "10"),
        Optimizers.named(Choice.of("--optimizer", optimizer, Optimizers.names())),
        learningRate == null ? defaults.learningRate() : learningRate,
        schedule == Schedule.COSINE ? LearningRate.COSINE : LearningRate.CONSTANT,
        new ClipOption(clip).clipping(),
        patience == null ? defaults.patience() : patience,
        seed,
        Choice.threadCount(threads),
        curriculum);
  }

  /** All that the result depends on, by name, for the model's provenance. */
  Map<String, Object> settings(TrainingPlan plan) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("batch", batch);
    if (curriculum > 0) {
      settings.put("curriculum", curriculum);
    }
    settings.put("epochs", plan.epochs());
    settings.put("optimizer", plan.optimizer().name());
    settings.put("learning_rate", plan.learningRate());
    settings.put("schedule", schedule.name().toLowerCase(Locale.ROOT));
    settings.put("clip", new ClipOption(clip).inFiles());
    settings.put("patience", plan.patience());
    settings.put("seed", seed);
    return settings;
  }

  int batch() {
    return Choice.positive("--batch", batch, "32");
  }

  long seed() {
    return seed;
  }

  /** How a training is saved. */
  TrainingRun.Saves saves(Path folder) {
    if (report != null) {
      AtomicFile.requireWritable(report); // before the work
    }
    return new TrainingRun.Saves(folder, resume, checkpointEvery);
  }

  Path report() {
    return report;
  }

  /** The folder of the model: as named, or by task and data. */
  Path out(String task, Path data) {
    String file = String.valueOf(data.getFileName());
    String stem = file.contains(".") ? file.substring(0, file.lastIndexOf('.')) : file;
    return out == null ? Path.of("models", task + "-" + stem) : out;
  }
}

package dev.elman.cli;

import dev.elman.checkpoints.SavedModel;
import dev.elman.data.DataException;
import dev.elman.encoding.Vocabulary;
import dev.elman.generation.Sampler;
import dev.elman.generation.StopRule;
import dev.elman.generation.TextGenerator;
import dev.elman.tasks.Trained;
import dev.elman.tasks.TrainedLanguageModel;
import dev.elman.tasks.TrainedSequenceModel;
import dev.elman.tensor.RandomStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elman generate}. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Let a language model write, or a model of sequences draw one.",
    footer = {
      "",
      "Examples:",
      "  elman generate models/language-model-book --prompt \"Call me\" --temperature 0.7",
      "  elman generate models/language-model-book --top-p 0.9 --until \"THE END\" --seed 7"
    })
final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Folder of the model.")
  private Path folder;

  @Option(
      names = "--prompt",
      defaultValue = "",
      paramLabel = "TEXT",
      description = "How the text begins (default: at a new line).")
  private String prompt;

  @Option(
      names = "--length",
      defaultValue = "500",
      paramLabel = "N",
      description = "Symbols to write at most (default: 500).")
  private int length;

  @Option(names = "--until", paramLabel = "TEXT", description = "Stop when this is written.")
  private String until;

  @Option(
      names = "--temperature",
      defaultValue = "1",
      paramLabel = "T",
      description = "Below 1 bolder, above 1 more varied (default: 1).")
  private double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Choose among the K most likely symbols; 1 for always the most likely.")
  private Integer topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Choose among the likeliest symbols that together have probability P.")
  private Double topP;

  @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Default: 1.")
  private long seed;

  @Override
  public Integer call() {
    Trained trained = SavedModel.read(folder).trained();
    if (trained instanceof TrainedSequenceModel sequences) {
      sequence(sequences);
      return 0;
    }
    if (!(trained instanceof TrainedLanguageModel model)) {
      throw new DataException(
          "a language model or a model of sequences in " + folder,
          "a " + trained.model().task(),
          "the folder is another model's",
          "use elman predict with it");
    }
    Sampler sampler = Sampler.PLAIN;
    if (topP != null) {
      sampler = sampler.amongMass(topP);
    }
    if (topK != null) {
      sampler = sampler.amongTop(topK);
    }
    StopRule stop = StopRule.after(Choice.positive("--length", length, "500"));
    if (until != null) {
      stop = stop.or(StopRule.at(Choice.someText("--until", until)));
    }
    warnOfUnknown(model.vocabulary());
    PrintWriter out = spec.commandLine().getOut();
    out.print(prompt);
    new TextGenerator(model.model(), model.vocabulary())
        .generate(
            prompt,
            sampler.atTemperature(temperature),
            stop,
            seed,
            piece -> {
              out.print(piece);
              out.flush();
            });
    out.println();
    out.flush();
    return 0;
  }

  /** One sequence, a line for each row. */
  private void sequence(TrainedSequenceModel trained) {
    if (!prompt.isEmpty() || until != null || topK != null || topP != null) {
      throw new IllegalArgumentException(
          "Expected --length, --temperature and --seed with a model of sequences, found --prompt,"
              + " --until, --top-k or --top-p.\nLikely cause: these are for texts.\nCure: leave"
              + " them away.");
    }
    if (trained.model().settings().context() > 0) {
      throw new DataException(
          "a model without a context in " + folder,
          "one that is given "
              + trained.model().settings().context()
              + " numbers beside a sequence",
          "it was made for use from Java",
          "call SequenceModel.sample with the context");
    }
    int most = Choice.positive("--length", length, "500");
    RandomStream random = RandomStream.of(seed, "sampling");
    PrintWriter out = spec.commandLine().getOut();
    trained.inWords(trained.model().sample(random, temperature, most)).forEach(out::println);
    out.flush();
  }

  /** What the model does not know it cannot go on from; it reads a sign for the unknown there. */
  private void warnOfUnknown(Vocabulary vocabulary) {
    List<String> unknown = vocabulary.unknownIn(prompt);
    if (!unknown.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          "elman: the model does not know "
              + String.join(" ", unknown)
              + " in the prompt: such symbols were not in its training text.");
      err.flush();
    }
  }
}

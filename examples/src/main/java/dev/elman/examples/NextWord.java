package dev.elman.examples;

import dev.elman.baselines.NgramModel;
import dev.elman.baselines.OrderChoice;
import dev.elman.batches.StreamSource;
import dev.elman.batches.Values;
import dev.elman.data.TextFile;
import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import dev.elman.kernels.Threads;
import dev.elman.layers.Dropout;
import dev.elman.layers.Initialisation;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.LanguageModel;
import dev.elman.training.Evaluation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Foretells the next word of a text by several networks with equally many parameters, and shows
 * where each is worse than the best: the comparison of course notes, a sliding window of words
 * against networks with a memory.
 */
@Command(
    name = "next-word",
    description = {
      "The next word of a book: a sliding window against recurrent networks of equal size.",
      "Eight tenths of the text are learned from, the ninth chooses the epoch, the last is"
          + " measured. Words that the vocabulary lacks count as one word."
    })
public final class NextWord implements Example {
  private static final int CHUNK = 500;
  private static final int STEPS = 35;

  @Option(names = "--text", paramLabel = "FILE", description = "Default: ${DEFAULT-VALUE}.")
  private Path text = Path.of("examples/data/moby-dick.txt");

  @Option(
      names = "--cells",
      split = ",",
      paramLabel = "NAME",
      description = "Those to compare (default: window,rnn,gru,lstm).")
  private List<String> cells = List.of("window", "rnn", "gru", "lstm");

  @Option(
      names = "--tau",
      paramLabel = "STEPS",
      description = "Words that the window holds (default: ${DEFAULT-VALUE}).")
  private int tau = 3;

  @Option(
      names = "--parameters",
      paramLabel = "N",
      description = "Of each model, at most (default: ${DEFAULT-VALUE}).")
  private int parameters = 900_000;

  @Option(
      names = "--words",
      paramLabel = "V",
      description = "The vocabulary, at most (default: ${DEFAULT-VALUE}).")
  private int words = 4000;

  @Option(
      names = "--embedding",
      paramLabel = "N",
      description = "Columns of the embedding (default: ${DEFAULT-VALUE}).")
  private int embedding = 64;

  @Option(names = "--dropout", paramLabel = "SHARE", description = "Default: ${DEFAULT-VALUE}.")
  private double dropout = 0.4;

  @Option(
      names = "--contexts",
      paramLabel = "N",
      description = "Of each model the worst places to be shown (default: ${DEFAULT-VALUE}).")
  private int contexts = 4;

  @Option(
      names = "--init",
      paramLabel = "NAME",
      description = "How weights begin, as in train (default: ${DEFAULT-VALUE}).")
  private String init = "orthogonal";

  @Mixin private final LearningOptions options = new LearningOptions(15, 0.003);

  @Override
  public void run(Stage stage) {
    List<String> all = Unit.WORD.split(TextFile.read(text));
    List<String> learned = all.subList(0, all.size() * 8 / 10);
    Vocabulary vocabulary = Vocabulary.frequent(Unit.WORD, String.join(" ", learned), words, 2);
    int[] training = codes(vocabulary, learned);
    int[] validation = codes(vocabulary, all.subList(learned.size(), all.size() * 9 / 10));
    int[] test = codes(vocabulary, all.subList(all.size() * 9 / 10, all.size()));
    List<WordLosses.Scored> scored = new ArrayList<>();
    for (String cell : cells) {
      LanguageModel model = model(cell, vocabulary.size());
      stage.train(
          model,
          options.plan(),
          StreamSource.training(training, options.batch(), STEPS),
          StreamSource.evaluation(validation, CHUNK));
      scored.add(WordLosses.Scored.of(model, losses(model, test)));
    }
    NgramModel longest = NgramModel.train(training, 4, vocabulary.size());
    WordLosses losses = new WordLosses(vocabulary, test, scored);
    stage.say("%n%,d words not learned from:", test.length - 1);
    stage.table(losses.perplexities(OrderChoice.of(longest, 1, validation).model()));
    stage.say("%nPerplexity by how many words before the word last came:");
    stage.table(losses.byLastUse());
    stage.say("%nWhere each lost most against the best of them, with the probability of the word:");
    stage.table(losses.worst(contexts));
  }

  private static int[] codes(Vocabulary vocabulary, List<String> words) {
    return vocabulary.encode("the text", vocabulary.unit().join(words));
  }

  /** The widest network of the cell with at most so many parameters. */
  private LanguageModel model(String cell, int symbols) {
    int hidden = 0;
    for (int step = Integer.highestOneBit(parameters / symbols); step > 0; step /= 2) {
      hidden += size(cell, hidden + step, symbols) <= parameters ? step : 0;
    }
    return new LanguageModel(settings(recurrent(cell, hidden), symbols), options.seed());
  }

  private LanguageModel.Settings settings(RecurrentStack recurrent, int symbols) {
    return new LanguageModel.Settings(symbols, embedding, LanguageModel.Output.OWN, 0, recurrent);
  }

  private RecurrentStack recurrent(String cell, int hidden) {
    return RecurrentStack.DEFAULTS
        .withInitialisation(Initialisation.named(init))
        .withCell(cell)
        .withHidden(hidden)
        .withTau(tau)
        .withDropout(dropout)
        .withMask(Dropout.Mask.EACH_SEQUENCE);
  }

  private long size(String cell, int hidden, int symbols) {
    RecurrentStack quick = recurrent(cell, hidden).withInitialisation(Initialisation.PYTORCH);
    return new LanguageModel(settings(quick, symbols), 1).weights().parameters();
  }

  /** The loss at each word of a text but the first, in nats. */
  private double[] losses(LanguageModel model, int[] text) {
    double[] losses = new double[text.length - 1];
    int[] at = {0};
    try (Threads threads = options.threads()) {
      Evaluation.run(
          model,
          StreamSource.evaluation(text, CHUNK),
          threads,
          (batch, logits) -> {
            int[] next = ((Values.Codes) batch.targets()).array();
            for (int row = 0; row < logits.rows(); row++) {
              losses[at[0]++] =
                  loss(logits.value(), row * logits.columns(), logits.columns(), next[row]);
            }
          });
    }
    return losses;
  }

  private static double loss(float[] logits, int from, int symbols, int next) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < symbols; i++) {
      most = Math.max(most, logits[from + i]);
    }
    double sum = 0;
    for (int i = 0; i < symbols; i++) {
      sum += Math.exp(logits[from + i] - most);
    }
    return most + Math.log(sum) - logits[from + next];
  }
}

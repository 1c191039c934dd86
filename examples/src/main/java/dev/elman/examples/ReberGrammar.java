package dev.elman.examples;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.models.LanguageModel;
import dev.elman.optimizers.Adam;
import dev.elman.optimizers.Clipping;
import dev.elman.optimizers.OptimizerState;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The embedded Reber grammar (Hochreiter and Schmidhuber 1997, experiment 1): strings such as
 * {@code BTBTXSETE}, whose last letter but one is their second. To foretell it, a network must
 * remember the second letter over a whole Reber string.
 *
 * <p>A training loop of one's own, string by string, that counts how many are needed.
 */
@Command(
    name = "reber",
    description = {
      "The embedded Reber grammar: foretell the letters of strings, one of which is decided early.",
      "Learns string by string until, in 1,000 new strings, after every letter each letter that may"
          + " follow is likelier than each that may not. Hochreiter and Schmidhuber's LSTM needed"
          + " 8,440 strings."
    })
public final class ReberGrammar implements Example {
  /** The letters, by their codes. */
  static final String LETTERS = "BTPSXVE";

  /** For each state of the inner grammar the letters that may come, and the states they lead to. */
  private static final String[] ARROWS = {"B1", "T2P3", "S2X4", "T3V5", "X3S6", "P4V6", "E7"};

  private static final int END = 7;
  private static final int BETWEEN = 100; // strings learned from between two tests

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Seeds, from --seed on (default: ${DEFAULT-VALUE}).")
  private int runs = 10;

  @Option(
      names = "--most",
      paramLabel = "N",
      description = "Strings after which a run gives up (default: ${DEFAULT-VALUE}).")
  private int most = 20_000;

  @Option(
      names = "--test",
      paramLabel = "N",
      description = "New strings that must be foretold (default: ${DEFAULT-VALUE}).")
  private int test = 1000;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Of all steps (default: ${DEFAULT-VALUE}).")
  private double learningRate = 0.01;

  @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private long firstSeed = 1;

  @Mixin private final CellOptions options = new CellOptions("lstm", 16);

  @Override
  public void run(Stage stage) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("seed", "strings needed", "foretold"));
    long sum = 0;
    int solved = 0;
    for (long seed = firstSeed; seed < firstSeed + runs; seed++) {
      long start = System.nanoTime();
      Outcome outcome = learn(seed);
      stage.say(
          "seed %d: %,d strings, %.1f %% foretold, loss %.4f, %,.0f strings/s, %d runs left",
          seed,
          outcome.strings(),
          100 * outcome.foretold(),
          outcome.loss(),
          outcome.strings() / ((System.nanoTime() - start) * 1e-9),
          firstSeed + runs - seed - 1);
      boolean all = outcome.foretold() == 1;
      solved += all ? 1 : 0;
      sum += all ? outcome.strings() : 0;
      rows.add(
          List.of(
              String.valueOf(seed),
              all ? String.format(Locale.ROOT, "%,d", outcome.strings()) : "not solved",
              String.format(Locale.ROOT, "%.1f %%", 100 * outcome.foretold())));
    }
    rows.add(
        List.of(
            "mean of " + solved + " of " + runs,
            solved == 0 ? "-" : String.format(Locale.ROOT, "%,d", sum / solved),
            ""));
    rows.add(List.of("published, LSTM", "8,440", "100.0 %"));
    rows.add(List.of("guessing the embedded letter", "-", "50 % at most"));
    stage.say("");
    stage.table(rows);
  }

  /**
   * How a run went.
   *
   * @param foretold the share of new strings that were foretold at every step
   */
  record Outcome(int strings, double foretold, double loss) {}

  /** A string and what may follow each of its letters. */
  record Word(String letters, List<String> following) {
    /** All letters but the last. */
    int[] read() {
      return Arrays.copyOf(codes(), letters.length() - 1);
    }

    /** All letters but the first. */
    int[] next() {
      return Arrays.copyOfRange(codes(), 1, letters.length());
    }

    private int[] codes() {
      return letters.chars().map(LETTERS::indexOf).toArray();
    }
  }

  /** Learns string by string until all new strings are foretold, or gives up. */
  Outcome learn(long seed) {
    LanguageModel model =
        new LanguageModel(
            new LanguageModel.Settings(
                LETTERS.length(), 8, LanguageModel.Output.OWN, 0, options.recurrent()),
            seed);
    OptimizerState state = new OptimizerState(Adam.DEFAULTS, model.weights());
    Tape tape = Tape.training(Kernels.get());
    RandomStream random = RandomStream.of(seed, "Reber grammar");
    RandomStream unseen = RandomStream.of(seed, "Reber grammar, test");
    double foretold = 0;
    double loss = 0;
    int strings = 0;
    while (strings < most && foretold < 1) {
      loss = 0;
      for (int i = 0; i < BETWEEN; i++) {
        loss += step(model, tape, draw(random), state, learningRate) / BETWEEN;
      }
      strings += BETWEEN;
      foretold = foretold(model, test, unseen.copy());
    }
    return new Outcome(strings, foretold, loss);
  }

  /** Learns from one string and returns its loss, in nats a letter. */
  private static double step(
      LanguageModel model, Tape tape, Word word, OptimizerState state, double rate) {
    Node logits = forward(model, tape, word);
    Node loss = model.loss().sum(tape, logits, Values.Codes.of(word.next()));
    tape.backward(loss);
    List<float[]> gradients = new ArrayList<>();
    for (Weight weight : model.weights()) {
      float[] mean = tape.gradient(weight).clone();
      for (int i = 0; i < mean.length; i++) {
        mean[i] /= word.next().length;
      }
      gradients.add(mean);
    }
    Clipping.byNorm(1).clip(gradients);
    Adam.DEFAULTS.step(model.weights(), gradients, state, rate);
    return loss.value()[0] / word.next().length;
  }

  private static Node forward(LanguageModel model, Tape tape, Word word) {
    tape.reset();
    Values.Codes read = Values.Codes.of(word.read());
    return model
        .forward(tape, Packing.equal(1, read.rows()), read, model.firstState(tape, 1))
        .rows();
  }

  /** Draws a string, each arrow as likely as the other from the same state. */
  static Word draw(RandomStream random) {
    String second = random.nextInt(2) == 0 ? "T" : "P";
    StringBuilder letters = new StringBuilder("B" + second);
    List<String> following = new ArrayList<>(List.of("TP", "B"));
    int state = 0;
    while (state != END) {
      String arrows = ARROWS[state];
      int arrow = 2 * random.nextInt(arrows.length() / 2);
      letters.append(arrows.charAt(arrow));
      state = arrows.charAt(arrow + 1) - '0';
      following.add(state == END ? second : ARROWS[state].replaceAll("[0-9]", ""));
    }
    letters.append(second).append('E');
    following.add("E");
    return new Word(letters.toString(), following);
  }

  /**
   * The share of new strings in which, after every letter, each letter that may follow is likelier
   * than each that may not.
   */
  static double foretold(LanguageModel model, int count, RandomStream random) {
    Tape tape = Tape.inference(Kernels.get());
    int right = 0;
    for (int i = 0; i < count; i++) {
      Word word = draw(random);
      float[] logits = forward(model, tape, word).value();
      boolean all = true;
      for (int t = 0; all && t < word.following().size(); t++) {
        all = separates(logits, t * LETTERS.length(), word.following().get(t));
      }
      right += all ? 1 : 0;
    }
    return right / (double) count;
  }

  private static boolean separates(float[] logits, int at, String following) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < LETTERS.length(); i++) {
      if (following.indexOf(LETTERS.charAt(i)) >= 0) {
        least = Math.min(least, logits[at + i]);
      } else {
        most = Math.max(most, logits[at + i]);
      }
    }
    return least > most;
  }
}

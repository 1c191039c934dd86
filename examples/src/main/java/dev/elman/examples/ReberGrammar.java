package dev.elman.examples;

import dev.elman.batches.SequenceSource;
import dev.elman.batches.Values;
import dev.elman.kernels.Threads;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.LanguageModel;
import dev.elman.tensor.RandomStream;
import dev.elman.training.Evaluation;
import dev.elman.training.Trainer;
import dev.elman.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The embedded Reber grammar (Hochreiter and Schmidhuber 1997, experiment 1): strings such as
 * {@code BTBTXSETE}, whose last letter but one is their second. To foretell it, a network must
 * remember the second letter over a whole Reber string.
 */
public final class ReberGrammar {
  /** The letters, by their codes. */
  public static final String LETTERS = "BTPSXVE";

  /** For each state of the inner grammar the letters that may come, and the states they lead to. */
  private static final String[] ARROWS = {"B1", "T2P3", "S2X4", "T3V5", "X3S6", "P4V6", "E7"};

  private static final int END = 7;

  private ReberGrammar() {}

  /** Learns the grammar and prints how much of it. */
  public static void main(String[] args) {
    System.out.printf(
        Locale.ROOT,
        "strings foretold rightly at every step: %.1f %%%n",
        100 * foretold(learned(RecurrentStack.DEFAULTS.cell(), 15), 1000));
  }

  /** A string and what may follow each of its letters. */
  record Word(String letters, List<String> following) {}

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

  /** A network of 16 units of a cell, trained on 2,000 strings. */
  public static LanguageModel learned(String cell, int epochs) {
    RecurrentStack recurrent = RecurrentStack.DEFAULTS.withCell(cell).withHidden(16);
    LanguageModel model =
        new LanguageModel(
            new LanguageModel.Settings(LETTERS.length(), 8, LanguageModel.Output.OWN, 0, recurrent),
            1);
    TrainingPlan plan =
        TrainingPlan.DEFAULTS
            .withEpochs(epochs)
            .withOptimizer(TrainingPlan.DEFAULTS.optimizer(), 0.01);
    try (Trainer trainer = new Trainer(model, plan, source(words(2000, 1), 8), null, List.of())) {
      trainer.run();
    }
    return model;
  }

  /**
   * The share of new strings in which, after every letter, each letter that may follow is likelier
   * than each that may not.
   */
  public static double foretold(LanguageModel model, int count) {
    List<Word> words = words(count, 2);
    int[] right = {0};
    int[] place = {0};
    SequenceSource source = source(words, 1);
    Evaluation.run(
        model,
        source,
        Threads.ONE,
        (batch, predictions) -> {
          Word word = words.get(source.at(place[0]++));
          boolean all = true;
          for (int t = 0; t < word.following().size(); t++) {
            all &= separates(predictions.value(), t * LETTERS.length(), word.following().get(t));
          }
          right[0] += all ? 1 : 0;
        });
    return right[0] / (double) count;
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

  private static List<Word> words(int count, long seed) {
    RandomStream random = RandomStream.of(seed, "Reber grammar");
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(draw(random));
    }
    return words;
  }

  /** Each letter but the last as input, the next as target. */
  private static SequenceSource source(List<Word> words, int batch) {
    List<Values> inputs = new ArrayList<>();
    List<Values> targets = new ArrayList<>();
    for (Word word : words) {
      int[] codes = word.letters().chars().map(LETTERS::indexOf).toArray();
      inputs.add(Values.Codes.of(Arrays.copyOf(codes, codes.length - 1)));
      targets.add(Values.Codes.of(Arrays.copyOfRange(codes, 1, codes.length)));
    }
    return SequenceSource.tagged(inputs, targets, batch);
  }
}

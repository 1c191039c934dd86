package dev.elman.examples;

import dev.elman.examples.identify.Identify;
import java.util.List;
import java.util.function.Supplier;

/** The programs that {@code elman example} runs. */
public final class Examples {
  private static final List<Supplier<Example>> ALL =
      List.of(
          AddingProblem::new,
          CopyingMemory::new,
          ReberGrammar::new,
          ThreeDigitAddition::new,
          LettersToSounds::new,
          MnistRows::new,
          JapaneseVowels::new,
          Identify::new,
          NextWord::new,
          NumberWords::new,
          RunningParity::new,
          ForkingSeries::new,
          Chorales::new,
          SequenceEndings::new);

  private Examples() {}

  /** One of each, with its defaults. */
  public static List<Example> all() {
    return ALL.stream().map(Supplier::get).toList();
  }
}

package dev.elman.examples;

/**
 * A program that {@code elman example NAME} runs: a task whose answer is known, or figures of
 * others to compare with.
 *
 * <p>Its name and what it is about stand in its {@code @Command}, its settings are fields with
 * {@code @Option} whose values are the defaults. {@link Examples} lists it.
 */
@FunctionalInterface
public interface Example {
  /** Runs the program, its options set; shows how it goes, and a table of what came out. */
  void run(Stage stage);
}

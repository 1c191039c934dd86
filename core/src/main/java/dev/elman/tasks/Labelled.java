package dev.elman.tasks;

import dev.elman.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences, each with the name of its class.
 *
 * @param sequences texts, or sequences of numbers
 * @param labelColumn the column with the labels; empty where they are names of folders
 * @param labels one for each sequence
 */
public record Labelled(Sequences sequences, String labelColumn, List<String> labels) {
  /** Checks that each sequence has a label. */
  public Labelled {
    labels = List.copyOf(labels);
    Shape.require(
        "Labels",
        new int[] {sequences.size()},
        new int[] {labels.size()},
        "Each sequence needs one label.");
  }

  /** Where they are from, for messages. */
  public String source() {
    return sequences.source();
  }

  /** Those with the given numbers. */
  public Labelled part(int[] numbers) {
    return new Labelled(
        sequences.part(numbers),
        labelColumn,
        Arrays.stream(numbers).mapToObj(labels::get).toList());
  }
}

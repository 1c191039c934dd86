package dev.elman.tasks;

import java.util.List;

/**
 * What a translator made of a text.
 *
 * @param text as it is written
 * @param logProbability of its symbols and their end, in nats
 * @param source the symbols that were read, in the order of the text
 * @param target the symbols that were written; the last is {@link #END} where it was ended
 * @param attention {@code [target, source]}: how much of each source symbol was looked at for each
 *     target symbol; null without attention
 * @param codes of the target's symbols, as the model writes them
 */
public record Translation(
    String text,
    double logProbability,
    List<String> source,
    List<String> target,
    float[][] attention,
    int[] codes) {
  /** Stands for the end of a text among its symbols. */
  public static final String END = "⏹";
}

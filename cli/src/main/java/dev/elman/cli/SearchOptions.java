package dev.elman.cli;

import dev.elman.generation.BeamSearch;
import picocli.CommandLine.Option;

/** How a translator searches for its texts. */
final class SearchOptions {
  @Option(
      names = "--beam",
      defaultValue = "1",
      paramLabel = "N",
      description = "Of a translator: beginnings that are kept at each step (default: 1, greedy).")
  private int beam;

  @Option(
      names = "--length-penalty",
      defaultValue = "0.6",
      paramLabel = "A",
      description = "Of a beam: from 0; the larger, the longer the texts (default: 0.6).")
  private double lengthPenalty;

  @Option(
      names = "--n-best",
      defaultValue = "1",
      paramLabel = "N",
      description = "Of a beam and one text: how many are shown, best first (default: 1).")
  private int best;

  BeamSearch beam() {
    return new BeamSearch(Choice.positive("--beam", beam, "5"), lengthPenalty, best);
  }
}

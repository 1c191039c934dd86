package dev.elman.cli;

import dev.elman.layers.Merge;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Window;
import dev.elman.layers.Wiring;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that say how the layers of a network are wired. */
final class WiringOptions {
  @Option(
      names = "--merge",
      paramLabel = "NAME",
      description =
          "How the two directions become one: concatenate, sum, average or product (default:"
              + " concatenate); with --bidirectional.")
  private Merge merge;

  @Option(
      names = "--connections",
      defaultValue = "plain",
      paramLabel = "NAME",
      description =
          "What passes by the layers: plain, nothing; residual, each adds to its input where both"
              + " are as wide; skip, each reads the input and all layers below, and so does what"
              + " follows (default: plain).")
  private Wiring.Connections connections;

  @Option(
      names = "--dense-in",
      split = ",",
      paramLabel = "N",
      description =
          "Dense layers of so many units, with tanh, before each recurrent layer, such as 64 or"
              + " 64,32 (default: none).")
  private List<Integer> denseIn = List.of();

  @Option(
      names = "--dense-out",
      split = ",",
      paramLabel = "N",
      description = "Dense layers of so many units, with tanh, on top of each step.")
  private List<Integer> denseOut = List.of();

  @Option(
      names = "--tau",
      paramLabel = "N",
      description = "Steps that --cell window sees at once, the present one included (default: 3).")
  private Integer tau;

  @Option(
      names = "--first-state",
      defaultValue = "zero",
      paramLabel = "NAME",
      description = "What sequences begin with: zero, or a learned state (default: zero).")
  private RecurrentStack.FirstState firstState;

  /** The settings with what was typed. */
  RecurrentStack of(RecurrentStack settings) {
    if (merge != null && settings.directions() == RecurrentStack.Directions.FORWARD) {
      throw lacking("--merge", "--bidirectional", "there is one direction and nothing to merge");
    }
    boolean window = settings.cell().equals(Window.NAME);
    if (tau != null && !window) {
      throw lacking("--tau", "--cell window", "recurrent cells see all steps before");
    }
    denseIn.forEach(units -> Choice.positive("--dense-in", units, "64"));
    denseOut.forEach(units -> Choice.positive("--dense-out", units, "64"));
    Wiring wiring = settings.wiring();
    return settings
        .withWiring(
            wiring
                .withMerge(merge == null ? wiring.merge() : merge)
                .withConnections(connections)
                .withDenseIn(denseIn)
                .withDenseOut(denseOut))
        .withTau(tau == null ? settings.tau() : Choice.positive("--tau", tau, "3"))
        .withFirstState(firstState);
  }

  private static IllegalArgumentException lacking(String option, String other, String reason) {
    return new IllegalArgumentException(
        "Expected "
            + other
            + " beside "
            + option
            + ", found none: "
            + reason
            + ".\nLikely cause: an option was forgotten.\nCure: add "
            + other
            + ", or leave "
            + option
            + " away.");
  }
}

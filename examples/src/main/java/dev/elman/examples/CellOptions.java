package dev.elman.examples;

import dev.elman.layers.Initialisation;
import dev.elman.layers.RecurrentStack;
import picocli.CommandLine.Option;

/** The options that say which recurrent network an example has. */
public final class CellOptions {
  @Option(
      names = "--cell",
      paramLabel = "NAME",
      description = "As in train (default: ${DEFAULT-VALUE}).")
  private String cell;

  @Option(
      names = "--hidden",
      paramLabel = "H",
      description = "Units of the network (default: ${DEFAULT-VALUE}).")
  private int hidden;

  @Option(
      names = "--init",
      paramLabel = "NAME",
      description = "How weights begin, as in train (default: ${DEFAULT-VALUE}).")
  private String init = "orthogonal";

  /** Options with these defaults. */
  public CellOptions(String cell, int hidden) {
    this.cell = cell;
    this.hidden = hidden;
  }

  /** The network, of one layer that reads forwards. */
  public RecurrentStack recurrent() {
    return RecurrentStack.DEFAULTS
        .withCell(cell)
        .withHidden(hidden)
        .withInitialisation(Initialisation.named(init));
  }
}

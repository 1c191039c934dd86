package dev.elman.models;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Values;
import dev.elman.layers.Diagram;
import dev.elman.layers.Embedding;
import dev.elman.tensor.Weight;
import java.util.Arrays;
import java.util.List;

/** Rows for symbols: of an embedding, or with a 1 in the symbol's own column and 0 elsewhere. */
final class SymbolRows {
  private final int symbols;
  private final Embedding embedding; // null for ones and zeros

  /**
   * Rows for V symbols.
   *
   * @param columns of the embedding; 0 for V columns of ones and zeros
   */
  SymbolRows(String prefix, int symbols, int columns, long seed) {
    this.symbols = symbols;
    embedding = columns == 0 ? null : Embedding.of(prefix, symbols, columns, seed);
  }

  int columns() {
    return embedding == null ? symbols : embedding.outputs();
  }

  List<Weight> weights() {
    return embedding == null ? List.of() : embedding.weights();
  }

  /** Says what it is made of. */
  Diagram.Wire describe(Diagram diagram, Diagram.Wire x) {
    return embedding == null
        ? diagram.box(Diagram.Box.of("ones and zeros", 1, symbols, List.of()), x)
        : embedding.describe(diagram, x);
  }

  Node forward(Tape tape, Values.Codes codes) {
    if (embedding != null) {
      return embedding.forward(tape, codes);
    }
    Node rows = tape.constant(codes.rows(), symbols);
    Arrays.fill(rows.value(), 0, rows.size(), 0);
    for (int i = 0; i < codes.rows(); i++) {
      int code = codes.array()[i];
      if (code < 0 || code >= symbols) {
        throw new IllegalArgumentException(
            "Symbols: expected codes from 0 to "
                + (symbols - 1)
                + ", got "
                + code
                + ". Was the text encoded with another vocabulary?");
      }
      rows.value()[i * symbols + code] = 1;
    }
    return rows;
  }
}

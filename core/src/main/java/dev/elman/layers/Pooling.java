package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import java.util.Arrays;
import java.util.Locale;

/** How a sequence's rows become one: {@code [N, H]} to {@code [B, H]}. */
public enum Pooling {
  /**
   * What has read the whole sequence: the last row; of the backward half of a bidirectional layer
   * the first row.
   */
  LAST {
    @Override
    public Node pool(Tape tape, Packing packing, Node rows, RecurrentStack.Directions directions) {
      int sequences = packing.sequences();
      int[] lastRows = new int[sequences];
      int[] firstRows = new int[sequences];
      for (int b = 0; b < sequences; b++) {
        lastRows[b] = packing.lastRow(b);
        firstRows[b] = packing.row(0, b);
      }
      if (directions == RecurrentStack.Directions.FORWARD) {
        return Slices.gather(tape, rows, lastRows, sequences);
      }
      int half = rows.columns() / 2;
      Node ahead = Slices.columns(tape, Slices.gather(tape, rows, lastRows, sequences), 0, half);
      Node back = Slices.columns(tape, Slices.gather(tape, rows, firstRows, sequences), half, half);
      return Slices.joinColumns(tape, ahead, back);
    }
  },

  /** The mean of the rows. */
  MEAN {
    @Override
    public Node pool(Tape tape, Packing packing, Node rows, RecurrentStack.Directions directions) {
      int h = rows.columns();
      Node out = tape.node(packing.sequences(), h, rows.needsGradient());
      Arrays.fill(out.value(), 0, out.size(), 0);
      for (int b = 0; b < packing.sequences(); b++) {
        for (int t = 0; t < packing.length(b); t++) {
          float share = 1f / packing.length(b);
          tape.kernels().axpy(share, rows.value(), packing.row(t, b) * h, out.value(), b * h, h);
        }
      }
      tape.record(
          out,
          () -> {
            for (int b = 0; b < packing.sequences(); b++) {
              for (int t = 0; t < packing.length(b); t++) { // drow = dout / length
                float share = 1f / packing.length(b);
                int row = packing.row(t, b) * h;
                tape.kernels().axpy(share, out.gradient(), b * h, rows.gradient(), row, h);
              }
            }
          });
      return out;
    }
  },

  /** The largest number of each column. */
  MAX {
    @Override
    public Node pool(Tape tape, Packing packing, Node rows, RecurrentStack.Directions directions) {
      int h = rows.columns();
      Node out = tape.node(packing.sequences(), h, rows.needsGradient());
      int[] from = new int[out.size()];
      for (int b = 0; b < packing.sequences(); b++) {
        for (int j = 0; j < h; j++) {
          int best = packing.row(0, b) * h + j;
          for (int t = 1; t < packing.length(b); t++) {
            int at = packing.row(t, b) * h + j;
            float most = rows.value()[best]; // what is no number stays, to be seen
            best = rows.value()[at] > most || Float.isNaN(rows.value()[at]) ? at : best;
          }
          from[b * h + j] = best;
          out.value()[b * h + j] = rows.value()[best];
        }
      }
      tape.record(
          out,
          () -> {
            for (int i = 0; i < from.length; i++) { // only the largest is to blame
              rows.gradient()[from[i]] += out.gradient()[i];
            }
          });
      return out;
    }
  };

  /** Says which rows it takes, as {@link Layer#describe}. */
  public Diagram.Wire describe(
      Diagram diagram, Diagram.Wire rows, RecurrentStack.Directions directions) {
    int columns = rows.columns();
    String name = name().toLowerCase(Locale.ROOT) + (this == LAST ? " state" : "");
    Diagram.Box box =
        new Diagram.Box(Diagram.Kind.MERGE, name, columns + " → " + columns, columns, 0);
    Diagram.Wire pooled =
        diagram.once(box, this == LAST ? Diagram.Way.LAST : Diagram.Way.ALL, rows);
    if (this == LAST && directions == RecurrentStack.Directions.BOTH) {
      diagram.connect(rows, pooled, Diagram.Way.FIRST, 0, "");
    }
    return pooled;
  }

  /** One row for each sequence, {@code [B, H]}. */
  public abstract Node pool(
      Tape tape, Packing packing, Node rows, RecurrentStack.Directions directions);
}

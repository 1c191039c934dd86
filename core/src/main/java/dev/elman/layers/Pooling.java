package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Slices;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.tensor.Weight;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a sequence's rows become one: {@code [N, H]} to {@code [B, H]}. */
public enum Pooling {
  /**
   * What has read the whole sequence: the last row; where rows were read both ways, the last of
   * each direction, merged as the rows are.
   */
  LAST {
    @Override
    public Node pool(Tape tape, Packing packing, Node rows, List<Weight> weights) {
      return ends(tape, packing, rows);
    }
  },

  /** The mean of the rows. */
  MEAN {
    @Override
    public Node pool(Tape tape, Packing packing, Node rows, List<Weight> weights) {
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
    public Node pool(Tape tape, Packing packing, Node rows, List<Weight> weights) {
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
  },

  /**
   * The rows' mean, weighted by how much each matters, which is learned: {@code Σ α_t·h_t}, where α
   * is the softmax over a sequence's rows of the scores {@code v·h_t} (Raffel and Ellis 2015, with
   * a linear score; a bias would cancel). v is the weight {@code pooling.weight [H]}, and begins as
   * zeros: the mean.
   */
  ATTENTION {
    @Override
    public List<Weight> weights(int columns) {
      return List.of(new Weight("pooling.weight", columns));
    }

    @Override
    public Node pool(Tape tape, Packing packing, Node rows, List<Weight> weights) {
      return new AttentionPooling(tape, packing, rows, weights.get(0)).forward();
    }
  };

  /** What has read the whole sequence, {@code [B, H]}. */
  static Node ends(Tape tape, Packing packing, Node rows) {
    if (rows.hasEnds()) {
      return rows.ends();
    }
    int sequences = packing.sequences();
    int[] last = new int[sequences];
    for (int b = 0; b < sequences; b++) {
      last[b] = packing.lastRow(b);
    }
    return Slices.gather(tape, rows, last, sequences);
  }

  /** What is learned of it, for rows of H columns: nothing, but for attention. */
  public List<Weight> weights(int columns) {
    return List.of();
  }

  /** One row for each sequence, {@code [B, H]}, without weights. */
  public Node pool(Tape tape, Packing packing, Node rows) {
    return pool(tape, packing, rows, List.of());
  }

  /** One row for each sequence, {@code [B, H]}; the weights are those of {@link #weights}. */
  public abstract Node pool(Tape tape, Packing packing, Node rows, List<Weight> weights);

  /** Says which rows it takes, as {@link Layer#describe}. */
  public Diagram.Wire describe(
      Diagram diagram, Diagram.Wire rows, RecurrentStack.Directions directions) {
    int columns = rows.columns();
    String name = name().toLowerCase(Locale.ROOT) + (this == LAST ? " state" : "");
    Diagram.Box box =
        new Diagram.Box(
            Diagram.Kind.MERGE,
            name,
            columns + " → " + columns,
            columns,
            weights(columns).stream().mapToLong(Weight::size).sum());
    Diagram.Wire pooled =
        diagram.once(box, this == LAST ? Diagram.Way.LAST : Diagram.Way.ALL, rows);
    if (this == LAST && directions == RecurrentStack.Directions.BOTH) {
      diagram.connect(rows, pooled, Diagram.Way.FIRST, 0, "");
    }
    return pooled;
  }
}

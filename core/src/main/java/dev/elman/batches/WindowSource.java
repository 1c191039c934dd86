package dev.elman.batches;

import dev.elman.data.DataException;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;
import java.util.List;

/**
 * Windows of a series: each reads a history of T rows {@code [T, D]} and is to forecast the target
 * columns of the next rows, its horizon.
 *
 * <p>Targets are {@code [B, horizon·K]}, all K of a step side by side. The whole horizon of every
 * window lies inside the part of the series that the source is for; only a history may reach back
 * before it.
 */
public final class WindowSource implements Source {
  private final float[] series; // [rows, D]
  private final int columns;
  private final Windows windows;
  private final int batch;
  private final int[] order; // first row of each window's horizon
  private final int first;
  private int history; // rows that are read of each

  /**
   * Windows over a part of a series.
   *
   * @param series row-major {@code [rows, D]}, scaled
   * @param from first row of the part, which may be forecast
   * @param to row after the part's last
   * @throws DataException when no window fits
   * @throws IllegalArgumentException when the part is not one of the series
   */
  public WindowSource(float[] series, Windows windows, int from, int to, int batch) {
    this.series = series;
    this.columns = windows.columns();
    this.windows = windows;
    this.batch = Shape.positive("batch", batch);
    this.history = windows.history();
    this.first = Math.max(from, windows.history());
    check(series.length, columns, from, to);
    int count = to - windows.horizon() - first + 1;
    if (count < 1) {
      throw new DataException(
          "a series longer than history and horizon, "
              + windows.history()
              + " + "
              + windows.horizon()
              + " rows, in each part",
          (to - from) + " rows in the part from row " + (from + 1) + " to row " + to,
          "the series is short, or its last part is",
          "use a smaller --history or --horizon, or a longer series");
    }
    order = new int[count];
    inOrder();
  }

  private static void check(int numbers, int columns, int from, int to) {
    if (numbers % columns != 0) {
      throw new IllegalArgumentException(
          "Series: expected rows of " + columns + " columns, got " + numbers + " numbers.");
    }
    int rows = numbers / columns;
    if (from < 0 || to < from || to > rows) {
      throw new IllegalArgumentException(
          "Windows: expected a part of the "
              + rows
              + " rows from 0 to "
              + rows
              + ", got that from "
              + from
              + " to "
              + to
              + ".");
    }
  }

  /**
   * What a window is.
   *
   * @param columns D
   * @param targets which columns are forecast, from 0
   * @param history T, rows that are read
   * @param horizon rows that are forecast
   */
  public record Windows(int columns, List<Integer> targets, int history, int horizon) {
    /** Checks the sizes. */
    public Windows {
      Shape.positive("columns", columns);
      Shape.positive("history", history);
      Shape.positive("horizon", horizon);
      targets = List.copyOf(targets);
      if (targets.isEmpty() || targets.stream().anyMatch(c -> c < 0 || c >= columns)) {
        throw new IllegalArgumentException(
            "Windows: expected target columns from 0 to "
                + (columns - 1)
                + ", got "
                + targets
                + ".");
      }
    }
  }

  private void inOrder() {
    for (int i = 0; i < order.length; i++) {
      order[i] = first + i;
    }
  }

  /** How many windows there are. */
  public int windows() {
    return order.length;
  }

  /** The first forecast row of window i, as they stand before any shuffling. */
  public int firstRow(int i) {
    return first + i;
  }

  @Override
  public int batches() {
    return (order.length - 1) / batch + 1;
  }

  @Override
  public int sequences(int index) {
    return Math.min(batch, order.length - index * batch);
  }

  @Override
  public long tokens(int index) {
    return (long) sequences(index) * history;
  }

  @Override
  public boolean continues() {
    return false;
  }

  /** All windows, which are equally long: of each the newest rows, a share of its history. */
  @Override
  public void shorter(double share) {
    history = Math.max(1, (int) Math.ceil(Math.min(1, share) * windows.history()));
  }

  @Override
  public void shuffle(RandomStream random) {
    inOrder(); // so that the order depends on the stream alone
    random.shuffle(order);
  }

  @Override
  public Batch blank() {
    int outputs = windows.horizon() * windows.targets().size();
    return new Batch(new Packing(), new Values.Numbers(columns), new Values.Numbers(outputs));
  }

  @Override
  public void fill(int index, Shard shard, Batch into) {
    int count = shard.sequences(sequences(index));
    into.packing().setEqual(count, history);
    float[] inputs = ((Values.Numbers) into.inputs()).resize(count * history);
    float[] targets = ((Values.Numbers) into.targets()).resize(count);
    int k = windows.targets().size();
    int outputs = windows.horizon() * k;
    for (int b = 0; b < count; b++) {
      int row = order[index * batch + shard.index() + b * shard.count()];
      for (int t = 0; t < history; t++) {
        int from = (row - history + t) * columns;
        System.arraycopy(series, from, inputs, (t * count + b) * columns, columns);
      }
      for (int j = 0; j < outputs; j++) {
        targets[b * outputs + j] = series[(row + j / k) * columns + windows.targets().get(j % k)];
      }
    }
  }
}

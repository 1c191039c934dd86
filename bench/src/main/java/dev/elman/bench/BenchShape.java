package dev.elman.bench;

import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.data.DataException;
import dev.elman.data.TextFile;
import dev.elman.layers.RecurrentStack;
import dev.elman.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A shape to time.
 *
 * @param columns its line in the file, and in the results
 * @param cell LSTM, GRU or RNN
 * @param steps T
 * @param sequences B
 * @param inputs D; of whole models V, the size of the vocabulary
 * @param hidden H
 * @param layers one upon the other
 * @param directions one or both
 * @param lengths of the sequences
 */
public record BenchShape(
    String columns,
    String cell,
    int steps,
    int sequences,
    int inputs,
    int hidden,
    int layers,
    RecurrentStack.Directions directions,
    Lengths lengths) {

  /** The columns of a line; the last two may be left out. */
  private static final List<String> COLUMNS =
      List.of("cell", "T", "B", "D", "H", "layers", "directions", "lengths");

  private static final int NEEDED = 6;

  /** Checks that no size is below 1. */
  public BenchShape {
    if (IntStream.of(steps, sequences, inputs, hidden, layers).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException("Expected sizes of at least 1, found " + columns + ".");
    }
  }

  /** How long the sequences are. */
  public enum Lengths {
    /** All of them T steps. */
    EQUAL,
    /** Evenly spread from T down to 1, as multiples of the golden ratio are between 0 and 1. */
    UNEQUAL;

    private static final double GOLDEN = 0.6180339887498949;

    /** The lengths of B sequences of at most T steps, longest first; the first has T. */
    int[] of(int steps, int sequences) {
      return IntStream.range(0, sequences)
          .map(b -> this == EQUAL ? 0 : (int) (steps * (b * GOLDEN - Math.floor(b * GOLDEN))))
          .sorted()
          .map(missing -> steps - missing)
          .toArray();
    }
  }

  /**
   * Reads lines {@code cell,T,B,D,H,layers,directions,lengths}; those that begin with # are
   * comments. Directions are 1 or 2, lengths equal or unequal; both may be left out, for 1 and
   * equal.
   *
   * @throws DataException when a line is another thing
   */
  public static List<BenchShape> read(Path file) {
    List<BenchShape> shapes = new ArrayList<>();
    String[] lines = TextFile.read(file).split("\n");
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        shapes.add(parse("line " + (i + 1) + " of " + file, line));
      }
    }
    return shapes;
  }

  /**
   * The shape of a line by itself.
   *
   * @throws DataException when it is another thing
   */
  static BenchShape of(String line) {
    return parse("a request", line);
  }

  private static BenchShape parse(String where, String line) {
    try {
      List<String> cells = Arrays.stream(line.split(",", -1)).map(String::strip).toList();
      named(cells.get(0));
      int[] n = cells.subList(1, NEEDED).stream().mapToInt(Integer::parseInt).toArray();
      boolean further = cells.size() == COLUMNS.size();
      if (!further && cells.size() != NEEDED) {
        throw new IllegalArgumentException("Another number of columns: " + cells.size());
      }
      return new BenchShape(
          String.join(",", cells),
          cells.get(0),
          n[0],
          n[1],
          n[2],
          n[3],
          n[4],
          RecurrentStack.Directions.values()[further ? Integer.parseInt(cells.get(6)) - 1 : 0],
          further ? Lengths.valueOf(cells.get(7).toUpperCase(Locale.ROOT)) : Lengths.EQUAL);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new DataException(
          String.join(",", COLUMNS) + " in " + where,
          "'" + line + "'",
          "a number is missing or below 1, the cell is none of "
              + names()
              + ", or directions and lengths are not 1 or 2 and equal or unequal",
          "write a line such as LSTM,50,32,64,128,1 or LSTM,50,32,64,128,1,2,unequal",
          e);
    }
  }

  /** The columns that the shapes have in the file, with the further ones where one has them. */
  static String heading(List<BenchShape> shapes) {
    int most = shapes.stream().mapToInt(s -> s.columns.split(",").length).max().orElse(NEEDED);
    return String.join(",", COLUMNS.subList(0, most));
  }

  private static Cell named(String cell) {
    return Cells.named(cell.toLowerCase(Locale.ROOT));
  }

  private static String names() {
    return Cells.all().stream().map(Cell::name).collect(Collectors.joining(", "));
  }

  /**
   * Floating-point operations of one forward run: {@code 2·G·H·(D + H)} a token, layer and
   * direction, where D is that layer's inputs; training counts three times that.
   */
  public double work() {
    int both = directions == RecurrentStack.Directions.BOTH ? 2 : 1;
    double sum = 0;
    int d = inputs;
    for (int l = 0; l < layers; l++) {
      for (Cell.WeightShape weight : named(cell).weights(d, hidden)) {
        sum += weight.kind() == Cell.Kind.BIAS ? 0 : 2.0 * both * Shape.elements(weight.shape());
      }
      d = both * hidden;
    }
    return sum * tokens();
  }

  /** N. */
  int tokens() {
    return Arrays.stream(lengths.of(steps, sequences)).sum();
  }
}

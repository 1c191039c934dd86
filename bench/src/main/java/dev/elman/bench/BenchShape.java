package dev.elman.bench;

import dev.elman.cells.Cell;
import dev.elman.cells.Cells;
import dev.elman.data.DataException;
import dev.elman.data.TextFile;
import dev.elman.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A shape to time.
 *
 * @param cell LSTM, GRU or RNN
 * @param steps T
 * @param sequences B
 * @param inputs D
 * @param hidden H
 * @param layers one upon the other
 */
public record BenchShape(
    String cell, int steps, int sequences, int inputs, int hidden, int layers) {

  /**
   * Reads lines {@code cell,T,B,D,H,layers}; those that begin with # are comments.
   *
   * @throws DataException when a line is another thing
   */
  public static List<BenchShape> read(Path file) {
    List<BenchShape> shapes = new ArrayList<>();
    String[] lines = TextFile.read(file).split("\n");
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        shapes.add(parse(file, i + 1, line));
      }
    }
    return shapes;
  }

  private static BenchShape parse(Path file, int number, String line) {
    String[] cells = line.split(",");
    try {
      named(cells[0]);
      int[] n = new int[5];
      for (int i = 0; i < n.length; i++) {
        n[i] = Integer.parseInt(cells[i + 1].strip());
      }
      return new BenchShape(cells[0], n[0], n[1], n[2], n[3], n[4]);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new DataException(
          "cell,T,B,D,H,layers in line " + number + " of " + file,
          "'" + line + "'",
          "a number is missing, or the cell is none of " + names(),
          "write a line such as LSTM,50,32,64,128,1",
          e);
    }
  }

  private static Cell named(String cell) {
    return Cells.named(cell.toLowerCase(Locale.ROOT));
  }

  private static String names() {
    return Cells.all().stream().map(Cell::name).collect(Collectors.joining(", "));
  }

  /**
   * Floating-point operations of one forward run: {@code 2·G·H·(D + H)} a token and layer; training
   * counts three times that.
   */
  public double work() {
    double sum = 0;
    int d = inputs;
    for (int l = 0; l < layers; l++) {
      for (Cell.WeightShape weight : named(cell).weights(d, hidden)) {
        sum += weight.kind() == Cell.Kind.BIAS ? 0 : 2.0 * Shape.elements(weight.shape());
      }
      d = hidden;
    }
    return sum * steps * sequences;
  }
}

package dev.elman.examples;

import dev.elman.batches.Values;
import dev.elman.data.DataException;
import dev.elman.data.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Labelled series from a {@code .ts} file of the UEA and UCR archive: after {@code @data} a line
 * for each, its columns with colons between, numbers with commas, the class last.
 */
final class SeriesFile {
  private static final String CURE = "get the file again from https://timeseriesclassification.com";

  private SeriesFile() {}

  /** Reads a file. */
  static LabelledRows read(Path file) {
    List<String> lines = TextFile.read(file).lines().filter(line -> !line.startsWith("#")).toList();
    List<String> classes = classes(file, lines);
    List<Values.Numbers> sequences = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (String line : lines.subList(lines.indexOf("@data") + 1, lines.size())) {
      String[] parts = line.split(":");
      int label = classes.indexOf(parts[parts.length - 1].strip());
      if (label < 0) {
        throw wrong(file, "a class of the list " + classes, "'" + parts[parts.length - 1] + "'");
      }
      sequences.add(rows(file, parts));
      labels.add(label);
    }
    int[] codes = labels.stream().mapToInt(label -> label).toArray();
    return new LabelledRows(sequences, codes, classes.size());
  }

  private static List<String> classes(Path file, List<String> lines) {
    String start = "@classLabel true ";
    return lines.stream()
        .filter(line -> line.startsWith(start) && lines.contains("@data"))
        .findFirst()
        .map(line -> List.of(line.substring(start.length()).strip().split(" ")))
        .orElseThrow(() -> wrong(file, "lines '@classLabel true ...' and '@data'", "none"));
  }

  private static Values.Numbers rows(Path file, String[] parts) {
    int columns = parts.length - 1;
    int steps = parts[0].split(",").length;
    Values.Numbers rows = new Values.Numbers(columns);
    float[] numbers = rows.resize(steps);
    for (int column = 0; column < columns; column++) {
      String[] cells = parts[column].split(",");
      if (cells.length != steps) {
        throw wrong(
            file, steps + " numbers in each column of a series", String.valueOf(cells.length));
      }
      for (int t = 0; t < steps; t++) {
        numbers[t * columns + column] = number(file, cells[t]);
      }
    }
    return rows;
  }

  private static float number(Path file, String cell) {
    try {
      return Float.parseFloat(cell.strip());
    } catch (NumberFormatException e) {
      throw new DataException(
          "numbers in " + file, "'" + cell + "'", "the file was edited or is damaged", CURE, e);
    }
  }

  private static DataException wrong(Path file, String expected, String found) {
    return new DataException(
        expected + " in " + file,
        found,
        "this is no .ts file of the UEA and UCR archive, or has another of its forms",
        CURE);
  }
}

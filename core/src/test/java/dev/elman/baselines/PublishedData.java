package dev.elman.baselines;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Data that figures are published for; a test that needs it is skipped where it is absent. */
final class PublishedData {
  private PublishedData() {}

  /** A file below {@code shared/data} in this folder or one above it. */
  static Path file(String name) {
    Path found =
        Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
            .map(folder -> folder.resolve("shared/data").resolve(name))
            .filter(Files::isRegularFile)
            .findFirst()
            .orElse(null);
    assumeTrue(found != null, name + " is not in a folder shared/data above this one");
    return found;
  }

  /** A file of the examples, which stand beside core. */
  static Path example(String name) {
    return Path.of("../examples/data").resolve(name);
  }

  static String text(Path file) {
    try {
      return Files.readString(file).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> rows(Path file) {
    return text(file).lines().skip(1).filter(row -> !row.isBlank()).toList();
  }

  /** The second column of a file of two columns. */
  static float[] series(Path file) {
    List<String> rows = rows(file);
    float[] values = new float[rows.size()];
    for (int i = 0; i < values.length; i++) {
      String row = rows.get(i);
      values[i] = Float.parseFloat(row.substring(row.lastIndexOf(',') + 1).replace("\"", ""));
    }
    return values;
  }
}

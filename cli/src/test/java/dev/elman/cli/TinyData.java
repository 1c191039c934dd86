package dev.elman.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Small files to train on. */
final class TinyData {
  private TinyData() {}

  /** Writes series.csv, names.csv and text.txt. */
  static void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("series.csv"), series(150, -1, ""));
    Files.writeString(folder.resolve("names.csv"), names("de", "ru"));
    Files.writeString(
        folder.resolve("text.txt"), "the quick brown fox jumps over the lazy dog. ".repeat(60));
  }

  /** Rows of two columns, one of them replaced. */
  static String series(int rows, int wrongRow, String wrong) {
    Random random = new Random(5);
    StringBuilder csv = new StringBuilder("sea,wind\n");
    for (int i = 0; i < rows; i++) {
      String row = Math.sin(i / 4.0) + "," + random.nextFloat();
      csv.append(i == wrongRow ? wrong : row).append('\n');
    }
    return csv.toString();
  }

  /** Names of two classes. */
  static String names(String one, String other) {
    Random random = new Random(7);
    StringBuilder csv = new StringBuilder("name,label\n");
    for (int i = 0; i < 120; i++) {
      boolean first = random.nextBoolean();
      csv.append(first ? "otto" : "ivan").append((char) ('a' + random.nextInt(26)));
      csv.append((char) ('a' + random.nextInt(26))).append(',').append(first ? one : other);
      csv.append('\n');
    }
    return csv.toString();
  }
}

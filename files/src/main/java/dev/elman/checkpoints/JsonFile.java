package dev.elman.checkpoints;

import java.nio.file.Path;
import java.util.Map;

/** A JSON file of fields, written aside and renamed. */
public final class JsonFile {
  private JsonFile() {}

  /**
   * Writes fields: texts, numbers, truth values, lists, arrays and maps of these.
   *
   * @throws java.io.UncheckedIOException when it cannot be written; a file before is still there
   */
  public static void write(Path file, Map<String, ?> fields) {
    AtomicFile.write(file, out -> out.write(Json.write(fields)));
  }
}

package dev.elman.cli;

import dev.elman.checkpoints.JsonFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The file that {@code --report} asks for. */
final class ReportFile {
  private ReportFile() {}

  /**
   * Writes it, when there is one to write.
   *
   * @param file null for none
   */
  static void write(Path file, Map<String, Object> training, Map<String, Object> test) {
    if (file != null) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("training", training);
      report.put("test", test);
      JsonFile.write(file, report);
    }
  }
}

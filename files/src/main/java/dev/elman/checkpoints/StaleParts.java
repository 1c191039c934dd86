package dev.elman.checkpoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The parts that killed saves left behind. */
final class StaleParts {

  /** Longer than any save, so that nothing is taken from one that is under way. */
  private static final Duration AGE = Duration.ofMinutes(10);

  private StaleParts() {}

  /**
   * Removes parts of safetensors files and of {@code model.json} that nobody has touched lately.
   */
  static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> parts = files.filter(StaleParts::isPart).toList();
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(Instant.now().minus(AGE))) {
          Files.deleteIfExists(part);
        }
      }
    } catch (IOException e) {
      throw AtomicFile.failed(folder, e);
    }
  }

  private static boolean isPart(Path file) {
    return file.getFileName().toString().matches("(.+\\.safetensors|model\\.json)\\..+\\.part");
  }
}

package dev.elman.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A file that is there, is not a folder, may be read and is not empty. */
public final class InputFile {

  private InputFile() {}

  /**
   * Returns the path if it can be read from; a pipe such as {@code /dev/stdin} may be.
   *
   * @throws DataException if the file is missing (naming the most similar file of that folder), is
   *     a folder, may not be read, or is empty
   */
  public static Path require(Path path) {
    if (Files.isDirectory(path)) {
      throw new DataException(
          "a file at " + path,
          "a folder",
          "the name of the file is missing at the end of the path",
          "name one file in it" + examples(path));
    }
    if (!Files.exists(path)) {
      throw missing(path);
    }
    if (!Files.isReadable(path)) {
      throw new DataException(
          "a readable file at " + path,
          "a file that this user may not read",
          "it belongs to another user or its permissions are too narrow",
          "grant read permission, as in: chmod +r " + path);
    }
    try {
      if (Files.isRegularFile(path) && Files.size(path) == 0) {
        throw new DataException(
            "data in " + path,
            "an empty file (0 bytes)",
            "the download or export that made it was cut short",
            "make the file again");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the size of " + path, e);
    }
    return path;
  }

  /** All bytes of the file, after the checks of {@link #require}. */
  public static byte[] bytes(Path path) {
    require(path);
    try {
      if (Files.size(path) > Integer.MAX_VALUE - 8L) {
        throw new DataException(
            "at most 2 GB in " + path,
            Files.size(path) + " bytes",
            "the file holds more than is read into memory at once",
            "cut it into several files");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  private static DataException missing(Path path) {
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return new DataException(
          "a file at " + path,
          "no such file, and its folder " + folder + " does not exist either",
          "the path is mistyped, or relative to another working directory than "
              + Path.of("").toAbsolutePath(),
          "check the path");
    }
    Optional<String> near = Nearest.of(path.getFileName().toString(), names(folder));
    return new DataException(
        "a file at " + path,
        "no such file",
        near.isPresent()
            ? "the name is mistyped"
            : "the path is mistyped, or relative to another working directory than "
                + Path.of("").toAbsolutePath(),
        near.map(name -> "did you mean '" + name + "' in the same folder?")
            .orElse("check the path"));
  }

  private static String examples(Path folder) {
    List<String> names = names(folder);
    return names.isEmpty()
        ? ""
        : ", such as " + String.join(", ", names.subList(0, Math.min(3, names.size())));
  }

  /** The names of the files in a folder, sorted; none if it may not be listed. */
  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}

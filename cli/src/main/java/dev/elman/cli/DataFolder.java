package dev.elman.cli;

import dev.elman.data.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder whose files are sequences, one each; hidden files are left out.
 *
 * @param root the folder
 * @param files sorted by folder and name
 */
record DataFolder(Path root, List<Path> files) {
  /**
   * The files in folders that are named after labels.
   *
   * @throws DataException when there is none, or none in one of the folders
   */
  static DataFolder labelled(Path root) {
    List<Path> files = new ArrayList<>();
    for (Path folder : Files.isDirectory(root) ? children(root) : List.<Path>of()) {
      if (Files.isDirectory(folder)) {
        List<Path> inside = children(folder);
        if (inside.isEmpty()) {
          throw new DataException(
              "a file in each folder that is named after a label",
              "none in " + folder,
              "the copy was interrupted, or the folder is none of a label",
              "put the files of this label there, or remove the folder");
        }
        files.addAll(inside);
      }
    }
    if (files.isEmpty()) {
      throw new DataException(
          "folders named after labels, with a sequence or a text in each file, in " + root,
          "none",
          "it is another one, or the files lie in it directly",
          "make a folder for each label, or give a CSV file with a column of labels");
    }
    return new DataFolder(root, files);
  }

  /**
   * The files in a folder and in its folders, or the file itself.
   *
   * @throws DataException when there is none
   */
  static DataFolder unlabelled(Path root) {
    if (!Files.isDirectory(root)) {
      return new DataFolder(root.toAbsolutePath().getParent(), List.of(root.toAbsolutePath()));
    }
    List<Path> files = new ArrayList<>();
    for (Path child : children(root)) {
      files.addAll(Files.isDirectory(child) ? children(child) : List.of(child));
    }
    if (files.isEmpty()) {
      throw new DataException(
          "CSV files in " + root,
          "an empty folder",
          "it is another one, or the copy was interrupted",
          "name the folder with the files");
    }
    return new DataFolder(root, files);
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> !String.valueOf(child.getFileName()).startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          DataException.text(
              "to read the folder " + folder,
              e.toString(),
              "it may not be read by this user",
              "change its permissions"),
          e);
    }
  }

  /** The names of the folders that the files lie in. */
  List<String> labels() {
    return files.stream().map(file -> String.valueOf(file.getParent().getFileName())).toList();
  }

  /** What the files are called, as seen from the folder. */
  List<String> names() {
    return files.stream().map(file -> root.relativize(file).toString().replace('\\', '/')).toList();
  }
}

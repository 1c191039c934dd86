package dev.elman.cli;

import dev.elman.csv.CsvFile;
import dev.elman.data.DataException;
import dev.elman.data.Table;
import dev.elman.data.TextFile;
import dev.elman.tasks.LabelledTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Labelled texts from a table, or from folders named after labels. */
final class TextsFrom {
  private TextsFrom() {}

  /**
   * Reads them.
   *
   * @param textColumn empty for the first column of a table
   * @param labelColumn empty for the last column of a table
   */
  static LabelledTexts read(Path data, String textColumn, String labelColumn) {
    return Files.isDirectory(data) ? folders(data) : table(data, textColumn, labelColumn);
  }

  private static LabelledTexts table(Path file, String textColumn, String labelColumn) {
    Table table = CsvFile.read(file);
    List<String> columns = table.columns();
    if (columns.size() < 2) {
      throw new DataException(
          "a column of texts and one of labels in " + table.source(),
          "one column, '" + columns.get(0) + "'",
          "the columns are separated by something unusual, or the labels are missing",
          "write lines such as text,label with a header");
    }
    String text = textColumn.isEmpty() ? columns.get(0) : textColumn;
    String label = labelColumn.isEmpty() ? columns.get(columns.size() - 1) : labelColumn;
    return new LabelledTexts(table.source(), text, label, table.text(text), table.text(label));
  }

  private static LabelledTexts folders(Path root) {
    List<String> texts = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (Path folder : children(root)) {
      if (Files.isDirectory(folder)) {
        for (Path file : children(folder)) {
          texts.add(TextFile.read(file));
          labels.add(String.valueOf(folder.getFileName()));
        }
      }
    }
    if (texts.isEmpty()) {
      throw new DataException(
          "folders named after labels, with a text in each file, in " + root,
          "none",
          "the folder is another one, or the texts lie in it directly",
          "make a folder for each label, or give a CSV file");
    }
    return new LabelledTexts(root.toString(), "", "", texts, labels);
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
}

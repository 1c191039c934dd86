package dev.elman.cli;

import dev.elman.csv.CsvFile;
import dev.elman.data.DataException;
import dev.elman.data.MissingPolicy;
import dev.elman.data.Table;
import dev.elman.data.TextFile;
import dev.elman.tasks.Labelled;
import dev.elman.tasks.Recordings;
import dev.elman.tasks.SequenceEncoding;
import dev.elman.tasks.Sequences;
import dev.elman.tasks.Texts;
import dev.elman.tasks.TrainedClassifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Texts or sequences of numbers, from a table or from folders.
 *
 * @param data the table or the folder
 * @param missing what to do with missing cells of tables that are sequences
 */
record SequencesFrom(Path data, MissingPolicy missing) {
  /**
   * Reads labelled ones to learn from, and finds out what they are.
   *
   * @param text the column of texts; empty for the first column, unless they are numbers
   * @param label the column of labels; empty for the last column
   */
  Labelled labelled(String text, String label) {
    if (Files.isDirectory(data)) {
      DataFolder folder = DataFolder.labelled(data);
      if (!text.isEmpty() || !NumberTables.areAllCsv(folder)) {
        return texts(folder);
      }
      NumberTables tables = NumberTables.read(folder);
      tables.requireSameColumns();
      return new Labelled(tables.recordings(tables.inputs(), missing), "", folder.labels());
    }
    Table table = CsvFile.read(data);
    String labels = label.isEmpty() ? table.columns().get(table.columns().size() - 1) : label;
    List<String> steps = table.columns().stream().filter(name -> !name.equals(labels)).toList();
    return text.isEmpty() && NumberTables.areSteps(table, steps)
        ? new Labelled(Recordings.ofRows(table, steps), labels, table.text(labels))
        : texts(table, text, labels);
  }

  /** Reads labelled ones as a model knows them, to measure it. */
  Labelled labelledFor(TrainedClassifier trained) {
    String label = trained.labelColumn();
    if (trained.encoding() instanceof SequenceEncoding.Symbols texts) {
      return Files.isDirectory(data)
          ? texts(DataFolder.labelled(data))
          : texts(CsvFile.read(data), texts.column(), label);
    }
    SequenceEncoding.Scaled numbers = (SequenceEncoding.Scaled) trained.encoding();
    if (numbers.form() == Recordings.Form.ROWS) {
      Table table = CsvFile.read(data);
      return new Labelled(Recordings.ofRows(table, numbers.columns()), label, table.text(label));
    }
    DataFolder folder = DataFolder.labelled(data);
    return new Labelled(
        NumberTables.read(folder).recordings(numbers.columns(), missing), "", folder.labels());
  }

  /** Reads them as a model knows them, without labels. */
  Sequences unlabelledFor(TrainedClassifier trained) {
    if (trained.encoding() instanceof SequenceEncoding.Symbols texts) {
      Table table = CsvFile.read(data);
      return texts(table, texts.column());
    }
    SequenceEncoding.Scaled numbers = (SequenceEncoding.Scaled) trained.encoding();
    return numbers.form() == Recordings.Form.ROWS
        ? Recordings.ofRows(CsvFile.read(data), numbers.columns())
        : NumberTables.read(DataFolder.unlabelled(data)).recordings(numbers.columns(), missing);
  }

  private static Labelled texts(Table table, String textColumn, String labelColumn) {
    List<String> columns = table.columns();
    if (columns.size() < 2) {
      throw new DataException(
          "a column of texts and one of labels in " + table.source(),
          "one column, '" + columns.get(0) + "'",
          "the columns are separated by something unusual, or the labels are missing",
          "write lines such as text,label with a header");
    }
    String label = labelColumn.isEmpty() ? columns.get(columns.size() - 1) : labelColumn;
    return new Labelled(texts(table, textColumn), label, table.text(label));
  }

  private static Texts texts(Table table, String textColumn) {
    String text = textColumn.isEmpty() ? table.columns().get(0) : textColumn;
    return new Texts(table.source(), text, table.text(text));
  }

  private static Labelled texts(DataFolder folder) {
    List<String> texts = folder.files().stream().map(TextFile::read).toList();
    return new Labelled(new Texts(folder.root().toString(), "", texts), "", folder.labels());
  }
}

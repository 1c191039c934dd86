package dev.elman.cli;

import dev.elman.csv.CsvFile;
import dev.elman.data.DataException;
import dev.elman.data.MissingPolicy;
import dev.elman.data.Numbers;
import dev.elman.data.Table;
import dev.elman.tasks.Recordings;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tables that may be sequences of numbers.
 *
 * <p>A column is one of numbers when most of its cells are, missing ones not counted: a single text
 * among numbers is a mistake to be told of, not a reason to take the column for another.
 *
 * @param source where they are from, for messages
 * @param tables by their names as seen from there, in order
 */
record NumberTables(String source, Map<String, Table> tables) {
  static boolean areAllCsv(DataFolder folder) {
    return folder.names().stream().allMatch(n -> n.toLowerCase(Locale.ROOT).endsWith(".csv"));
  }

  static NumberTables read(DataFolder folder) {
    Map<String, Table> tables = new LinkedHashMap<>();
    for (int i = 0; i < folder.files().size(); i++) {
      String name = folder.names().get(i);
      tables.put(name, CsvFile.read(folder.files().get(i), name));
    }
    return new NumberTables(folder.root().toString(), tables);
  }

  /** Whether the rows of a table are sequences: columns of numbers, two or more. */
  static boolean areSteps(Table table, List<String> columns) {
    List<Integer> majorities =
        columns.stream().map(column -> majority(List.of(table), column)).toList();
    return majorities.stream().allMatch(majority -> majority >= 0) // 0: all are missing
        && majorities.stream().filter(majority -> majority > 0).count() > 1;
  }

  /** By how many cells the numbers of a column are more than its texts. */
  private static int majority(Collection<Table> tables, String column) {
    int majority = 0;
    for (Table table : tables) {
      for (String cell : table.text(column)) {
        majority += Numbers.isNumber(cell) ? 1 : Numbers.isMissing(cell) ? 0 : -1;
      }
    }
    return majority;
  }

  /**
   * Requires that all tables have the columns of the first one, in any order.
   *
   * @throws DataException naming the table and the column that differ
   */
  void requireSameColumns() {
    Map.Entry<String, Table> first = tables.entrySet().iterator().next();
    List<String> expected = first.getValue().columns();
    tables.forEach(
        (name, table) -> {
          Optional<String> lacking = notIn(table.columns(), expected);
          Optional<String> added = notIn(expected, table.columns());
          if (lacking.isPresent() || added.isPresent()) {
            throw new DataException(
                "the columns "
                    + String.join(", ", expected)
                    + " in all files, as in "
                    + first.getKey(),
                lacking.map(c -> "no '" + c + "'").orElseGet(() -> "'" + added.get() + "' as well")
                    + " in "
                    + name,
                "the file is of another recording, or the name of a column is misspelt",
                "correct the first line of " + name + ", or take the file out");
          }
        });
  }

  private static Optional<String> notIn(List<String> columns, List<String> names) {
    return names.stream().filter(name -> !columns.contains(name)).findFirst();
  }

  /**
   * The columns of numbers.
   *
   * @throws DataException when there is none
   */
  List<String> inputs() {
    List<String> columns = tables.values().iterator().next().columns();
    List<String> inputs =
        columns.stream().filter(column -> majority(tables.values(), column) > 0).toList();
    if (inputs.isEmpty()) {
      throw new DataException(
          "a column of numbers in the files of " + source,
          "none among " + String.join(", ", columns),
          "the files hold texts, or numbers with a decimal comma",
          "write numbers with a decimal point; or name the column of texts with --text");
    }
    return inputs;
  }

  Recordings recordings(List<String> columns, MissingPolicy missing) {
    return Recordings.ofTables(source, tables, columns, missing);
  }
}

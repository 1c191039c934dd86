package dev.elman.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rows and named columns of text, as read from a file; columns become numbers when asked for.
 *
 * <p>Immutable. Cells are stored column by column, whole and in memory.
 */
public final class Table {

  private final String source;
  private final List<String> columns;
  private final String[][] cells; // [columns][rows]
  private final int[] lines; // [rows] the line of the file in which the row starts

  private Table(String source, List<String> columns, String[][] cells, int[] lines) {
    this.source = source;
    this.columns = columns;
    this.cells = cells;
    this.lines = lines;
  }

  /**
   * A table of the given rows.
   *
   * @param source where it comes from, for error messages: "weather.csv"
   * @param columns the names of the columns, no two alike
   * @param rows one array per row, each as long as there are columns
   * @param lines the line of the source in which each row starts, from 1
   */
  public static Table of(
      String source, List<String> columns, List<String[]> rows, List<Integer> lines) {
    requireDistinct(source, columns);
    if (rows.size() != lines.size()) {
      throw new IllegalArgumentException(
          "Table: expected one line number per row, got " + lines.size() + " for " + rows.size());
    }
    String[][] cells = new String[columns.size()][rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row).length != columns.size()) {
        throw new IllegalArgumentException(
            "Table: expected "
                + columns.size()
                + " cells in row "
                + row
                + ", got "
                + rows.get(row).length);
      }
      for (int column = 0; column < columns.size(); column++) {
        cells[column][row] = rows.get(row)[column];
      }
    }
    int[] lineOfRow = lines.stream().mapToInt(Integer::intValue).toArray();
    return new Table(source, List.copyOf(columns), cells, lineOfRow);
  }

  /** Where the table comes from, and how it was read if that was guessed. */
  public String source() {
    return source;
  }

  /** The names of the columns, in the order of the file. */
  public List<String> columns() {
    return columns;
  }

  /** The number of rows, the header not counted. */
  public int rows() {
    return lines.length;
  }

  /** The line of the file in which a row (from 0) starts, from 1; for error messages. */
  public int line(int row) {
    return lines[row];
  }

  /** The names of the columns in which every cell is a number or missing, and not all missing. */
  public List<String> numberColumns() {
    List<String> found = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      boolean allMissing = true;
      boolean numeric = true;
      for (String cell : cells[column]) {
        boolean missing = Numbers.isMissing(cell);
        allMissing &= missing;
        numeric &= missing || Numbers.isNumber(cell);
      }
      if (numeric && !allMissing) {
        found.add(columns.get(column));
      }
    }
    return found;
  }

  /**
   * The cells of a column as they stand in the file.
   *
   * @throws DataException if there is no such column
   */
  public List<String> text(String column) {
    return List.of(cells[indexOf(column)]);
  }

  /**
   * The cells of a column as numbers, one per row.
   *
   * @throws DataException if there is no such column, if a cell is missing (see {@link #complete})
   *     or if one is not a number
   */
  public float[] numbers(String column) {
    String[] texts = complete(MissingPolicy.REFUSE, List.of(column)).cells[indexOf(column)];
    float[] values = new float[texts.length];
    for (int row = 0; row < texts.length; row++) {
      values[row] = number(column, texts[row], row);
    }
    return values;
  }

  /**
   * The cells of some columns as numbers, row by row; cells missing at the end of a row shorten it.
   *
   * @return {@code [rows]}, each of as many numbers as there are columns, or fewer
   * @throws DataException if there is no such column, if a cell is missing that a number follows in
   *     its row, or if one is not a number
   */
  public float[][] numbersByRow(List<String> columns) {
    int[] chosen = columns.stream().mapToInt(this::indexOf).toArray();
    float[][] numbers = new float[rows()][];
    for (int row = 0; row < numbers.length; row++) {
      int length = chosen.length;
      while (length > 0 && Numbers.isMissing(cells[chosen[length - 1]][row])) {
        length--;
      }
      numbers[row] = new float[length];
      for (int i = 0; i < length; i++) {
        String cell = cells[chosen[i]][row];
        if (Numbers.isMissing(cell)) {
          throw new DataException(
              "a number in every cell of " + source + " that numbers follow in its row",
              "a missing cell, '"
                  + cell.strip()
                  + "' in column '"
                  + columns.get(i)
                  + "', in line "
                  + lines[row],
              "a gap in the recording, or a value that the export could not write",
              "fill it in the file; only cells at the end of a row may be missing");
        }
        numbers[row][i] = number(columns.get(i), cell, row);
      }
    }
    return numbers;
  }

  /**
   * The table with no missing cell in the given columns.
   *
   * @param columns columns of numbers; the others are left as they are
   * @throws DataException as {@link #complete(MissingPolicy, Collection, int)}
   */
  public Table complete(MissingPolicy policy, Collection<String> columns) {
    return complete(policy, columns, rows());
  }

  /**
   * The table with no missing cell in the given columns, where later rows must not be known before
   * their time.
   *
   * @param columns columns of numbers; the others are left as they are
   * @param ahead rows before this one may look at each other; a row from here on is filled from the
   *     rows before it
   * @throws DataException if the policy is {@link MissingPolicy#REFUSE} and a cell is missing, if a
   *     column has no number at all, or if no row is left
   */
  public Table complete(MissingPolicy policy, Collection<String> columns, int ahead) {
    Set<Integer> chosen = new LinkedHashSet<>();
    for (String column : columns) {
      chosen.add(indexOf(column));
    }
    int[] missing = new int[cells.length]; // [columns]
    for (int column : chosen) {
      for (String cell : cells[column]) {
        missing[column] += Numbers.isMissing(cell) ? 1 : 0;
      }
    }
    if (Arrays.stream(missing).allMatch(count -> count == 0)) {
      return this;
    }
    if (policy == MissingPolicy.REFUSE) {
      throw refused(missing);
    }
    if (policy == MissingPolicy.DROP) {
      return withoutMissing(chosen);
    }
    String[][] filled = cells.clone();
    for (int column : chosen) {
      if (missing[column] == rows()) {
        throw new DataException(
            "numbers in column '" + this.columns.get(column) + "' of " + source,
            "none in " + rows() + " rows",
            "the column was never filled",
            "leave this column out");
      }
      if (missing[column] > 0) {
        filled[column] = filled(column, policy == MissingPolicy.INTERPOLATE ? ahead : 0);
      }
    }
    return new Table(source, this.columns, filled, lines);
  }

  private Table withoutMissing(Set<Integer> chosen) {
    int[] kept = new int[rows()];
    int count = 0;
    for (int row = 0; row < rows(); row++) {
      int current = row;
      if (chosen.stream().noneMatch(column -> Numbers.isMissing(cells[column][current]))) {
        kept[count++] = row;
      }
    }
    if (count == 0) {
      throw new DataException(
          "a row without missing cells in " + source,
          "none in " + rows() + " rows",
          "one of the chosen columns was never filled",
          "leave that column out, or fill the gaps instead of dropping rows");
    }
    String[][] left = new String[cells.length][count];
    int[] lineOfRow = new int[count];
    for (int row = 0; row < count; row++) {
      lineOfRow[row] = lines[kept[row]];
      for (int column = 0; column < cells.length; column++) {
        left[column][row] = cells[column][kept[row]];
      }
    }
    return new Table(source, columns, left, lineOfRow);
  }

  /**
   * A column whose gaps are filled from its known neighbours; at least one cell is known.
   *
   * @param ahead a gap is closed by a straight line where the row after it is before this one
   */
  private String[] filled(int column, int ahead) {
    String[] texts = cells[column].clone();
    int before = -1; // the last known row
    for (int row = 0; row <= texts.length; row++) {
      if (row < texts.length && Numbers.isMissing(texts[row])) {
        continue;
      }
      int after = row < texts.length ? row : before;
      int start = before < 0 ? after : before;
      for (int gap = before + 1; gap < row; gap++) {
        if (row < ahead && before >= 0 && row < texts.length) {
          double left = number(columns.get(column), texts[before], before);
          double right = number(columns.get(column), texts[row], row);
          double part = (gap - before) / (double) (row - before);
          texts[gap] = Float.toString((float) (left + part * (right - left)));
        } else {
          texts[gap] = texts[start];
        }
      }
      before = row;
    }
    return texts;
  }

  private float number(String column, String cell, int row) {
    float value = Numbers.parse(cell);
    if (Float.isNaN(value)) {
      throw Numbers.notNumber(cell, column, lines[row], source);
    }
    return value;
  }

  private DataException refused(int[] missing) {
    List<String> counts = new ArrayList<>();
    for (int column = 0; column < missing.length; column++) {
      if (missing[column] > 0) {
        counts.add(
            missing[column] + " in column '" + columns.get(column) + "' (" + first(column) + ")");
      }
    }
    return new DataException(
        "a number in every cell of " + source,
        "missing cells: " + String.join(", ", counts),
        "gaps in the recording, or values that the export could not write",
        "fill them in the file, or choose what to do with them: drop the rows, repeat the last"
            + " value (forward fill) or interpolate; on the command line with --missing");
  }

  private String first(int column) {
    int row = 0;
    while (!Numbers.isMissing(cells[column][row])) {
      row++;
    }
    String cell = cells[column][row].strip();
    return "first '" + cell + "' in line " + lines[row];
  }

  private int indexOf(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      boolean numbers = columns.stream().anyMatch(Numbers::isNumber);
      throw new DataException(
          "a column '" + column + "' in " + source,
          "the columns " + String.join(", ", columns),
          numbers
              ? "there are numbers in the first line, so that the file may have no header line;"
                  + " else the name is mistyped"
              : "the name is mistyped, or the file is another one",
          (numbers ? "write the names of the columns above the first row, or " : "")
              + Nearest.suggestion(column, columns));
    }
    return index;
  }

  private static void requireDistinct(String source, List<String> columns) {
    Set<String> seen = new LinkedHashSet<>();
    Set<String> twice = new TreeSet<>();
    for (String column : columns) {
      if (!seen.add(column)) {
        twice.add("'" + column + "'");
      }
    }
    if (!twice.isEmpty()) {
      throw new DataException(
          "column names that differ in " + source,
          String.join(", ", twice) + " more than once",
          "two tables were joined, or the first line is data and not a header",
          "rename or remove one of the columns");
    }
  }
}

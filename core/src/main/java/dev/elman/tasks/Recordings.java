package dev.elman.tasks;

import dev.elman.data.DataException;
import dev.elman.data.MissingPolicy;
import dev.elman.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Sequences of numbers to be labelled, of equal or unequal lengths.
 *
 * @param source where they are from, for messages
 * @param form how they stand in tables
 * @param columns of the tables: inputs or steps, as the form says
 * @param names files, or numbers of rows
 * @param values of each sequence, row-major {@code [T, D]}; not copied
 */
public record Recordings(
    String source, Form form, List<String> columns, List<String> names, List<float[]> values)
    implements Sequences {
  /** How sequences stand in tables. */
  public enum Form {
    /** Each table is a sequence: its rows are the steps, its columns the D inputs. */
    TABLES,
    /** Each row is a sequence of one input: the columns are its steps, the last may be missing. */
    ROWS;

    /** D, the numbers of a step, where a table has so many columns. */
    public int inputs(int columns) {
      return this == ROWS ? 1 : columns;
    }
  }

  /** Checks that each sequence has a step. */
  public Recordings {
    columns = List.copyOf(columns);
    names = List.copyOf(names);
    values = List.copyOf(values);
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).length == 0) {
        throw new DataException(
            "a number or more in each sequence of " + source,
            "none in " + (form == Form.ROWS ? "row " : "") + names.get(i),
            "its cells were never filled",
            "take it out");
      }
    }
  }

  /**
   * Sequences that are tables.
   *
   * @param tables by what they are called, in order
   * @throws DataException when a table lacks a column, or has something else than numbers there
   */
  public static Recordings ofTables(
      String source, Map<String, Table> tables, List<String> columns, MissingPolicy missing) {
    List<float[]> values = new ArrayList<>();
    for (Table table : tables.values()) {
      Table complete = table.complete(missing, columns);
      int d = columns.size();
      float[] steps = new float[complete.rows() * d];
      for (int c = 0; c < d; c++) {
        float[] column = complete.numbers(columns.get(c));
        for (int t = 0; t < column.length; t++) {
          steps[t * d + c] = column[t];
        }
      }
      values.add(steps);
    }
    return new Recordings(source, Form.TABLES, columns, List.copyOf(tables.keySet()), values);
  }

  /**
   * Sequences that are rows of a table.
   *
   * @throws DataException when it lacks a column, or a number is missing that others follow
   */
  public static Recordings ofRows(Table table, List<String> columns) {
    List<String> names =
        IntStream.rangeClosed(1, table.rows()).mapToObj(Integer::toString).toList();
    return new Recordings(
        table.source(), Form.ROWS, columns, names, List.of(table.numbersByRow(columns)));
  }

  /** D, the numbers of a step. */
  public int inputs() {
    return form.inputs(columns.size());
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public String noun() {
    return "sequences";
  }

  @Override
  public String summary() {
    int shortest = steps().min().orElse(0);
    int longest = steps().max().orElse(0);
    return String.format(
        Locale.ROOT,
        "sequences of numbers: %,d, of %s%d steps, %d input%s (each %s is one)",
        size(),
        shortest == longest ? "" : shortest + " to ",
        longest,
        inputs(),
        inputs() == 1 ? "" : "s",
        form == Form.ROWS ? "row" : "file");
  }

  private IntStream steps() {
    return values.stream().mapToInt(numbers -> numbers.length / inputs());
  }

  @Override
  public String heading() {
    return form == Form.ROWS ? "row" : "file";
  }

  @Override
  public List<String> keys() {
    return values.stream().map(Recordings::key).toList();
  }

  /** The bits of the numbers as characters, two for each. */
  private static String key(float[] numbers) {
    char[] key = new char[2 * numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      int bits = Float.floatToIntBits(numbers[i] + 0f); // + 0 makes one of 0 and -0
      key[2 * i] = (char) (bits >>> 16);
      key[2 * i + 1] = (char) bits;
    }
    return new String(key);
  }

  @Override
  public Recordings part(int[] numbers) {
    return new Recordings(
        source,
        form,
        columns,
        Arrays.stream(numbers).mapToObj(names::get).toList(),
        Arrays.stream(numbers).mapToObj(values::get).toList());
  }
}

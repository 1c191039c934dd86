package dev.elman.data;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Text cells as numbers. */
public final class Numbers {

  private static final Set<String> MISSING =
      Set.of(
          "",
          "na",
          "n/a",
          "nan",
          "null",
          "none",
          "?",
          "inf",
          "-inf",
          "+inf",
          "infinity",
          "-infinity");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d+)?");
  private static final Pattern THOUSANDS_AND_COMMA =
      Pattern.compile("[+-]?\\d{1,3}(\\.\\d{3})+,\\d+");
  private static final Pattern THOUSANDS =
      Pattern.compile("[+-]?\\d{1,3}([,' \u00A0\u202F]\\d{3})+(\\.\\d+)?");
  private static final Pattern DATE = Pattern.compile("\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}.*");
  private static final Pattern UNIT = Pattern.compile("[$€£]?\\s*[+-]?\\d+(\\.\\d+)?\\s*\\D{1,5}");

  private Numbers() {}

  /** Whether the cell holds no value: empty, NA, N/A, NaN, null, none, ? or inf, in any case. */
  public static boolean isMissing(String cell) {
    String text = cell.strip();
    return text.length() <= 9 && MISSING.contains(text.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether the cell is a number with a decimal point, such as {@code -12}, {@code .5} or {@code
   * 1.2e-3}, that fits a float.
   */
  public static boolean isNumber(String cell) {
    return !Float.isNaN(parse(cell));
  }

  /** The number in the cell, or NaN if there is none or it is too large for a float. */
  static float parse(String cell) {
    String text = cell.strip();
    for (int i = 0; i < text.length(); i++) {
      // Java's own parser also takes 1f, 0x1p3 and NaN, which no data file means as a number.
      if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
        return Float.NaN;
      }
    }
    try {
      float value = Float.parseFloat(text);
      return Float.isInfinite(value) ? Float.NaN : value;
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  /** Why a cell that is not missing is not a number, and what to do about it. */
  static DataException notNumber(String cell, String column, int line, String source) {
    String text = cell.strip();
    String expected = "a number in column '" + column + "' of " + source;
    String found = "'" + shortened(cell) + "' in line " + line;
    if (THOUSANDS_AND_COMMA.matcher(text).matches()) {
      return new DataException(
          expected,
          found,
          "points between thousands and a decimal comma",
          "write numbers without separators and with a decimal point, as in 1234.5");
    }
    if (THOUSANDS.matcher(text).matches()) {
      return new DataException(
          expected,
          found,
          "marks between thousands",
          "write numbers without them and with a decimal point, as in 1234.5");
    }
    if (DECIMAL_COMMA.matcher(text).matches()) {
      return new DataException(
          expected, found, "a decimal comma", "write numbers with a decimal point, as in 12.5");
    }
    if (DATE.matcher(text).matches()) {
      return new DataException(
          expected,
          found,
          "the column holds dates or times",
          "leave this column out of the number columns");
    }
    if (UNIT.matcher(text).matches()) {
      return new DataException(
          expected,
          found,
          "a unit or sign beside the number",
          "write the bare number and name the unit in the header");
    }
    if (text.matches("[+-]?[0-9.]+([eE][+-]?\\d+)?")) {
      return new DataException(
          expected,
          found,
          "a number too large for 32 bits, or with two decimal points",
          "correct the cell or give the column in a larger unit");
    }
    return new DataException(
        expected,
        found,
        "the column holds text, or its own mark for missing values",
        "leave this column out of the number columns, or write missing values as empty cells");
  }

  /**
   * Returns the values if at least two of them differ.
   *
   * @throws DataException if all are equal: such a column carries no information, and scaling it
   *     would divide by zero
   */
  public static float[] requireVaried(float[] values, String column) {
    for (float value : values) {
      if (value != values[0]) {
        return values;
      }
    }
    throw new DataException(
        "different values in column '" + column + "'",
        values.length == 0
            ? "no values"
            : "the same value " + values[0] + " in all " + values.length + " rows",
        "a sensor that was off, or a range of rows in which nothing happened; such a column carries"
            + " no information, and scaling it would divide by zero",
        "leave this column out, or take more rows");
  }

  static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}

package dev.elman.tensor;

/**
 * A matrix {@code [rows, columns]} rounded to int8: a code for each number, a scale for each row.
 *
 * <p>A number is {@code scale·code}. The scale of a row is its largest magnitude divided by 127, so
 * codes run from -127 to 127 and zero stays zero; numbers halfway between two codes go to the even
 * one. A row of zeros has scale 1.
 *
 * <p>Source: symmetric quantization per output channel, as in Jacob et al. 2018, "Quantization and
 * Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference".
 */
public final class Int8Rows {
  private static final int MOST = 127;
  private static final float LARGEST_SCALE = Float.MAX_VALUE / 128;

  private final int rows;
  private final int columns;
  private final byte[] codes;
  private final float[] scales;

  /**
   * Takes codes and scales as they were stored; the arrays are not copied, so not to be written to.
   *
   * @param codes row-major, as many as {@code rows·columns}
   * @param scales one for each row
   * @throws IllegalArgumentException when their counts differ from that, or when a scale is not
   *     above 0 and finite
   */
  public Int8Rows(int rows, int columns, byte[] codes, float[] scales) {
    if (codes.length != Math.multiplyExact(rows, columns) || scales.length != rows) {
      throw new IllegalArgumentException(
          "Expected %d·%d codes and %d scales, got %d and %d."
              .formatted(rows, columns, rows, codes.length, scales.length));
    }
    for (int i = 0; i < rows; i++) {
      if (!isScale(scales[i])) {
        throw new IllegalArgumentException(
            "Expected finite scales above 0, got " + scales[i] + " for row " + i + ".");
      }
    }
    this.rows = rows;
    this.columns = columns;
    this.codes = codes;
    this.scales = scales;
  }

  /** Whether a number can be the scale of a row: above 0, and no product with a code infinite. */
  public static boolean isScale(float scale) {
    return scale > 0 && scale <= LARGEST_SCALE;
  }

  /**
   * Rounds numbers.
   *
   * @param values row-major
   * @throws IllegalArgumentException when one is infinite or not a number
   */
  public static Int8Rows round(int rows, int columns, float[] values) {
    byte[] codes = new byte[values.length];
    float[] scales = new float[rows];
    for (int i = 0; i < rows; i++) {
      int end = (i + 1) * columns;
      float most = 0;
      for (int j = i * columns; j < end; j++) {
        most = Math.max(most, Math.abs(values[j])); // NaN stays NaN
      }
      if (!Float.isFinite(most)) {
        throw new IllegalArgumentException(
            "Expected finite numbers to round to int8, got " + most + " in row " + i + ".");
      }
      float scale = most / MOST;
      scales[i] = scale == 0 ? 1 : scale;
      for (int j = i * columns; j < end; j++) {
        double code = Math.rint((double) values[j] / scales[i]);
        codes[j] = (byte) Math.max(-MOST, Math.min(MOST, code));
      }
    }
    return new Int8Rows(rows, columns, codes, scales);
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** The codes, row-major; to be read only. */
  public byte[] codes() {
    return codes;
  }

  /** The scale of each row; to be read only. */
  public float[] scales() {
    return scales;
  }

  /** The numbers that codes and scales stand for, row-major. */
  public float[] values() {
    float[] values = new float[codes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = scales[i / columns] * codes[i];
    }
    return values;
  }

  /** How far the rounded rows are from true ones: the largest {@code ‖rounded - true‖ / ‖true‖}. */
  public double error(float[] exact) {
    float[] rounded = values();
    double largest = 0;
    for (int i = 0; i < rows; i++) {
      double difference = 0;
      double squares = 0;
      for (int j = i * columns; j < (i + 1) * columns; j++) {
        difference += Math.pow((double) rounded[j] - exact[j], 2);
        squares += (double) exact[j] * exact[j];
      }
      largest = Math.max(largest, squares == 0 ? 0 : Math.sqrt(difference / squares));
    }
    return largest;
  }

  @Override
  public String toString() {
    return Shape.text(new int[] {rows, columns});
  }
}

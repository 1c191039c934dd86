package dev.elman.checkpoints;

import dev.elman.data.DataException;
import dev.elman.tensor.Int8Rows;
import dev.elman.tensor.Shape;
import java.util.Map;

/** A weight that was rounded to int8 as two tensors: its codes, and the scale of each row. */
final class Int8Tensors {
  private static final String SCALE = ".scale";

  private Int8Tensors() {}

  /** The codes {@code [rows, columns]} as I8, under the weight's own name. */
  static NamedTensor codes(String name, Int8Rows rows) {
    float[] codes = new float[rows.codes().length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = rows.codes()[i];
    }
    return new NamedTensor(name, Dtype.I8, new int[] {rows.rows(), rows.columns()}, codes);
  }

  /** The scales {@code [rows]} as F32, under the weight's name and {@code .scale}. */
  static NamedTensor scales(String name, Int8Rows rows) {
    return new NamedTensor(name + SCALE, new int[] {rows.rows()}, rows.scales());
  }

  /**
   * Joins a matrix of codes with its scales.
   *
   * @param source the name of the file, for errors
   * @throws DataException when the scales are missing, not one for each row, or no scales
   */
  static Int8Rows read(NamedTensor codes, Map<String, NamedTensor> byName, String source) {
    int rows = codes.shape()[0];
    String name = codes.name() + SCALE;
    NamedTensor scale = byName.get(name);
    String expected = "a tensor " + name + " " + Shape.text(rows) + " in " + source;
    if (scale == null || scale.shape().length != 1 || scale.shape()[0] != rows) {
      throw refused(
          expected,
          scale == null ? "none of that name" : "one of shape " + Shape.text(scale.shape()));
    }
    for (int i = 0; i < rows; i++) {
      if (!Int8Rows.isScale(scale.values()[i])) {
        throw refused(expected + " of finite numbers above 0", scale.values()[i] + " at row " + i);
      }
    }
    byte[] bytes = new byte[codes.values().length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) codes.values()[i];
    }
    return new Int8Rows(rows, codes.shape()[1], bytes, scale.values());
  }

  private static DataException refused(String expected, String found) {
    return new DataException(
        expected + ", one scale for each row of int8 codes",
        found,
        "the file was damaged, or written by a program that rounds in another way",
        "convert the model again: elman convert DIR --quantize int8");
  }
}

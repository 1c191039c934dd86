package dev.elman.checkpoints;

import java.nio.ByteBuffer;

/** How a safetensors file stores one number; all are read as floats, F32 and I8 are written. */
public enum Dtype {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I8(1);

  final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  /** The dtype of that name, or null. */
  static Dtype of(String name) {
    for (Dtype dtype : values()) {
      if (dtype.name().equals(name)) {
        return dtype;
      }
    }
    return null;
  }

  /** The next number; NaN stays NaN. */
  double next(ByteBuffer in) {
    return switch (this) {
      case F64 -> in.getDouble();
      case F32 -> in.getFloat();
      case F16 -> half(in.getShort());
      case BF16 -> Float.intBitsToFloat(in.getShort() << 16);
      case I64 -> in.getLong();
      case I32 -> in.getInt();
      case I8 -> in.get();
    };
  }

  /**
   * Whether a number fits a float: a fraction may be rounded but not become infinite, a whole
   * number must stay exact.
   */
  boolean fits(double value) {
    boolean whole = this == I64 || this == I32;
    return whole
        ? Math.abs(value) <= 1 << 24
        : Double.isInfinite(value) || !Float.isInfinite((float) value);
  }

  /** Writes a number, F32 or a whole one from -128 to 127 as I8. */
  void put(float value, ByteBuffer out) {
    if (this == I8) {
      out.put((byte) value);
    } else {
      out.putFloat(value);
    }
  }

  /** IEEE 754 binary16: 1 sign bit, 5 bits of exponent, 10 of fraction. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float sign = bits < 0 ? -1 : 1;
    if (exponent == 0) {
      return sign * fraction * 0x1p-24f;
    }
    if (exponent == 0x1F) {
      return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    return sign * (1 + fraction * 0x1p-10f) * (float) Math.scalb(1.0, exponent - 15);
  }
}

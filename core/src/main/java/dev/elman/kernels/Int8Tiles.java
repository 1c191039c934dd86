package dev.elman.kernels;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loop over int8 codes: four vectors of C = one row of A {@code [k]} · a panel.
 *
 * <p>A row of the panel is one vector of ints; each holds a code of four columns, in its bytes. A
 * code is taken out by shifting it into the highest byte and clearing the others, which leaves it
 * 2^24 times too large, and exact as a float.
 *
 * <p>Shifting back as well was slower, and so was loading each eight bytes with a conversion of
 * their own.
 */
final class Int8Tiles {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, S.vectorShape()); // four for each float
  private static final int L = S.length();
  private static final int HIGHEST = 0xFF << 24;

  private Int8Tiles() {}

  /** The vectors of C begin at {@code cAt} and {@code second}, {@code third}, {@code fourth} on. */
  static void row1(
      int k,
      float[] a,
      int aAt,
      byte[] b,
      int bAt,
      float[] c,
      int cAt,
      int second,
      int third,
      int fourth) {
    FloatVector w = FloatVector.zero(S);
    FloatVector x = FloatVector.zero(S);
    FloatVector y = FloatVector.zero(S);
    FloatVector z = FloatVector.zero(S);
    IntVector highest = IntVector.broadcast(IntVector.SPECIES_PREFERRED, HIGHEST);
    for (int j = 0; j < k; j++) {
      FloatVector t = FloatVector.broadcast(S, a[aAt + j]);
      IntVector codes = ByteVector.fromArray(BYTES, b, bAt + 4 * L * j).reinterpretAsInts();
      IntVector v = codes.lanewise(VectorOperators.LSHL, 24);
      w = t.fma((FloatVector) v.convertShape(VectorOperators.I2F, S, 0), w);
      v = codes.lanewise(VectorOperators.LSHL, 16).and(highest);
      x = t.fma((FloatVector) v.convertShape(VectorOperators.I2F, S, 0), x);
      v = codes.lanewise(VectorOperators.LSHL, 8).and(highest);
      y = t.fma((FloatVector) v.convertShape(VectorOperators.I2F, S, 0), y);
      v = codes.and(highest);
      z = t.fma((FloatVector) v.convertShape(VectorOperators.I2F, S, 0), z);
    }
    w.intoArray(c, cAt);
    x.intoArray(c, cAt + second);
    y.intoArray(c, cAt + third);
    z.intoArray(c, cAt + fourth);
  }
}

package dev.elman.kernels;

/** Room in which a weight gradient packs its operands: one per tape or thread, grown and reused. */
public final class Scratch {

  private final Panels panels = new Panels();
  private float[] rows = {};

  Panels panels() {
    return panels;
  }

  float[] rows(int size) {
    if (rows.length < size) {
      rows = new float[size];
    }
    return rows;
  }
}

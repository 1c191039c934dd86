package dev.elman.optimizers;

/** Checks of an optimizer's numbers. */
final class Setting {
  private Setting() {}

  /** How slowly something is forgotten: from 0 to below 1. */
  static void share(String name, float value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          name + ": expected from 0 to below 1, got " + value + ". Try 0.9.");
    }
  }

  /** A number of at least 0. */
  static void notNegative(String name, float value) {
    if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + ": expected at least 0, got " + value + ". Use 0 for none.");
    }
  }
}

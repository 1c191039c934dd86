package dev.elman.examples.identify;

/**
 * Observations in deviations from their means in the record.
 *
 * @param means of the K observations
 * @param deviations of the K observations
 */
record Scale(double[] means, double[] deviations) {
  /** That of the first steps of a record. */
  static Scale of(float[][] observed, int steps) {
    int k = observed[0].length;
    double[] means = new double[k];
    double[] deviations = new double[k];
    for (int o = 0; o < k; o++) {
      double sum = 0;
      double squares = 0;
      for (int t = 0; t < steps; t++) {
        sum += observed[t][o];
        squares += observed[t][o] * (double) observed[t][o];
      }
      means[o] = sum / steps;
      deviations[o] = Math.sqrt(squares / steps - means[o] * means[o]);
    }
    return new Scale(means, deviations);
  }

  float scaled(int o, double y) {
    return (float) ((y - means[o]) / deviations[o]);
  }
}

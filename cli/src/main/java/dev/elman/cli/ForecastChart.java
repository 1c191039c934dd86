package dev.elman.cli;

final class ForecastChart {
  static void save(dev.elman.tasks.ForecastTest t, java.nio.file.Path p) {}

  static void save(dev.elman.tasks.Forecast t, java.nio.file.Path p) {}
}

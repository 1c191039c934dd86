package dev.elman.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Sine and square waves of unequal lengths, in noise, to be told apart. */
final class Waves {
  private Waves() {}

  /** Writes sine/0.csv ... and square/0.csv ... of a wave, a second column and one of text. */
  static void folders(Path root, int each) throws IOException {
    Random random = new Random(11);
    for (String kind : new String[] {"sine", "square"}) {
      Path folder = Files.createDirectories(root.resolve(kind));
      for (int i = 0; i < each; i++) {
        StringBuilder csv = new StringBuilder("note,wave,hum\n");
        for (float y : wave(kind, 12 + random.nextInt(19), random)) {
          csv.append("ok,").append(y).append(',').append(1000 + random.nextInt(9)).append('\n');
        }
        Files.writeString(folder.resolve(i + ".csv"), csv);
      }
    }
  }

  /** A row for each wave: t1 to t30, missing at the end, and its kind. */
  static String rows(int each) {
    Random random = new Random(13);
    StringBuilder csv = new StringBuilder();
    for (int t = 1; t <= 30; t++) {
      csv.append('t').append(t).append(',');
    }
    csv.append("kind\n");
    for (int i = 0; i < 2 * each; i++) {
      String kind = i % 2 == 0 ? "sine" : "square";
      float[] wave = wave(kind, 12 + random.nextInt(19), random);
      for (int t = 0; t < 30; t++) {
        csv.append(t < wave.length ? Float.toString(wave[t]) : "").append(',');
      }
      csv.append(kind).append('\n');
    }
    return csv.toString();
  }

  private static float[] wave(String kind, int steps, Random random) {
    double phase = random.nextDouble() * 2 * Math.PI;
    float[] wave = new float[steps];
    for (int t = 0; t < steps; t++) {
      double sine = Math.sin(phase + t * 2 * Math.PI / 9);
      double y = kind.equals("sine") ? sine * Math.sqrt(2) : Math.signum(sine);
      wave[t] = (float) (20 + y + 0.1 * random.nextGaussian());
    }
    return wave;
  }
}

package dev.elman.models;

import dev.elman.autodiff.Node;
import dev.elman.batches.Values;
import dev.elman.layers.StreamState;
import dev.elman.losses.Distribution;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The chain rule along one sequence: to measure its probability, and to draw it. */
final class ChainRule {
  private static final int CHUNK = 512; // steps, so that long sequences need little memory

  private ChainRule() {}

  /** {@code log P(target t | inputs 1 .. t)} for each t. */
  static double[] measure(Model model, Distribution predicted, Values inputs, Values targets) {
    Walk walk = new Walk(model);
    double[] parts = new double[targets.rows()];
    for (int from = 0; from < parts.length; from += CHUNK) {
      int count = Math.min(CHUNK, parts.length - from);
      Node predictions = walk.read(part(inputs, from, count));
      Values due = part(targets, from, count);
      for (int t = 0; t < count; t++) {
        parts[from + t] = predicted.logProbability(predictions, due, t);
      }
    }
    return parts;
  }

  /** Draws row after row until the ending says so, or there are {@code most}. */
  static List<float[]> draw(SequenceModel model, SequenceSteps steps, int most, Draw drawing) {
    SequenceModel.Settings settings = model.settings();
    Distribution predicted = settings.predicted();
    Ending ending = settings.ending();
    Model.Stepper stepper = model.stepper(new StreamState());
    List<float[]> rows = new ArrayList<>();
    int length = 0;
    boolean over = most < 1;
    for (int step = 0; !over; step++) {
      float[] before = rows.isEmpty() ? new float[0] : rows.get(rows.size() - 1);
      float[] predictions = stepper.step(steps.input(step, before, length));
      float[] parameters = Arrays.copyOf(predictions, predicted.parameters());
      float[] drawn = predicted.draw(parameters, drawing.temperature(), drawing.random());
      if (ending.row(step) < 0) {
        length = (int) drawn[drawn.length - 1];
      } else if (ending.isEnd(settings.rows(), drawn)) {
        over = true;
      } else {
        rows.add(Arrays.copyOf(drawn, settings.rows().columns()));
        over = rows.size() == most || ending.overAfter(drawn, rows.size(), length);
      }
    }
    return rows;
  }

  /** How to draw. */
  record Draw(RandomStream random, double temperature) {}

  private static Values part(Values values, int from, int count) {
    if (values instanceof Values.Codes codes) {
      return Values.Codes.of(Arrays.copyOfRange(codes.array(), from, from + count));
    }
    Values.Numbers numbers = (Values.Numbers) values;
    int d = numbers.columns();
    return Values.Numbers.of(d, Arrays.copyOfRange(numbers.array(), from * d, (from + count) * d));
  }
}

package dev.elman.examples.identify;

import dev.elman.batches.SequenceSource;
import dev.elman.batches.Values;
import dev.elman.layers.RecurrentStack;
import dev.elman.sessions.Session;
import dev.elman.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** A {@link SystemModel} with the scale of its observations: learned from a record, rolled out. */
final class Network {
  private final SystemModel model;
  private final Scale scale;
  private final int observations; // K
  private final int actions;

  private Network(SystemModel model, Scale scale, int observations, int actions) {
    this.model = model;
    this.scale = scale;
    this.observations = observations;
    this.actions = actions;
  }

  /** Learns from segments of a record: of each, the observations of some first steps are shown. */
  static Network learn(ControlledSystem system, Experiment record, Learning learning) {
    Size size = learning.size();
    int train = size.train();
    int observations = record.observed()[0].length;
    int actions = record.actions()[0].length;
    Scale scale = Scale.of(record.observed(), train);
    SystemModel model =
        new SystemModel(
            observations + 1 + actions, observations, learning.recurrent(), size.seed());
    Network network = new Network(model, scale, observations, actions);
    int apart = size.apart(system);
    learning
        .training()
        .train(
            model,
            network.segments(record, new Part(0, train, apart), size),
            network.segments(record, new Part(train, record.steps(), apart), size));
    return network;
  }

  /**
   * How a network is learned.
   *
   * @param size how much is learned from
   * @param recurrent the network
   * @param training trains it
   */
  record Learning(Size size, RecurrentStack recurrent, Training training) {}

  /** Steps of a record, cut into segments that begin at multiples of a number. */
  private record Part(int from, int to, int apart) {
    int first() {
      return (from + apart - 1) / apart * apart;
    }
  }

  /** How a model is trained. */
  @FunctionalInterface
  interface Training {
    void train(SystemModel model, SequenceSource training, SequenceSource validation);
  }

  private SequenceSource segments(Experiment record, Part part, Size size) {
    RandomStream random = RandomStream.of(size.seed(), "segments", part.from());
    List<Values> inputs = new ArrayList<>();
    List<Values> targets = new ArrayList<>();
    int length = size.warmUp() + size.horizon();
    for (int at = part.first(); at + length <= part.to(); at += part.apart()) {
      int shown = size.warmUp() - random.nextInt(size.warmUp() / 2);
      float[] rows = new float[length * (observations + 1 + actions)];
      float[] next = new float[length * observations];
      for (int t = 0; t < length; t++) {
        float[] seen = t < shown ? record.observed()[at + t] : null;
        float[] row = row(seen, record.actions()[at + t]);
        System.arraycopy(row, 0, rows, t * row.length, row.length);
        for (int o = 0; o < observations; o++) {
          next[t * observations + o] = scale.scaled(o, record.observed()[at + t + 1][o]);
        }
      }
      inputs.add(Values.Numbers.of(observations + 1 + actions, rows));
      targets.add(Values.Numbers.of(observations, next));
    }
    return SequenceSource.tagged(inputs, targets, size.batch());
  }

  /** What the model reads at a step, the observation null where there is none. */
  private float[] row(float[] observed, float[] action) {
    float[] row = new float[observations + 1 + actions];
    for (int o = 0; o < observations && observed != null; o++) {
      row[o] = scale.scaled(o, observed[o]);
    }
    row[observations] = observed == null ? 0 : 1;
    System.arraycopy(action, 0, row, observations + 1, actions);
    return row;
  }

  /** A session that has seen the first steps of an experiment and its actions. */
  Session warmedUp(Experiment seen, int from, int steps) {
    Session session = Session.of(model);
    for (int t = from; t < from + steps; t++) {
      session.step(row(seen.observed()[t], seen.actions()[t]));
    }
    return session;
  }

  /**
   * What is to be observed under some actions; the session itself stays where it is.
   *
   * @param last what was observed before the first of the actions
   * @return {@code [steps][K]}, scaled
   */
  float[][] rollOut(Session session, float[] last, float[][] planned) {
    Session future = session.fork();
    float[][] ahead = new float[planned.length][];
    for (int h = 0; h < ahead.length; h++) {
      ahead[h] = future.step(row(h == 0 ? last : null, planned[h])).clone();
    }
    return ahead;
  }

  /** The cell. */
  String name() {
    return model.variant();
  }

  Scale scale() {
    return scale;
  }
}

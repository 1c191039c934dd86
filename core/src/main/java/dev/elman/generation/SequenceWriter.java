package dev.elman.generation;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.kernels.Kernels;
import dev.elman.models.Decoder;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Writes sequences with a decoder, symbol by symbol: greedily, by drawing, or by beam search. The
 * state is carried, so that no symbol is read twice.
 *
 * <p>The decoder is shared; a writer belongs to one thread.
 */
public final class SequenceWriter {
  private static final Comparator<Hypothesis> BY_PROBABILITY =
      Comparator.comparingDouble((Hypothesis h) -> -h.logProbability)
          .thenComparingInt(h -> h.parent)
          .thenComparingInt(h -> h.code);

  private final Decoder decoder;
  private final int end;
  private final int never;
  private final Tape tape = Tape.inference(Kernels.get());

  /**
   * A writer.
   *
   * @param end the code that ends a sequence, and is read before its first symbol
   * @param never a code that is not to be written, such as that of unknown symbols; -1 for none
   */
  public SequenceWriter(Decoder decoder, int end, int never) {
    this.decoder = decoder;
    this.end = end;
    this.never = never;
  }

  /** A beginning of a sequence: its last symbol, what came before it, and the state after it. */
  private static final class Hypothesis {
    final Hypothesis before; // null at the start
    final int parent; // its rank among the beginnings before
    final int code;
    final int length;
    final double logProbability;
    float[] looked; // at the source, while its last symbol was chosen; null without attention

    Hypothesis(Hypothesis before, int parent, int code, double logProbability) {
      this.before = before;
      this.parent = parent;
      this.code = code;
      this.length = before == null ? 0 : before.length + 1;
      this.logProbability = logProbability;
    }
  }

  /** What a step gave: logits and state for each beginning, copied off the tape. */
  private record Step(float[][] logits, float[][] state, float[][][] looked) {}

  /**
   * Writes one sequence, each symbol chosen by a sampler.
   *
   * @param given for one source
   * @param most symbols, the end among them
   */
  public WrittenSequence write(
      Decoder.Given given, Sampler sampler, int most, RandomStream random) {
    Hypothesis last = new Hypothesis(null, 0, end, 0);
    float[][] state = firstState(given);
    while (last.length < Shape.positive("symbols", most)
        && (last.length == 0 || last.code != end)) {
      Step step = step(given, last.length, new int[] {last.code}, state);
      float[] logits = step.logits[0];
      double logSum = logSum(logits);
      float[] offered = logits.clone();
      forbid(offered);
      int code = sampler.choose(offered, random);
      Hypothesis next = new Hypothesis(last, 0, code, last.logProbability + logits[code] - logSum);
      next.looked = step.looked == null ? null : step.looked[0][0];
      last = next;
      state = step.state;
    }
    return written(last, last.logProbability);
  }

  /**
   * The likeliest sequences, best first; of equals the one with the smaller codes. Those cut at
   * their longest stand behind those that ended.
   *
   * @param given for one source
   * @param most symbols, the end among them
   */
  public List<WrittenSequence> search(Decoder.Given given, BeamSearch beam, int most) {
    Shape.positive("symbols", most);
    List<Hypothesis> live = List.of(new Hypothesis(null, 0, end, 0));
    List<WrittenSequence> ended = new ArrayList<>();
    float[][] state = firstState(given);
    for (int length = 1; length <= most && !live.isEmpty() && !isDone(ended, live, beam, most); ) {
      int[] codes = live.stream().mapToInt(h -> h.code).toArray();
      Step step = step(given, length - 1, codes, state);
      List<Hypothesis> next = new ArrayList<>();
      for (Hypothesis h : likeliest(live, step, beam.width())) {
        h.looked = step.looked == null ? null : step.looked[h.parent][0];
        if (h.code == end) {
          ended.add(written(h, beam.score(h.logProbability, length)));
        } else {
          next.add(h);
        }
      }
      state = ofParents(step.state, next, live.size());
      live = next;
      length++;
    }
    ended.sort(Comparator.comparingDouble(w -> -w.score())); // stable: of equals the first found
    live.stream()
        .map(h -> written(h, beam.score(h.logProbability, h.length)))
        .sorted(Comparator.comparingDouble(w -> -w.score()))
        .forEach(ended::add);
    return List.copyOf(ended.subList(0, Math.min(beam.best(), ended.size())));
  }

  /** Whether no beginning can still become better than what is wanted and found. */
  private static boolean isDone(
      List<WrittenSequence> ended, List<Hypothesis> live, BeamSearch beam, int most) {
    if (ended.size() < beam.best()) {
      return false;
    }
    double[] scores = ended.stream().mapToDouble(w -> -w.score()).sorted().toArray();
    double hope = live.get(0).logProbability; // the likeliest; it can only fall
    return -scores[beam.best() - 1] >= beam.score(hope, most);
  }

  private List<Hypothesis> likeliest(List<Hypothesis> live, Step step, int width) {
    PriorityQueue<Hypothesis> kept = new PriorityQueue<>(BY_PROBABILITY.reversed()); // worst first
    for (int k = 0; k < live.size(); k++) {
      float[] logits = step.logits[k];
      double before = live.get(k).logProbability - logSum(logits);
      for (int code = 0; code < logits.length; code++) {
        double now = before + logits[code];
        if (code != never && (kept.size() < width || now > kept.peek().logProbability)) {
          kept.add(new Hypothesis(live.get(k), k, code, now));
          if (kept.size() > width) {
            kept.remove();
          }
        }
      }
    }
    return kept.stream().sorted(BY_PROBABILITY).toList();
  }

  private void forbid(float[] logits) {
    if (never >= 0) {
      logits[never] = Float.NEGATIVE_INFINITY;
    }
  }

  private static double logSum(float[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += StrictMath.exp(logit - most);
    }
    return most + StrictMath.log(sum);
  }

  private WrittenSequence written(Hypothesis last, double score) {
    boolean ended = last.code == end;
    int[] codes = new int[last.length - (ended ? 1 : 0)];
    float[][] looked = last.looked == null ? null : new float[last.length][];
    for (Hypothesis h = last; h.before != null; h = h.before) {
      if (h.length <= codes.length) {
        codes[h.length - 1] = h.code;
      }
      if (looked != null) {
        looked[h.length - 1] = h.looked;
      }
    }
    return new WrittenSequence(codes, ended, last.logProbability, score, looked);
  }

  private static float[][] firstState(Decoder.Given given) {
    return Arrays.stream(given.state())
        .map(node -> Arrays.copyOf(node.value(), node.size()))
        .toArray(float[][]::new);
  }

  /** The states of those that the next beginnings go on from. */
  private static float[][] ofParents(float[][] state, List<Hypothesis> next, int before) {
    float[][] chosen = new float[state.length][];
    for (int s = 0; s < state.length; s++) {
      int width = state[s].length / before;
      chosen[s] = new float[next.size() * width];
      for (int k = 0; k < next.size(); k++) {
        System.arraycopy(state[s], next.get(k).parent * width, chosen[s], k * width, width);
      }
    }
    return chosen;
  }

  /** One step of all beginnings side by side, which read one source. */
  private Step step(Decoder.Given given, int t, int[] codes, float[][] state) {
    tape.reset();
    int count = codes.length;
    Node[] nodes = new Node[state.length];
    for (int s = 0; s < nodes.length; s++) {
      nodes[s] = tape.constant(count, state[s].length / count, state[s]);
    }
    Decoder.Given now =
        new Decoder.Given(
            nodes,
            repeated(given.context(), 0, count),
            repeated(given.aligned(), t, count),
            given.memory() == null ? null : given.memory().withPlaces(new int[count]));
    Decoder.Said said = decoder.forward(tape, Packing.equal(count, 1), Values.Codes.of(codes), now);
    float[][] logits = new float[count][];
    float[][][] looked = said.alignment() == null ? null : new float[count][][];
    for (int k = 0; k < count; k++) {
      int v = said.logits().columns();
      logits[k] = Arrays.copyOfRange(said.logits().value(), k * v, (k + 1) * v);
      if (looked != null) {
        looked[k] = said.alignment().of(k);
      }
    }
    float[][] after = new float[state.length][];
    for (int s = 0; s < after.length; s++) {
      after[s] = Arrays.copyOf(said.state()[s].value(), state[s].length);
    }
    return new Step(logits, after, looked);
  }

  /** A row of a node, once for each beginning. */
  private Node repeated(Node rows, int row, int count) {
    if (rows == null) {
      return null;
    }
    int width = rows.columns();
    if (row >= rows.rows()) {
      throw new IllegalArgumentException(
          "Aligned sequences: expected at most "
              + rows.rows()
              + " symbols, as many as the source has, got a step more.");
    }
    Node copies = tape.constant(count, width);
    for (int k = 0; k < count; k++) {
      System.arraycopy(rows.value(), row * width, copies.value(), k * width, width);
    }
    return copies;
  }
}

package dev.elman.training;

import dev.elman.autodiff.Tape;
import dev.elman.batches.Shard;
import dev.elman.batches.Source;
import dev.elman.kernels.Kernels;
import dev.elman.kernels.Pieces;
import dev.elman.kernels.Threads;
import dev.elman.models.Model;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.RowSet;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The mean loss of a batch and its gradient for every weight: shards run forwards and backwards
 * side by side, each on its share of the threads, and their gradients are added in the order of the
 * shards. Those of a single shard are not copied: they are scaled where they stand.
 */
public final class BatchPass {
  private static final int[] NO_ROWS = {};

  private final Model model;
  private final Source source;
  private final Threads threads;
  private final long seed;
  private final List<ShardPass> shards = new ArrayList<>();
  private final List<Weight> weights;
  private final List<float[]> gradients = new ArrayList<>(); // of a single shard its own, or sums
  private final List<float[]> sums = new ArrayList<>(); // empty until there are several shards
  private final Pieces pieces; // of the weights
  private final double[] squares; // of the gradients, for each piece
  private final float[][][] parts; // of each weight's gradient, the shards'
  private final RowSet[] rows; // of the gradients; all others are zero
  private final RowSet[] touched; // of the sums, likewise
  private final RowSet[] touchedBefore; // in the batch of several shards before
  private double stateLimit = Double.POSITIVE_INFINITY;
  private int tokens;
  private double progress;

  /**
   * A pass over the batches of a source.
   *
   * @param seed of dropout
   */
  public BatchPass(Model model, Source source, Threads threads, long seed) {
    this.model = model;
    this.source = source;
    this.threads = threads;
    this.seed = seed;
    this.weights = model.weights().list();
    this.pieces = new Pieces(weights.stream().mapToInt(Weight::size).toArray());
    this.squares = new double[pieces.count()];
    this.parts = new float[weights.size()][0][];
    this.rows = new RowSet[weights.size()];
    this.touched = rowSets();
    this.touchedBefore = rowSets();
  }

  /** Has the blame that steps pass back to the state before them cut to ±limit from now on. */
  public void stateLimit(double limit) {
    stateLimit = limit;
  }

  /** Says how much of the training is done, from 0 to 1, for models that change in its course. */
  public void progress(double share) {
    progress = share;
  }

  /**
   * Runs one batch; its gradients stand in {@link #gradients} until the next.
   *
   * @param step counts the batches of the whole training: dropout draws by it
   * @return the mean loss over the batch's terms
   */
  public double run(int batch, long step) {
    int count = Shard.count(source.sequences(batch), source.tokens(batch), model.states());
    grow(count);
    for (int i = 0; i < count; i++) {
      Tape tape = shards.get(i).tape();
      tape.threads(threads.team(i, count));
      tape.stateLimit(stateLimit);
      tape.progress(progress);
    }
    threads.each(
        count,
        i -> {
          RandomStream random = RandomStream.of(seed, "dropout", step, i);
          shards.get(i).run(batch, new Shard(i, count), random);
        });
    double sum = 0;
    long terms = 0;
    tokens = 0;
    for (int i = 0; i < count; i++) {
      sum += shards.get(i).lossSum();
      terms += shards.get(i).terms();
      tokens += shards.get(i).tokens();
    }
    addGradients(count, (float) (1.0 / terms));
    return sum / terms;
  }

  private RowSet[] rowSets() {
    return weights.stream().map(weight -> new RowSet()).toArray(RowSet[]::new);
  }

  private void grow(int count) {
    while (shards.size() < count) {
      Tape tape = Tape.training(Kernels.get());
      shards.add(new ShardPass(model, source, model.loss(), tape));
    }
    if (count > 1 && sums.isEmpty()) {
      for (Weight weight : weights) {
        sums.add(new float[weight.size()]);
      }
    }
  }

  /** Sums over the shards, in their order, times a factor. */
  private void addGradients(int count, float factor) {
    gradients.clear();
    for (int w = 0; w < parts.length; w++) {
      if (parts[w].length != count) {
        parts[w] = new float[count][];
      }
      Weight weight = weights.get(w);
      for (int i = 0; i < count; i++) {
        parts[w][i] = shards.get(i).tape().gradient(weight, NO_ROWS, 0);
      }
      rows[w] = count > 1 ? touchedOfSums(w, count) : shards.get(0).tape().touched(weight);
      gradients.add(count > 1 ? sums.get(w) : parts[w][0]);
    }
    Arrays.fill(squares, 0);
    pieces.each(threads, (piece, w, from, to) -> add(factor, piece, w, from, to));
  }

  private RowSet touchedOfSums(int w, int count) {
    RowSet now = touchedBefore[w];
    touchedBefore[w] = touched[w];
    touched[w] = now;
    now.clear();
    for (int i = 0; i < count; i++) {
      now.add(shards.get(i).tape().touched(weights.get(w)));
    }
    return now;
  }

  /** Only rows that a shard has touched are looked at, and those that must become zero again. */
  private void add(float factor, int piece, int w, int from, int to) {
    Kernels kernels = Kernels.get();
    float[] total = gradients.get(w);
    int columns = weights.get(w).columns();
    if (parts[w].length > 1 && !rows[w].isAll()) {
      touchedBefore[w].zero(total, columns, from, to);
    }
    int at = rows[w].next(columns, from, to);
    while (at < to) {
      int end = rows[w].end(columns, at, to);
      kernels.scale(factor, parts[w][0], at, total, at, end - at);
      for (int i = 1; i < parts[w].length; i++) {
        kernels.axpy(factor, parts[w][i], at, total, at, end - at);
      }
      squares[piece] += kernels.sumOfSquares(total, at, end - at);
      at = rows[w].next(columns, end, to);
    }
  }

  /**
   * The gradients of the last batch's mean loss, in the order of the weights: to be read until the
   * next run, not changed nor kept.
   */
  public List<float[]> gradients() {
    return gradients;
  }

  /** The global norm of {@link #gradients}: the root of the sum of all squares. */
  public double norm() {
    double sum = 0;
    for (double ofPiece : squares) {
      sum += ofPiece;
    }
    return Math.sqrt(sum);
  }

  /** Tokens in the last batch. */
  public int tokens() {
    return tokens;
  }

  /** The carried state of every shard, to be saved. */
  List<float[][]> carried() {
    return shards.stream().map(ShardPass::carried).toList();
  }

  /** Goes on from a saved state. */
  void carry(List<float[][]> saved) {
    int count = Shard.count(source.sequences(0), source.tokens(0), model.states());
    if (!saved.isEmpty() && saved.size() != count) {
      throw new IllegalArgumentException(
          "Going on with a training: expected the states of "
              + count
              + " parts of a batch, found those of "
              + saved.size()
              + ".\nLikely cause: it was saved by another version, which cuts batches otherwise."
              + "\nCure: go on with that version, or train anew.");
    }
    grow(saved.size());
    for (int i = 0; i < saved.size(); i++) {
      shards.get(i).carry(saved.get(i));
    }
  }
}

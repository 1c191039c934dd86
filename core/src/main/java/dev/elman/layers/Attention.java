package dev.elman.layers;

import dev.elman.autodiff.Node;
import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.tensor.RandomStream;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention: each query reads a mean of the rows of its own memory, weighted by how well they fit.
 *
 * <pre>{@code
 * score(q, m) = v·tanh(W_q q + b_q + W_m m)     additive (Bahdanau, Cho, Bengio 2015)
 *               q·m                              dot      (Luong, Pham, Manning 2015)
 *               q·W m                            general  (the same)
 * a_s = exp score(q, m_s) / Σ_r exp score(q, m_r)
 * context = Σ_s a_s m_s
 * }</pre>
 *
 * <p>Queries {@code [N, Q]} belong to sequences of one packing, the memory {@code [M, E]} to those
 * of another; no sequence sees the memory of another, so nothing needs a mask.
 */
public final class Attention {
  private final Score score;
  private final int query;
  private final int memory;
  private final Weight keys; // [A, E] additive, [Q, E] general; null for dot
  private final Dense queries; // [A, Q] additive, else null
  private final Weight direction; // v [A] additive, else null
  private final List<Weight> weights = new ArrayList<>();
  private final Dense keyProduct; // with a bias that stays zero

  /** How well a query fits a row of memory. */
  public enum Score {
    /** By a layer of tanh units, as many as the query is wide (Bahdanau et al. 2015). */
    ADDITIVE,
    /** By the product of both, which must be equally wide (Luong et al. 2015). */
    DOT,
    /** By the product of the query and a linear map of the row (Luong et al. 2015). */
    GENERAL
  }

  /**
   * Columns of both sides.
   *
   * @param query Q, of queries
   * @param memory E, of the memory
   */
  public record Widths(int query, int memory) {
    /** Checks the sizes. */
    public Widths {
      Shape.positive("columns of queries", query);
      Shape.positive("columns of the memory", memory);
    }
  }

  /** New attention whose weights are named {@code prefix + "keys.weight"} and so on. */
  public Attention(String prefix, Score score, Widths widths, Start start) {
    this.score = score;
    this.query = widths.query();
    this.memory = widths.memory();
    if (score == Score.DOT && query != memory) {
      throw new IllegalArgumentException(
          "Attention by dot product: expected queries as wide as the memory, "
              + memory
              + ", got "
              + query
              + ". Make both networks equally wide, or use the general or the additive score.");
    }
    Initialisation initialisation = start.initialisation();
    keys = score == Score.DOT ? null : new Weight(prefix + "keys.weight", query, memory);
    queries =
        score == Score.ADDITIVE
            ? Dense.of(prefix + "queries.", query, query, initialisation, start.seed())
            : null;
    direction = score == Score.ADDITIVE ? new Weight(prefix + "direction", query) : null;
    if (queries != null) {
      weights.addAll(queries.weights());
    }
    Dense product = null;
    if (keys != null) {
      Weight zero = new Weight(prefix + "keys.bias", query); // not listed, so that it stays zero
      initialisation.dense(keys, new Weight(zero.name(), query), start.seed());
      product = new Dense(keys, zero);
      weights.add(keys);
    }
    keyProduct = product;
    if (direction != null) {
      RandomStream random = RandomStream.of(start.seed(), "weights " + direction.name());
      float bound = (float) (1 / Math.sqrt(query));
      direction.update(
          values -> {
            for (int i = 0; i < values.length; i++) {
              values[i] = random.uniform(-bound, bound);
            }
          });
      weights.add(direction);
    }
  }

  public Score score() {
    return score;
  }

  /** The weights, in their fixed order. */
  public List<Weight> weights() {
    return List.copyOf(weights);
  }

  /**
   * Rows that queries can read, what they are compared by, and who reads which.
   *
   * @param packing of the memory's sequences
   * @param rows {@code [M, E]}
   * @param keys {@code [M, A]}: what the score needs of the rows, computed once
   * @param places {@code places[b]}: the sequence here that sequence b of the queries reads;
   *     several may read one
   */
  public record Memory(Packing packing, Node rows, Node keys, int[] places) {
    /** The same, read by others. */
    public Memory withPlaces(int[] others) {
      return new Memory(packing, rows, keys, others);
    }
  }

  /** Makes a memory of rows {@code [M, E]}; the places are those of {@link Memory}. */
  public Memory remember(Tape tape, Packing packing, Node rows, int[] places) {
    Shape.require(
        "Memory of attention",
        new int[] {packing.tokens(), memory},
        new int[] {rows.rows(), rows.columns()},
        "Was the decoder made for another encoder?");
    Node compared = keys == null ? rows : keyProduct.forward(tape, rows);
    return new Memory(packing, rows, compared, places);
  }

  /**
   * What the queries have read.
   *
   * @param rows {@code [N, E]}, one for each query
   * @param alignment how much each looked at what
   */
  public record Reading(Node rows, Alignment alignment) {}

  /**
   * Reads.
   *
   * @param packing of the queries
   * @param x queries {@code [N, Q]}
   */
  public Reading forward(Tape tape, Packing packing, Node x, Memory from) {
    Shape.require(
        "Queries of attention",
        new int[] {packing.tokens(), query},
        new int[] {x.rows(), x.columns()},
        "Was it made for another network?");
    boolean additive = score == Score.ADDITIVE;
    Node compared = additive ? queries.forward(tape, x) : x;
    return new AttentionPass(tape, packing, compared, from)
        .run(additive ? tape.weight(direction) : null);
  }
}

package dev.elman.bench;

import dev.elman.data.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Times a {@link Bench.Mode} on request, a line each, so that several programs can be timed in
 * turn:
 *
 * <pre>{@code
 * prepare MODE cell,T,B,D,H,layers[,directions,lengths]
 *     makes the shape ready and answers "ready AMOUNT", the operations of one run or, of a whole
 *     model, its tokens, or "none" where it is not done; the shape before is dropped
 * go
 *     one repetition, answered by the microseconds of one run
 * }</pre>
 */
public final class BenchRequests {
  private static final int SPELL = 5; // repetitions in a spell of warming up
  private static final int FIRST = 16; // spells before a mode's first shape, at least
  private static final int MOST = 40; // spells in all, if the JIT never rests
  private static final double AT_REST = 0.05; // of a spell, what the JIT may work at most

  private final BenchEngine engine;
  private final Timing timing;
  private BenchWork work; // null before the first shape, and where one is not done
  private int runs; // in one repetition
  private final Set<Bench.Mode> warm = EnumSet.noneOf(Bench.Mode.class);

  /** For that engine, with repetitions as long as the timing's. */
  public BenchRequests(BenchEngine engine, Timing timing) {
    this.engine = engine;
    this.timing = timing;
  }

  /**
   * Tells its name, and answers to the end.
   *
   * @return false when a request was another thing, which the last answer, {@code error ...}, says
   */
  public boolean answer(BufferedReader requests, Consumer<String> answers) {
    answers.accept(engine.name());
    try {
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        answers.accept(answer(line.strip()));
      }
      return true;
    } catch (IllegalArgumentException | DataException e) {
      answers.accept("error " + e.getMessage().replace('\n', ' '));
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      drop();
    }
  }

  private String answer(String request) {
    String[] words = request.split(" +");
    if (words.length == 3 && words[0].equals("prepare")) {
      return prepare(Bench.Mode.of(words[1]), BenchShape.of(words[2]));
    }
    if (request.equals("go") && work != null) {
      return String.format(Locale.ROOT, "%.3f", timing.repetition(work, runs) * 1e6);
    }
    throw new IllegalArgumentException(
        "Expected 'prepare MODE SHAPE', or 'go' after an answer of 'ready', found '"
            + request
            + "'.");
  }

  private String prepare(Bench.Mode mode, BenchShape shape) {
    drop();
    if (!engine.does(mode, shape)) {
      return "none";
    }
    work = new BenchWork(shape, mode, engine);
    runs = timing.runs(work);
    warmUp(warm.add(mode) ? FIRST : 1);
    return String.format(Locale.ROOT, "ready %.0f", work.amount());
  }

  /** Runs until the JIT has compiled what this shape needs: on one core it takes time from it. */
  private void warmUp(int least) {
    boolean resting = false;
    for (int spell = 0; spell < MOST && (spell < least || !resting); spell++) {
      double before = JvmThreads.seconds();
      double lasted = SPELL * runs * timing.repetition(work, SPELL * runs);
      resting = JvmThreads.seconds() - before < AT_REST * lasted;
    }
  }

  private void drop() {
    if (work != null) {
      work.close();
      work = null;
    }
  }
}

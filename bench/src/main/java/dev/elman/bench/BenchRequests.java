package dev.elman.bench;

import dev.elman.data.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Times recurrent layers on request, a line each, so that several programs can be timed in turn:
 *
 * <pre>{@code
 * prepare MODE cell,T,B,D,H,layers[,directions,lengths]
 *     makes the shape ready and answers "ready OPERATIONS", those of one run, or "none" where it
 *     is not done; the shape before is dropped
 * go
 *     one repetition, answered by the microseconds of one run
 * }</pre>
 */
public final class BenchRequests {
  private final Bench.Precision precision;
  private final int threads;
  private final Timing timing;
  private BenchWork work; // null before the first shape, and where one is not done
  private int runs; // in one repetition

  /**
   * For weights of that precision, on so many threads, with repetitions as long as the timing's.
   */
  public BenchRequests(Bench.Precision precision, int threads, Timing timing) {
    this.precision = precision;
    this.threads = threads;
    this.timing = timing;
  }

  /**
   * Tells its name, and answers to the end.
   *
   * @return false when a request was another thing, which the last answer, {@code error ...}, says
   */
  public boolean answer(BufferedReader requests, Consumer<String> answers) {
    answers.accept(precision.engine());
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
      return prepare(mode(words[1]), BenchShape.of(words[2]));
    }
    if (request.equals("go") && work != null) {
      return String.format(Locale.ROOT, "%.3f", timing.repetition(work, runs) * 1e6);
    }
    throw new IllegalArgumentException(
        "Expected 'prepare MODE SHAPE', or 'go' after an answer of 'ready', found '"
            + request
            + "'.");
  }

  private static Bench.Mode mode(String word) {
    for (Bench.Mode mode : Bench.Mode.values()) {
      if (mode.name().equalsIgnoreCase(word)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("Expected a mode, infer or train, found '" + word + "'.");
  }

  private String prepare(Bench.Mode mode, BenchShape shape) {
    drop();
    if (!BenchWork.isDone(shape, mode, precision)) {
      return "none";
    }
    work = new BenchWork(shape, mode, precision, threads);
    runs = timing.runs(work);
    return String.format(Locale.ROOT, "ready %.0f", work.operations());
  }

  private void drop() {
    if (work != null) {
      work.close();
      work = null;
    }
  }
}

package dev.elman.training;

import dev.elman.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/** A fixed number of threads that work on numbered parts and return when all are done. */
public final class Threads implements AutoCloseable {
  private final ExecutorService others; // null with one thread
  private final int count;

  /** That many, the caller's included. */
  public Threads(int count) {
    this.count = Shape.positive("threads", count);
    this.others =
        count == 1
            ? null
            : Executors.newFixedThreadPool(
                count - 1,
                work -> {
                  Thread thread = new Thread(work, "elman");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  /** How many. */
  public int count() {
    return count;
  }

  /**
   * Calls {@code part} with 0 to {@code parts - 1}, each once, in any order and on any thread.
   *
   * <p>When one fails, those not begun are left out, and the failure is thrown when all that had
   * begun have ended. An interrupt does not stop the work; it is kept for the caller.
   */
  public void each(int parts, IntConsumer part) {
    if (others == null || parts == 1) {
      for (int i = 0; i < parts; i++) {
        part.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable work =
        () -> {
          try {
            for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
              part.accept(i);
            }
          } catch (RuntimeException | Error e) { // kept until no thread works any more
            next.set(parts);
            failure.compareAndSet(null, e);
          }
        };
    List<Future<?>> running = new ArrayList<>();
    for (int i = 1; i < Math.min(count, parts); i++) {
      running.add(others.submit(work));
    }
    work.run();
    running.forEach(Threads::join);
    if (failure.get() instanceof Error e) {
      throw e;
    }
    if (failure.get() instanceof RuntimeException e) {
      throw e;
    }
  }

  /** Waits to the end, also when interrupted: what the others write to is the caller's. */
  private static void join(Future<?> future) {
    boolean interrupted = false;
    while (!future.isDone()) {
      try {
        future.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("A thread failed outside of its work.", e);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (others != null) {
      others.shutdownNow();
    }
  }
}

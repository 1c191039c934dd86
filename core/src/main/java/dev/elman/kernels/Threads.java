package dev.elman.kernels;

import dev.elman.tensor.Shape;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A fixed number of threads that work on parts of something and return when all are done: on parts
 * by themselves ({@link #each}), or on one operation step by step ({@link #together}).
 *
 * <p>Belongs to one caller at a time, whose own thread is the first. A thread that waits, for work
 * or for the others, looks again and again for some microseconds before it lets go of its
 * processor: what it waits for usually comes sooner than the system would wake it.
 */
public final class Threads implements AutoCloseable {
  /** The caller alone. */
  public static final Threads ONE = new Threads(1);

  /** Multiplications, some microseconds of them. */
  private static final long SHARE = 1 << 17;

  private static final int LOOKS = 1_000;
  private static final long PATIENCE_NANOS = 50_000;

  private final Worker[] others;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int meeting;
  private volatile Job job;
  private volatile boolean closed;
  private Threads[] teams = {};

  /** That many, the caller's included. */
  public Threads(int count) {
    others = new Worker[Shape.positive("threads", count) - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = new Worker(i + 1);
      others[i].thread.start();
    }
  }

  /** How many. */
  public int count() {
    return others.length + 1;
  }

  /**
   * How many of the threads are worth their meeting for an operation between two meetings.
   *
   * @param multiplications that the operation takes
   */
  public int worthwhile(long multiplications) {
    return (int) Math.max(1, Math.min(count(), multiplications / SHARE));
  }

  /**
   * The threads that work on one of {@code count} things at a time, each of which is worked on by
   * one of {@link #each}: an equal share of all. To be asked for before; closed with this.
   */
  public Threads team(int index, int count) {
    int members = count() / count;
    if (members <= 1) {
      return ONE;
    }
    if (count == 1) {
      return this;
    }
    if (teams.length != count) {
      closeTeams();
      teams = new Threads[count];
      Arrays.setAll(teams, i -> new Threads(members));
    }
    return teams[index];
  }

  private void closeTeams() {
    for (Threads team : teams) {
      team.close();
    }
  }

  /**
   * Calls {@code part} with 0 to {@code parts - 1}, each once, in any order and on any thread.
   *
   * <p>When one fails, those not begun are left out, and the failure is thrown when all that had
   * begun have ended. An interrupt does not stop the work; it is kept for the caller.
   */
  public void each(int parts, IntConsumer part) {
    int count = Math.min(count(), parts);
    if (count <= 1) {
      for (int i = 0; i < parts; i++) {
        part.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    together(
        count,
        share -> {
          for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
            if (job.failure.get() != null) {
              return;
            }
            part.accept(i);
          }
        });
  }

  /**
   * Calls {@code work} once on each of some threads, all at the same time, with its share; they may
   * {@link #meet}. A failure of one is thrown when all have ended; the others end where they meet.
   *
   * @param members 1 to {@link #count}
   */
  public void together(int members, Consumer<Part> work) {
    if (members == 1) {
      work.accept(Part.WHOLE);
      return;
    }
    Job now = new Job(members, work);
    arrived.set(0);
    job = now;
    for (int i = 0; i < members - 1; i++) {
      others[i].take(now);
    }
    now.run(0);
    for (int looks = 0; now.running.get() > 0; looks++) {
      pause(looks);
    }
    if (now.failure.get() instanceof Error e) {
      throw e;
    }
    if (now.failure.get() instanceof RuntimeException e) {
      throw e;
    }
  }

  /**
   * Waits until every thread of the present {@link #together} is here; returns at once if alone.
   */
  public void meet(Part part) {
    if (part.count() == 1) {
      return;
    }
    int here = meeting;
    if (arrived.incrementAndGet() == part.count()) {
      arrived.set(0);
      meeting = here + 1;
      return;
    }
    for (int looks = 0; meeting == here; looks++) {
      if (job.failure.get() != null) {
        throw new CancellationException(); // not kept: another failure is, already
      }
      pause(looks);
    }
  }

  /** First looks again at once, then lets others have the processor, then sleeps a little. */
  private static void pause(int looks) {
    if (looks < LOOKS) {
      Thread.onSpinWait();
    } else if (looks < 3 * LOOKS) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(PATIENCE_NANOS);
    }
  }

  @Override
  public void close() {
    closed = true;
    closeTeams();
    for (Worker other : others) {
      LockSupport.unpark(other.thread);
    }
  }

  /** Work for several threads, as it goes on. */
  private static final class Job {
    final AtomicInteger running;
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final int members;
    private final Consumer<Part> work;

    Job(int members, Consumer<Part> work) {
      this.members = members;
      this.work = work;
      running = new AtomicInteger(members);
    }

    void run(int index) {
      try {
        work.accept(new Part(index, members));
      } catch (RuntimeException | Error e) { // kept until no thread works any more
        failure.compareAndSet(null, e);
      } finally {
        running.decrementAndGet();
      }
    }
  }

  private final class Worker implements Runnable {
    final Thread thread = new Thread(this, "elman");
    private final int index;
    private volatile Job next;

    Worker(int index) {
      this.index = index;
      thread.setDaemon(true);
    }

    void take(Job taken) {
      next = taken;
      LockSupport.unpark(thread);
    }

    @Override
    public void run() {
      while (!closed) {
        Job taken = next;
        if (taken != null) {
          next = null;
          taken.run(index);
        } else {
          await();
        }
      }
    }

    private void await() {
      long start = System.nanoTime();
      while (next == null && !closed) {
        if (System.nanoTime() - start < PATIENCE_NANOS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
    }
  }
}
